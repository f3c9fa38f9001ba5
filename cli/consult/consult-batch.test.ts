import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specialistNames, startSpecialists } from '../../agents/specialists.js';
import type { RunningSpecialist } from '../../agents/serve-specialist.js';
import { compareSpecialists } from '../../orchestrator/consultation/specialist-order.js';
import { Disposition, Fact, Review, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { connectSpecialists, consultBatch, type Specialists } from './consult-batch.js';
import { parseLine, requestsOf } from './request-line.js';
import { joinReviews } from './result-line.js';

const patient = {
  age: 74,
  sex: 'female',
  conditions: ['heart failure'],
  medications: [{ name: 'lisinopril', dose: '10 mg', frequency: 'once a day' }],
};

function line(fields: Record<string, unknown>): string {
  return JSON.stringify({
    id: 'x',
    specialist: 'escalation',
    patient,
    verified: true,
    heard: 'I am fine',
    ...fields,
  });
}

interface Output {
  readonly id: string;
  readonly error?: { readonly code: string; readonly field: string };
  readonly reviews?: readonly {
    readonly specialist: string;
    readonly verdict: string;
    readonly disposition: string;
    readonly facts: readonly { readonly citation: string }[];
  }[];
  readonly outcome?: {
    readonly verdict: string;
    readonly disposition: string;
    readonly spoken: string;
    readonly unanswered?: string[];
  };
}

describe('a batch over the real services', () => {
  let running: Partial<Record<string, RunningSpecialist>> = {};
  let specialists: Specialists;

  beforeAll(async () => {
    running = await startSpecialists({ names: ['escalation', 'privacy-compliance'] });
    specialists = await connectSpecialists(
      Object.fromEntries(Object.entries(running).map(([name, one]) => [name, one?.address ?? ''])),
    );
  });
  afterAll(async () => {
    specialists.close();
    for (const one of Object.values(running)) await one?.close();
  });

  async function consult(...lines: string[]): Promise<Output[]> {
    const written: string[] = [];
    await consultBatch(asyncLines(lines), specialists, async (text) => {
      written.push(text);
      return Promise.resolve();
    });
    return written.map((text) => JSON.parse(text) as Output);
  }

  it('answers each line with the review and what would be spoken', async () => {
    const [emergency, fine] = await consult(line({ id: 'a', heard: 'I have chest pain' }), line({ id: 'b' }));
    expect(emergency).toMatchObject({
      id: 'a',
      reviews: [{ specialist: 'escalation', verdict: 'ESCALATE', disposition: '911' }],
      outcome: { verdict: 'ESCALATE', disposition: '911' },
    });
    expect(emergency?.outcome?.spoken).toContain('call 911');
    expect(emergency?.reviews?.[0]?.facts[0]?.citation).toContain('American Heart Association');
    expect(fine).toMatchObject({ id: 'b', outcome: { verdict: 'PASS', disposition: 'none', spoken: '' } });
  });

  it('releases a harmless draft and stops one that tells a stranger about health', async () => {
    const privacy = { specialist: 'privacy-compliance', verified: false, heard: 'Who is this?' };
    const [released, stopped] = await consult(
      line({ id: 'a', draft: 'Is this a good time to talk?' }),
      line({ id: 'b', ...privacy, heard: null, draft: 'How is your heart failure?' }),
    );
    expect(released?.outcome).toMatchObject({ verdict: 'PASS', spoken: 'Is this a good time to talk?' });
    expect(stopped?.outcome?.verdict).toBe('BLOCK');
    expect(stopped?.outcome?.spoken).not.toContain('heart');
  });

  it('answers a bad line in its place with the field, and goes on', async () => {
    const outputs = await consult(
      'not json',
      line({ id: 'b', specialist: 'astrology' }),
      line({ id: 'c', heard: '' }),
      line({ id: 'd', words: [{ text: 'fine', confidence: 7 }] }),
      line({ id: 'e', patient: { labs: [{ name: 'potassium', value: 'high' }] } }),
      line({ id: 'f', verified: 'yes' }),
      line({ id: 'g' }),
    );
    expect(outputs.map(({ id, error }) => [id, error?.code, error?.field])).toEqual([
      [null, 'INPUT_INVALID', ''],
      ['b', 'INPUT_INVALID', 'specialist'],
      ['c', 'INPUT_INVALID', 'heard'],
      ['d', 'INPUT_INVALID', 'words.0.confidence'],
      ['e', 'INPUT_INVALID', 'patient.labs.0.value'],
      ['f', 'INPUT_INVALID', 'verified'],
      ['g', undefined, undefined],
    ]);
  });

  it('fails closed when a gate cannot be reached, and says which', async () => {
    const [output] = await consult(line({ specialist: 'all', draft: 'That is fine.' }));
    const everyOther = specialistNames.filter((name) => !(name in running)).sort(compareSpecialists);
    expect(output?.outcome).toMatchObject({ verdict: 'BLOCK', unanswered: everyOther });
    expect(output?.outcome?.spoken).toContain('nurse');
  });

  it('lets an emergency through although gates are silent', async () => {
    const [output] = await consult(line({ specialist: 'all', heard: "I can't breathe", draft: 'Good.' }));
    expect(output?.outcome).toMatchObject({ verdict: 'ESCALATE', disposition: '911' });
  });

  it('keeps the order over many lines', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => String(index));
    const outputs = await consult(...ids.map((id) => line({ id })));
    expect(outputs.map(({ id }) => id)).toEqual(ids);
  });
});

describe('a line of the input', () => {
  it('becomes a first look, and a second one when there is a draft', () => {
    const passes = (fields: Record<string, unknown>): string[] => {
      const parsed = parseLine(line(fields));
      return parsed.valid ? requestsOf(parsed.line).map(({ pass }) => pass) : [];
    };
    expect(passes({})).toEqual(['PASS_HEARD']);
    expect(passes({ draft: 'Good.' })).toEqual(['PASS_HEARD', 'PASS_DRAFT']);
    expect(passes({ heard: null, draft: 'Good.' })).toEqual(['PASS_DRAFT']);
  });

  it('takes the date of the call, or leaves it unknown', () => {
    const todayOf = (fields: Record<string, unknown>): string | undefined => {
      const parsed = parseLine(line(fields));
      return parsed.valid
        ? requestsOf(parsed.line)[0]?.context?.today
        : `wrong ${parsed.problem.error.field}`;
    };
    expect(todayOf({ today: '2026-11-25' })).toBe('2026-11-25');
    expect(todayOf({ today: null })).toBe('');
    expect(todayOf({ today: 'yesterday' })).toBe('wrong today');
  });

  it('takes null for an absent field and keeps word confidences', () => {
    const parsed = parseLine(
      line({
        patient: { age: null, labs: null },
        words: [
          { text: 'I', confidence: 0.5 },
          { text: 'am', confidence: 0.7 },
        ],
        alternatives: ['I ham'],
      }),
    );
    const request = parsed.valid ? requestsOf(parsed.line)[0] : undefined;
    expect(request?.heard).toMatchObject({
      confidence: 0.6,
      words: [{ confidence: 0.5 }, { confidence: 0.7 }],
      alternatives: [{ text: 'I ham' }],
    });
    expect(request?.patient).toMatchObject({ age: 0, labs: [] });
  });
});

describe('two looks of one specialist', () => {
  const fact = (text: string): Fact => Fact.fromPartial({ kind: 'interaction', subjects: ['a'], text });
  it('keep the graver verdict, the more urgent disposition, and the facts of both once', () => {
    const first = Review.fromPartial({
      verdict: Verdict.SAY,
      say: 'first',
      disposition: Disposition.SAME_DAY,
      facts: [fact('one')],
      confidence: 0.9,
    });
    const second = Review.fromPartial({
      verdict: Verdict.BLOCK,
      say: 'second',
      disposition: Disposition.NONE,
      facts: [fact('one'), fact('two')],
      confidence: 0.8,
    });
    expect(joinReviews(first, second)).toMatchObject({
      verdict: Verdict.BLOCK,
      say: 'second',
      disposition: Disposition.SAME_DAY,
      confidence: 0.8,
      facts: [{ text: 'one' }, { text: 'two' }],
    });
  });
});

describe('asterism consult', () => {
  it('says which file it cannot read or write', async () => {
    const { consultFiles } = await import('../commands/consult.js');
    const folder = await mkdtemp(join(tmpdir(), 'consult-'));
    await expect(
      consultFiles({ batch: join(folder, 'none.jsonl'), out: join(folder, 'out.jsonl') }),
    ).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await rm(folder, { recursive: true });
  });

  it('consults on a file with all specialists', async () => {
    const { consultFiles } = await import('../commands/consult.js');
    const folder = await mkdtemp(join(tmpdir(), 'consult-'));
    const batch = join(folder, 'in.jsonl');
    const out = join(folder, 'out.jsonl');
    await writeFile(
      batch,
      [
        line({ id: '1', specialist: 'all' }),
        '',
        '{',
        line({ id: '2', specialist: 'all', heard: 'My face is drooping' }),
      ].join('\n'),
    );
    expect(await consultFiles({ batch, out })).toEqual({ consulted: 2, invalid: 1 });
    const outputs = (await readFile(out, 'utf8'))
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Output);
    expect(outputs.map(({ outcome, error }) => outcome?.disposition ?? error?.code)).toEqual([
      'none',
      'INPUT_INVALID',
      '911',
    ]);
    expect(outputs[0]?.reviews).toHaveLength(specialistNames.length);
    await rm(folder, { recursive: true });
  }, 60_000);
});

async function* asyncLines(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
