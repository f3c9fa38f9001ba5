import { describe, expect, it } from 'vitest';
import { clearMessage, markMessage, mediaMessage, parseTwilioMessage } from './twilio-messages.js';

const start = {
  event: 'start',
  sequenceNumber: '1',
  streamSid: 'MZ1',
  start: {
    streamSid: 'MZ1',
    accountSid: 'AC1',
    callSid: 'CA1',
    tracks: ['inbound'],
    customParameters: { token: 't' },
    mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
  },
};
const media = (fields: Record<string, unknown>): unknown => ({
  event: 'media',
  media: { payload: '/w==', ...fields },
});

describe('a Twilio message', () => {
  const cases: { name: string; message: unknown; outcome: unknown }[] = [
    {
      name: 'connected',
      message: { event: 'connected', protocol: 'Call', version: '1.0.0' },
      outcome: { kind: 'message' },
    },
    {
      name: 'start',
      message: start,
      outcome: {
        message: {
          start: { callSid: 'CA1', mediaFormat: { sampleRate: 8000 }, customParameters: { token: 't' } },
        },
      },
    },
    {
      name: 'media with numbers as strings',
      message: media({ track: 'inbound', chunk: '12', timestamp: '240' }),
      outcome: { message: { media: { chunk: 12, timestamp: 240, payload: '/w==' } } },
    },
    {
      name: 'media with numbers, as clones send them',
      message: media({ chunk: 12, timestamp: 240 }),
      outcome: { message: { media: { track: 'inbound', chunk: 12, timestamp: 240 } } },
    },
    {
      name: 'a key',
      message: { event: 'dtmf', dtmf: { digit: '#' } },
      outcome: { message: { dtmf: { digit: '#' } } },
    },
    {
      name: 'no key of a telephone',
      message: { event: 'dtmf', dtmf: { digit: '12' } },
      outcome: { kind: 'malformed', field: 'dtmf.digit' },
    },
    {
      name: 'a mark',
      message: { event: 'mark', mark: { name: 'u7:1240' } },
      outcome: { message: { mark: { name: 'u7:1240' } } },
    },
    { name: 'stop', message: { event: 'stop', stop: { callSid: 'CA1' } }, outcome: { kind: 'message' } },
    { name: 'an event of tomorrow', message: { event: 'video' }, outcome: { kind: 'unknown' } },
    { name: 'no event', message: { type: 'media' }, outcome: { kind: 'malformed', field: 'event' } },
    { name: 'no object', message: 7, outcome: { kind: 'malformed', field: 'event' } },
    {
      name: 'a stamp before zero',
      message: media({ timestamp: '-5' }),
      outcome: { kind: 'malformed', field: 'media.timestamp' },
    },
    {
      name: 'no base64',
      message: media({ payload: '<<>>' }),
      outcome: { kind: 'malformed', field: 'media.payload' },
    },
    {
      name: 'empty audio',
      message: media({ payload: '' }),
      outcome: { kind: 'malformed', field: 'media.payload' },
    },
    {
      name: 'start without a stream',
      message: { ...start, streamSid: undefined },
      outcome: { kind: 'malformed', field: 'streamSid' },
    },
  ];
  it.each(cases)('is understood: $name', ({ message, outcome }) => {
    expect(parseTwilioMessage(JSON.stringify(message))).toMatchObject(outcome as object);
  });

  it('that is not JSON is malformed', () => {
    expect(parseTwilioMessage('{"event":')).toEqual({ kind: 'malformed', field: 'not JSON' });
  });
});

describe('messages to Twilio', () => {
  it('have exactly the documented fields', () => {
    expect(JSON.parse(mediaMessage('MZ1', Uint8Array.of(0xff, 0x7f)))).toEqual({
      event: 'media',
      streamSid: 'MZ1',
      media: { payload: '/38=' },
    });
    expect(JSON.parse(markMessage('MZ1', 's1:200'))).toEqual({
      event: 'mark',
      streamSid: 'MZ1',
      mark: { name: 's1:200' },
    });
    expect(JSON.parse(clearMessage('MZ1'))).toEqual({ event: 'clear', streamSid: 'MZ1' });
  });
});
