import { AsterismError, messageOf } from '../../platform/errors.js';
import { dialTwiml } from './twiml.js';

/** What can be done to a call from outside its media socket. */
export interface CarrierControl {
  /** Ends the carrier's call; a call that is already over is no error. */
  hangUp(carrierCallId: string): Promise<void>;
  /** Connects the carrier's call to a human. Resolves to false when no such destination can be reached from here. */
  transfer(carrierCallId: string, destination: string): Promise<boolean>;
}

/** Where nothing can be done: closing the media socket is what ends the call. */
export const noCarrierControl: CarrierControl = {
  hangUp: () => Promise.resolve(),
  transfer: () => Promise.resolve(false),
};

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** Telephone numbers (E.164) by destination name, for example {"nurse-line": "+15551234567"}. */
  readonly transferNumbers: Readonly<Record<string, string>>;
  /** For tests; https://api.twilio.com otherwise. */
  readonly apiUrl?: string;
  readonly fetch?: typeof fetch;
}

const REQUEST_TIMEOUT_MS = 5_000;

/**
 * Controls calls through Twilio's REST API.
 * Source: https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
 */
export function twilioCarrierControl(account: TwilioAccount): CarrierControl {
  const apiUrl = account.apiUrl ?? 'https://api.twilio.com';
  const request = account.fetch ?? fetch;
  const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;

  const update = async (carrierCallId: string, form: Record<string, string>): Promise<void> => {
    const path = `/2010-04-01/Accounts/${encodeURIComponent(account.accountSid)}/Calls/${encodeURIComponent(carrierCallId)}.json`;
    let response: Response;
    try {
      response = await request(apiUrl + path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
    } catch (cause) {
      throw new AsterismError('CARRIER_REFUSED', `the carrier did not answer: ${messageOf(cause)}`, {
        cause,
      });
    }
    await response.body?.cancel();
    // 404: the call is already over (Twilio's error 20404).
    if (!response.ok && response.status !== 404) {
      throw new AsterismError(
        'CARRIER_REFUSED',
        `HTTP ${response.status}; check the account's SID and auth token`,
      );
    }
  };

  return {
    hangUp: (carrierCallId) => update(carrierCallId, { Status: 'completed' }),
    transfer: async (carrierCallId, destination) => {
      const number = account.transferNumbers[destination];
      if (number === undefined) return false;
      await update(carrierCallId, { Twiml: dialTwiml(number) });
      return true;
    },
  };
}
