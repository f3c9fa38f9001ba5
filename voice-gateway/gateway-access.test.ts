import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayOptions } from './server.js';
import { startTestGateway, TestSocket, TwilioCaller, until, type TestGateway } from './test-gateway.js';
import { twilioSignature } from './transports/twilio-signature.js';
import { BUSY_SENTENCE } from './voice-webhook.js';

let running: TestGateway | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(options: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  running = await startTestGateway(options);
  return running;
}

const publicUrl = 'https://calls.example.org';

async function webhook(test: TestGateway, path = '/twilio/voice', init: RequestInit = {}): Promise<Response> {
  return fetch(test.gateway.url + path, { method: 'POST', ...init });
}

/** The parameters that TwiML gives to the media socket. */
function parametersOf(twiml: string): Record<string, string> {
  const found = twiml.matchAll(/<Parameter name="([^"]*)" value="([^"]*)"\/>/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}

describe('POST /twilio/voice', () => {
  it('connects the call to the media socket with the chart and a token', async () => {
    const test = await start();
    const response = await webhook(test, '/twilio/voice?patientId=p1', {
      body: new URLSearchParams({ CallSid: 'CA1', protocolId: 'a "b" & <c>' }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/xml');
    const twiml = await response.text();
    expect(twiml).toContain(`<Connect><Stream url="${test.gateway.url.replace('http', 'ws')}/twilio/media">`);
    expect(twiml).toContain('value="a &quot;b&quot; &amp; &lt;c&gt;"');
    expect(parametersOf(twiml)).toMatchObject({
      patientId: 'p1',
      token: expect.stringMatching(/^[\w-]{32}$/) as string,
    });
  });

  it('names the public URL', async () => {
    const test = await start({ publicUrl: `${publicUrl}/voice/` });
    expect(await (await webhook(test)).text()).toContain('url="wss://calls.example.org/voice/twilio/media"');
  });

  it('answers politely, and connects nobody, when all lines are taken', async () => {
    const test = await start({ maxCalls: 1 });
    await webhook(test);
    const twiml = await (await webhook(test)).text();
    expect(twiml).toContain(`<Say>${BUSY_SENTENCE}</Say><Hangup/>`);
    expect(twiml).not.toContain('<Stream');
  });

  it('refuses a body that is too large', async () => {
    const test = await start();
    expect((await webhook(test, '/twilio/voice', { body: 'x'.repeat(100_000) })).status).toBe(413);
  });

  it('takes only posts that Twilio signed when there is an auth token', async () => {
    const test = await start({ publicUrl, twilio: { authToken: 'secret' } });
    const form = { CallSid: 'CA1', From: '+15551234567' };
    const post = async (signature?: string): Promise<number> => {
      const headers = signature === undefined ? {} : { 'x-twilio-signature': signature };
      return (await webhook(test, '/twilio/voice', { headers, body: new URLSearchParams(form) })).status;
    };
    const parameters = new Map(Object.entries(form).map(([name, value]) => [name, [value]]));
    expect(await post(twilioSignature('secret', `${publicUrl}/twilio/voice`, parameters))).toBe(200);
    expect(await post(twilioSignature('other', `${publicUrl}/twilio/voice`, parameters))).toBe(403);
    expect(await post(twilioSignature('secret', `${publicUrl}/twilio/voice`))).toBe(403);
    expect(await post()).toBe(403);
  });
});

describe('the media socket', () => {
  it('needs a token behind a public URL, and takes each one once', async () => {
    const test = await start({ publicUrl });
    const { token = '' } = parametersOf(await (await webhook(test, '/twilio/voice?patientId=p1')).text());
    const first = await new TwilioCaller(test.gateway.url).opened();
    first.start({ parameters: { token, patientId: 'somebody-else' } });
    first.keepSending();
    const conversation = await test.orchestrator.conversation();
    // The chart is the webhook's, not what the socket claims.
    expect((await conversation.heard('callStarted')).patientId).toBe('p1');
    for (const parameters of [{ token }, { token: 'wrong' }, {}]) {
      const other = await new TwilioCaller(test.gateway.url).opened();
      other.start({ parameters });
      expect((await other.close()).code).toBe(4401);
      expect(other.closed?.reason).toMatch(/^TOKEN_INVALID/);
    }
    expect(first.closed).toBeUndefined();
  });

  it('takes only handshakes that Twilio signed when there is an auth token', async () => {
    const test = await start({ publicUrl, twilio: { authToken: 'secret' } });
    const signature = twilioSignature('secret', 'wss://calls.example.org/twilio/media');
    await new TwilioCaller(test.gateway.url, { 'x-twilio-signature': signature }).opened();
    const unsigned = new TwilioCaller(test.gateway.url);
    expect((await until('it is refused', () => unsigned.refused)).status).toBe(403);
  });

  it('closes with CALLS_AT_LIMIT exactly at the limit, and frees a slot when a call ends', async () => {
    const test = await start({ maxCalls: 2 });
    const callers = await Promise.all(
      [0, 1, 2, 3, 4].map(async (n) => {
        const caller = await new TwilioCaller(test.gateway.url).opened();
        caller.start({ callSid: `CA${n}` });
        caller.keepSending();
        return caller;
      }),
    );
    await until(
      'three are turned away',
      () => callers.filter(({ closed }) => closed?.code === 4429).length === 3,
    );
    const inCall = callers.filter(({ closed }) => !closed);
    expect(inCall).toHaveLength(2);
    inCall[0]?.sendJson({ event: 'stop' });
    await inCall[0]?.close();
    const next = await new TwilioCaller(test.gateway.url).opened();
    next.start({ callSid: 'CA9' });
    next.keepSending();
    await test.orchestrator.conversation(2);
    expect(next.closed).toBeUndefined();
  });

  it('refuses pages of other origins', async () => {
    const test = await start();
    const page = new TwilioCaller(test.gateway.url, { origin: 'https://elsewhere.example' });
    expect((await until('it is refused', () => page.refused)).status).toBe(403);
  });

  it('bounds the sockets that wait for a start message', async () => {
    const test = await start({ maxCalls: 1 });
    const waiting = Array.from({ length: 40 }, () => new TwilioCaller(test.gateway.url));
    await until(
      'seven are refused',
      () => waiting.filter(({ refused }) => refused?.status === 503).length === 7,
    );
  });

  it('refuses other paths', async () => {
    const test = await start();
    const lost = new TestSocket(`${test.gateway.url.replace('http', 'ws')}//elsewhere?x=%`);
    expect((await until('it is refused', () => lost.refused)).status).toBe(404);
  });
});

describe('/pcm from elsewhere', () => {
  it('needs the API token', async () => {
    const test = await start({ publicUrl, apiToken: 'api-secret' });
    const url = `${test.gateway.url.replace('http', 'ws')}/pcm`;
    const stranger = new TestSocket(url);
    expect((await until('it is refused', () => stranger.refused)).status).toBe(401);
    await new TestSocket(url, { authorization: 'Bearer api-secret' }).opened();
  });
});

describe('what the gateway tells about itself and its calls', () => {
  async function callInProgress(test: TestGateway): Promise<string> {
    const caller = await new TwilioCaller(test.gateway.url).opened();
    caller.start({ callSid: 'CA 7/x' });
    caller.keepSending();
    const conversation = await test.orchestrator.conversation();
    return conversation.events[0]?.callId ?? '';
  }

  it('finds a call by the identifier of its carrier', async () => {
    const test = await start();
    const callId = await callInProgress(test);
    const found = await fetch(`${test.gateway.url}/calls/by-carrier/${encodeURIComponent('CA 7/x')}`);
    expect(await found.json()).toEqual({ callId });
    expect((await fetch(`${test.gateway.url}/calls/by-carrier/CA8`)).status).toBe(404);
  });

  it("streams a call's log as server-sent events, and goes on where a browser was", async () => {
    const test = await start();
    const callId = await callInProgress(test);
    const url = `${test.gateway.url}/calls/${callId}/events`;
    const text = await (await fetch(url)).text();
    expect(text.trim().split('\n\n')).toHaveLength(2);
    expect(text).toContain('id: 1\nevent: dtmf-received\ndata: {"sequence":1,');
    const rest = await (await fetch(url, { headers: { 'last-event-id': '1' } })).text();
    expect(rest.startsWith('id: 2\n')).toBe(true);
  });

  it('answers 404 for a call that is not known', async () => {
    const test = await start();
    for (const callId of ['call-000000000-00000000000000000000', '..%2F..%2Fetc', 'x']) {
      expect((await fetch(`${test.gateway.url}/calls/${callId}/events`)).status).toBe(404);
    }
  });

  it('shows calls to nobody from elsewhere without the API token', async () => {
    const test = await start({ apiToken: 'api-secret' });
    const url = `${test.gateway.url}/calls/by-carrier/CA8`;
    const viaProxy = { 'x-forwarded-for': '203.0.113.9' };
    expect((await fetch(url, { headers: viaProxy })).status).toBe(401);
    expect((await fetch(url, { headers: { ...viaProxy, authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await fetch(url, { headers: { ...viaProxy, authorization: 'Bearer api-secret' } })).status).toBe(
      404,
    );
  });

  it('exports its figures for Prometheus', async () => {
    const test = await start({ maxCalls: 3 });
    await callInProgress(test);
    const text = await (await fetch(`${test.gateway.url}/metrics`)).text();
    expect(text).toContain('asterism_calls_active 1\n');
    expect(text).toContain('asterism_calls_limit 3\n');
    expect(text).toContain('asterism_queue_length{queue="speech-to-text"} 0\n');
    for (const name of ['asterism_pacer_lateness_ms', 'asterism_event_loop_delay_ms']) {
      for (const quantile of ['0.5', '0.99', '1']) expect(text).toContain(`${name}{quantile="${quantile}"} `);
    }
  });

  it('answers 404 for other paths', async () => {
    const test = await start();
    expect((await fetch(`${test.gateway.url}/`)).status).toBe(404);
  });
});

describe('starting a gateway', () => {
  it('refuses a public URL that is none', async () => {
    await expect(startTestGateway({ publicUrl: 'calls.example.org' })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    });
  });

  it('says so when the port is taken', async () => {
    const test = await start();
    await expect(startTestGateway({ port: test.gateway.port })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    });
  });
});
