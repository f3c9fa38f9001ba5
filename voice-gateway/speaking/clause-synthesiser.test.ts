import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../platform/clock.js';
import { AsterismError } from '../../platform/errors.js';
import type { PiperResult, PiperTask } from '../inference/piper-worker.js';
import { RESTART_MS } from './ask-worker.js';
import { ClauseSynthesiser, priorities } from './clause-synthesiser.js';
import { parseLexicon } from './lexicon.js';
import { SpeechFiles } from './speech-files.js';

/** A model that "speaks" 100 ms for every character, when it is let. */
class ScriptedPiper {
  readonly asked: string[] = [];
  readonly #answers: (() => void)[] = [];
  failures = 0;

  run = (task: PiperTask): Promise<PiperResult> => {
    this.asked.push(task.phonemes);
    if (this.failures-- > 0) return Promise.reject(new AsterismError('WORKER_FAILED', 'the worker ended'));
    return new Promise((resolve) =>
      this.#answers.push(() =>
        resolve({ samples: new Float32Array(1_600 * task.phonemes.length).fill(0.2) }),
      ),
    );
  };

  async answerAll(): Promise<void> {
    for (let round = 0; round < 50; round++) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#answers.shift()?.();
    }
  }
}

const clause = (text: string): { text: string; end: 'sentence' } => ({ text, end: 'sentence' });
const clock = new ManualClock();
let piper: ScriptedPiper;
let synthesiser: ClauseSynthesiser;

beforeEach(async () => {
  vi.stubEnv('ASTERISM_CACHE_DIR', await mkdtemp(join(tmpdir(), 'asterism-clauses-')));
  piper = new ScriptedPiper();
  const files = new SpeechFiles({ voice: 'scripted' });
  await files.open();
  synthesiser = new ClauseSynthesiser({
    piper,
    phonemizer: { phonemes: (text) => Promise.resolve(text) },
    lexicon: parseLexicon('{"version":"1","about":"","letters":{},"words":{}}'),
    files,
    settings: { noiseScale: 0, noiseW: 0, lengthScale: 1, pitch: 1 },
    clock,
    closing: new AbortController().signal,
    cacheEntries: 10,
  });
});
afterEach(() => vi.unstubAllEnvs());

describe('making clauses', () => {
  it('asks the model once for what is asked twice at the same time', async () => {
    const both = [synthesiser.synthesise(clause('Yes.'), 0), synthesiser.synthesise(clause('Yes.'), 2)];
    await piper.answerAll();
    const [first, second] = await Promise.all(both);
    expect(piper.asked).toEqual(['Yes.']);
    expect(second).toBe(first);
    expect(first?.speechSamples).toBe(4 * 1_600);
    expect(first?.samples.length).toBe(4 * 1_600 + 250 * 16);
  });

  it('gives way: a first clause goes before what is prepared', async () => {
    const made = [
      synthesiser.synthesise(clause('One.'), priorities.prepared),
      synthesiser.synthesise(clause('Two.'), priorities.prepared),
    ];
    await new Promise((resolve) => setImmediate(resolve));
    made.push(synthesiser.synthesise(clause('Now.'), priorities.firstClause));
    await piper.answerAll();
    await Promise.all(made);
    expect(piper.asked).toEqual(['One.', 'Now.', 'Two.']);
  });

  it('speaks after the worker ended and was started again', async () => {
    piper.failures = 1;
    const made = synthesiser.synthesise(clause('Yes.'), 0);
    await piper.answerAll();
    await clock.advance(RESTART_MS);
    await piper.answerAll();
    expect((await made).speechSamples).toBeGreaterThan(0);
    expect(piper.asked).toEqual(['Yes.', 'Yes.']);
  });

  it('tells a lasting failure and still speaks the next clause', async () => {
    piper.failures = 2;
    const refused = expect(synthesiser.synthesise(clause('No.'), 0)).rejects.toMatchObject({
      code: 'WORKER_FAILED',
    });
    await piper.answerAll();
    await clock.advance(RESTART_MS);
    await refused;
    const next = synthesiser.synthesise(clause('Yes.'), 0);
    await piper.answerAll();
    expect((await next).speechSamples).toBeGreaterThan(0);
  });

  it('keeps on disk only what it is asked to keep', async () => {
    const spoken = synthesiser.synthesise(clause('For one patient.'), 0);
    const kept = synthesiser.keep(clause('For everyone.'), 2);
    await piper.answerAll();
    await Promise.all([spoken, kept]);
    const next = new SpeechFiles({ voice: 'scripted' });
    await next.open();
    expect(await next.read('sentence:For everyone.')).toBeDefined();
    expect(await next.read('sentence:For one patient.')).toBeUndefined();
  });
});
