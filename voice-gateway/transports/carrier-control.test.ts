import { describe, expect, it } from 'vitest';
import { twilioCarrierControl, type CarrierControl } from './carrier-control.js';

interface Sent {
  url: string;
  authorization: string | null;
  form: Record<string, string>;
}

/** A carrier that answers every request with one HTTP status; undefined: the line is dead. */
function carrier(httpStatus: number | undefined): { control: CarrierControl; sent: Sent[] } {
  const sent: Sent[] = [];
  const control = twilioCarrierControl({
    accountSid: 'AC1',
    authToken: 'secret',
    transferNumbers: { 'nurse-line': '+15551234567' },
    fetch: (input, init) => {
      const request = new Request(input, init);
      sent.push({
        url: request.url,
        authorization: request.headers.get('authorization'),
        form: Object.fromEntries(new URLSearchParams(init?.body as string)),
      });
      if (httpStatus === undefined) return Promise.reject(new Error('no route'));
      return Promise.resolve(new Response('{}', { status: httpStatus }));
    },
  });
  return { control, sent };
}

describe("control of Twilio's calls", () => {
  it('completes a call', async () => {
    const { control, sent } = carrier(200);
    await control.hangUp('CA/1');
    expect(sent).toEqual([
      {
        url: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Calls/CA%2F1.json',
        authorization: `Basic ${Buffer.from('AC1:secret').toString('base64')}`,
        form: { Status: 'completed' },
      },
    ]);
  });

  it('takes a call that is already over for ended', async () => {
    await expect(carrier(404).control.hangUp('CA1')).resolves.toBeUndefined();
  });

  it.each([401, 500, undefined])('reports a refusal (%s) with a code', async (httpStatus) => {
    await expect(carrier(httpStatus).control.hangUp('CA1')).rejects.toMatchObject({
      code: 'CARRIER_REFUSED',
    });
  });

  it('transfers to a configured destination', async () => {
    const { control, sent } = carrier(200);
    expect(await control.transfer('CA1', 'nurse-line')).toBe(true);
    expect(sent[0]?.form['Twiml']).toContain('<Dial>+15551234567</Dial>');
  });

  it('does not transfer to a destination that nobody configured', async () => {
    const { control, sent } = carrier(200);
    expect(await control.transfer('CA1', 'the-moon')).toBe(false);
    expect(sent).toEqual([]);
  });
});
