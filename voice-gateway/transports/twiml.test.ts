import { describe, expect, it } from 'vitest';
import { connectStreamTwiml, dialTwiml, sayAndHangUpTwiml, xmlEscape } from './twiml.js';

describe('TwiML', () => {
  it('escapes what could end an attribute or an element', () => {
    expect(xmlEscape(`<a href="x">&'`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&apos;');
  });

  it('leaves out characters that XML forbids', () => {
    expect(xmlEscape('a\u0000b\u001fc\ud800d\n')).toBe('abcd\n');
  });

  it('connects a stream and gives it the parameters that have a value', () => {
    expect(connectStreamTwiml('wss://a.example/twilio/media', { token: 't', patientId: '' })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://a.example/twilio/media">' +
        '<Parameter name="token" value="t"/></Stream></Connect></Response>',
    );
  });

  it('says and hangs up, and dials', () => {
    expect(sayAndHangUpTwiml('Busy & sorry.')).toContain('<Say>Busy &amp; sorry.</Say><Hangup/>');
    expect(dialTwiml('+15551234567')).toContain('<Dial>+15551234567</Dial>');
  });
});
