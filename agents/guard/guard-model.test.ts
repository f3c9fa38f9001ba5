import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadTaxonomy } from '../../clinical-kb/guard/taxonomy.js';
import { Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import type { AnySpecialist } from '../specialist.js';
import { createGuard } from './guard.js';
import { GuardModel, modelDeadlinesMs } from './guard-model.js';
import { guardSettings } from './guard-settings.js';
import { look } from './test-looks.js';

const { data: taxonomy } = await loadTaxonomy();
const drafted = taxonomy.categories.filter(({ draft }) => draft !== undefined);
const heard = taxonomy.categories.filter(({ heard: side }) => side !== undefined);
const codeOf = (id: string, list = drafted): string =>
  `S${String(list.findIndex((category) => category.id === id) + 1)}`;

interface Asked {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly temperature: number;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
}

/** A server of chat completions that does what a test tells it. */
let server: Server;
let behave: (response: ServerResponse) => void;
let asked: Asked[] = [];
let guard: AnySpecialist;
let url: URL;

const finished = (content: unknown, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop', ...more }] });
const answers =
  (body: string, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

beforeAll(async () => {
  server = createServer((request: IncomingMessage, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({
        url: request.url ?? '',
        authorization: request.headers.authorization,
        body: JSON.parse(text) as Asked['body'],
      });
      behave(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`);
  guard = await createGuard({ endpoint: { url, model: 'a-guard', key: 'secret' } });
}, 60_000);

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
});

/** Nothing that a rule knows, and nothing that was approved. */
const sentence = 'The weather is lovely in spring.';
const words = 'The garden is looking lovely.';

describe('a guard model that answers', () => {
  it('lets a safe sentence pass', async () => {
    behave = answers(finished('\n\nsafe'));
    expect(await look(guard, 'draft', sentence)).toMatchObject({ verdict: Verdict.PASS, confidence: 1 });
  });

  it('stops an unsafe one with the words of its category', async () => {
    behave = answers(finished(`unsafe\n${codeOf('prognosis')}`));
    const review = await look(guard, 'draft', sentence);
    expect(review).toMatchObject({
      verdict: Verdict.BLOCK,
      say: drafted.find(({ id }) => id === 'prognosis')?.draft?.say,
      facts: [{ subjects: ['prognosis'] }],
    });
    expect(review.reason).toContain('guard model');
  });

  it('takes several categories', async () => {
    behave = answers(finished(`unsafe\n${codeOf('promises')}, ${codeOf('diagnosis')}`));
    const { facts, verdict } = await look(guard, 'draft', sentence);
    expect(facts.flatMap(({ subjects }) => subjects)).toEqual(['promises', 'diagnosis']);
    expect(verdict).toBe(Verdict.BLOCK);
  });

  it('answers the patient’s words by the list of their side', async () => {
    behave = answers(finished(`unsafe\n${codeOf('abuse', heard)}`));
    expect(await look(guard, 'heard', words)).toMatchObject({
      verdict: Verdict.SAY,
      facts: [{ subjects: ['abuse'] }],
    });
  });
});

describe('what a guard model is asked', () => {
  it('is one message of one role by one list, at temperature 0', async () => {
    behave = answers(finished('safe'));
    await look(guard, 'draft', sentence, { conditions: ['gout'] });
    expect(asked).toHaveLength(1);
    const [{ url: path, authorization, body }] = asked as [Asked];
    expect([path, authorization, body.model, body.temperature]).toEqual([
      '/v1/chat/completions',
      'Bearer secret',
      'a-guard',
      0,
    ]);
    const [system, user] = body.messages;
    expect(body.messages).toHaveLength(2);
    expect(user?.content).toBe(`Last message, by the Agent:\n${JSON.stringify(sentence)}`);
    expect(system?.content).toContain(`S${String(drafted.length)}: `);
    expect(system?.content).not.toContain(`S${String(drafted.length + 1)}: `);
    // Nothing else of the call or the chart leaves.
    expect(JSON.stringify(body)).not.toContain('gout');
  });

  it('is not asked about what a rule found, nor about approved wording', async () => {
    behave = answers(finished('safe'));
    expect((await look(guard, 'draft', 'You have pneumonia.')).verdict).toBe(Verdict.BLOCK);
    expect((await look(guard, 'draft', 'How have you been feeling since you came home?')).verdict).toBe(
      Verdict.PASS,
    );
    expect((await look(guard, 'draft', taxonomy.unchecked)).verdict).toBe(Verdict.PASS);
    expect(asked).toEqual([]);
  });
});

const failures: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  ['garbage', answers(finished('I think that this message is fine!'))],
  ['safe with a remark', answers(finished('safe, although it is rude'))],
  ['safe in a sentence', answers(finished('This is safe'))],
  ['both', answers(finished('safe\nunsafe'))],
  ['unsafe without a category', answers(finished('unsafe'))],
  ['a category that is not in the list', answers(finished('unsafe\nS99'))],
  ['category 0', answers(finished('unsafe\nS0'))],
  ['one known category and one unknown', answers(finished('unsafe\nS1,S99'))],
  ['a name instead of a code', answers(finished('unsafe\nviolence'))],
  ['an empty answer', answers(finished(''))],
  ['no content', answers(finished(null))],
  ['half of a JSON', answers(finished('safe').slice(0, 40))],
  ['not JSON', answers('<html>safe</html>')],
  ['other JSON', answers('{"safe":true}')],
  ['no choice', answers('{"choices":[]}')],
  ['an answer that was cut', answers(finished('safe', { finish_reason: 'length' }))],
  ['a filtered answer', answers(finished('safe', { finish_reason: 'content_filter' }))],
  [
    'a refusal',
    answers(finished('safe', { message: { content: 'safe', refusal: 'I can not help with that.' } })),
  ],
  ['status 500', answers(finished('safe'), 500)],
  ['status 401', answers(finished('safe'), 401)],
  ['a redirection', (response) => response.writeHead(307, { location: '/elsewhere' }).end()],
  ['a body without end', answers(finished('safe').padEnd(100_000, ' '))],
  ['a closed connection', (response) => response.destroy()],
];

describe('an answer that is none', () => {
  it.each(failures)('%s stops a sentence, with a truthful phrase', async (_, behaviour) => {
    behave = behaviour;
    const review = await look(guard, 'draft', sentence);
    expect(review).toMatchObject({ verdict: Verdict.BLOCK, say: taxonomy.unchecked, facts: [] });
    expect(review.reason).toMatch(/^not checked/);
  });

  it.each(failures)('%s leaves the patient’s words to the rules, and says so', async (_, behaviour) => {
    behave = behaviour;
    const review = await look(guard, 'heard', words);
    expect(review).toMatchObject({ verdict: Verdict.PASS, confidence: 0.5, relevant: true });
    expect(review.reason).toMatch(/^not checked/);
  });

  it('is given up before the gate’s deadlines', () => {
    expect(modelDeadlinesMs.heard).toBeLessThan(250);
    expect(modelDeadlinesMs.draft).toBeLessThan(1_500);
  });

  it.each<readonly [string, (response: ServerResponse) => void]>([
    ['hangs', () => undefined],
    [
      'begins and hangs',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices"'),
    ],
  ])('comes from a model that %s', async (_, behaviour) => {
    behave = behaviour;
    const model = new GuardModel({ url, model: 'a-guard' }, taxonomy.categories, { heard: 30, draft: 30 });
    expect(await model.ask('draft', sentence)).toEqual({
      kind: 'unanswered',
      why: 'it did not answer in 30 ms',
    });
  });

  it('comes from an address where nobody listens', async () => {
    const model = new GuardModel(
      { url: new URL('http://127.0.0.1:1/v1'), model: 'a-guard' },
      taxonomy.categories,
    );
    expect((await model.ask('draft', sentence)).kind).toBe('unanswered');
  });
});

describe('the settings of a guard model', () => {
  it('are an address and a model, with or without a key', () => {
    expect(
      guardSettings({ ASTERISM_GUARD_URL: 'http://127.0.0.1:8000/v1', ASTERISM_GUARD_MODEL: 'g' }).endpoint,
    ).toEqual({ url: new URL('http://127.0.0.1:8000/v1'), model: 'g' });
    expect(guardSettings({ ASTERISM_GUARD_URL: '', ASTERISM_GUARD_MODEL: '' })).toEqual({});
  });

  it.each([
    [{ ASTERISM_GUARD_URL: 'http://127.0.0.1:8000/v1' }, 'ASTERISM_GUARD_MODEL'],
    [{ ASTERISM_GUARD_MODEL: 'g' }, 'ASTERISM_GUARD_URL'],
    [{ ASTERISM_GUARD_URL: 'file:///etc', ASTERISM_GUARD_MODEL: 'g' }, 'ASTERISM_GUARD_URL'],
    [{ ASTERISM_GUARD_URL: 'nonsense', ASTERISM_GUARD_MODEL: 'g' }, 'ASTERISM_GUARD_URL'],
  ])('are refused when one is missing or no address: %o', (environment, name) => {
    expect(() => guardSettings(environment)).toThrow(new RegExp(`CONFIGURATION_INVALID.*${name}`, 's'));
  });
});
