/** Escapes text for an XML attribute or element; characters that XML 1.0 forbids are left out. */
export function xmlEscape(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;');
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/**
 * TwiML that connects a call to a media socket. What the socket must know travels as parameters:
 * Twilio refuses a query string in the URL (error 31920).
 * @param streamUrl wss://… (ws://… on loopback)
 */
export function connectStreamTwiml(streamUrl: string, parameters: Readonly<Record<string, string>>): string {
  const written = Object.entries(parameters)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<Parameter name="${xmlEscape(name)}" value="${xmlEscape(value)}"/>`)
    .join('');
  return `${declaration}<Response><Connect><Stream url="${xmlEscape(streamUrl)}">${written}</Stream></Connect></Response>`;
}

/** TwiML that says one sentence in the carrier's own voice and hangs up. */
export function sayAndHangUpTwiml(sentence: string): string {
  return `${declaration}<Response><Say>${xmlEscape(sentence)}</Say><Hangup/></Response>`;
}

/** TwiML that connects a call in progress to a telephone number. @param number E.164 */
export function dialTwiml(number: string): string {
  return `${declaration}<Response><Dial>${xmlEscape(number)}</Dial></Response>`;
}
