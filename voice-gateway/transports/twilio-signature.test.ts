import { describe, expect, it } from 'vitest';
import { signatureMatches, twilioSignature } from './twilio-signature.js';

// The worked example of Twilio's own documentation.
// Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
const documented = {
  authToken: '12345',
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  parameters: new Map(
    Object.entries({
      CallSid: ['CA1234567890ABCDE'],
      Caller: ['+14158675309'],
      Digits: ['1234'],
      From: ['+14158675309'],
      To: ['+18005551212'],
    }),
  ),
  signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
};

describe("Twilio's signature", () => {
  it('equals the documented example', () => {
    expect(twilioSignature(documented.authToken, documented.url, documented.parameters)).toBe(
      documented.signature,
    );
  });

  const { authToken, url, parameters, signature } = documented;
  const cases: { name: string; matches: boolean; check: () => boolean }[] = [
    {
      name: 'the right one',
      matches: true,
      check: () => signatureMatches(authToken, signature, url, parameters),
    },
    { name: 'none', matches: false, check: () => signatureMatches(authToken, undefined, url, parameters) },
    { name: 'an empty one', matches: false, check: () => signatureMatches(authToken, '', url, parameters) },
    {
      name: "another account's",
      matches: false,
      check: () => signatureMatches('54321', signature, url, parameters),
    },
    {
      name: 'one of another URL',
      matches: false,
      check: () => signatureMatches(authToken, signature, `${url}&x=1`, parameters),
    },
    {
      name: 'one of other parameters',
      matches: false,
      check: () => signatureMatches(authToken, signature, url, new Map([['Digits', ['9']]])),
    },
    {
      name: "one with the scheme's port written out",
      matches: true,
      check: () =>
        signatureMatches(authToken, twilioSignature(authToken, 'wss://a.example:443/m'), 'wss://a.example/m'),
    },
    {
      name: 'one with a slash at the end',
      matches: true,
      check: () =>
        signatureMatches(authToken, twilioSignature(authToken, 'wss://a.example/m/'), 'wss://a.example/m'),
    },
    {
      name: 'one of another port',
      matches: false,
      check: () =>
        signatureMatches(authToken, twilioSignature(authToken, 'wss://a.example:444/m'), 'wss://a.example/m'),
    },
  ];
  it.each(cases)('is checked: $name', ({ matches, check }) => {
    expect(check()).toBe(matches);
  });
});
