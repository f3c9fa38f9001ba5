import { mkdtemp, readdir, readFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../platform/clock.js';
import { cacheFolder } from '../../platform/cache-folder.js';
import { modelFile } from '../../models/resolve.js';
import { packageRoot } from '../../platform/package-root.js';
import { SAMPLE_RATE_HZ } from '../audio/frame.js';
import { levelDbfs } from '../audio/level.js';
import { concatenate } from '../audio/resampler.js';
import { parsePiperConfig } from '../inference/phoneme-ids.js';
import { openVoice } from './open-voice.js';
import { openPhonemizer } from './phonemizer.js';
import { openSimulatedPatientVoice, type SimulatedPatientVoice } from './simulated-patient-voice.js';
import type { SpokenClause, Voice } from './voice.js';

const DOSES = 'Please take 40 mg of furosemide, twice a day, and call 911 if you have chest pain.';
const never = new AbortController().signal;

let voice: Voice;
let patient: SimulatedPatientVoice;

interface Timed extends SpokenClause {
  atMs: number;
}

async function speak(by: Voice, text: string, signal = never): Promise<Timed[]> {
  const startedMs = performance.now();
  const clauses: Timed[] = [];
  for await (const clause of by.speak(text, signal))
    clauses.push({ ...clause, atMs: performance.now() - startedMs });
  return clauses;
}

/** NaN, which fails every comparison, when one is missing or they differ in length. */
function largestDifference(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || b?.length !== a.length) return NaN;
  return a.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (b[i] ?? NaN))), 0);
}

/** Median fundamental frequency of the voiced 40 ms stretches, by autocorrelation between 60 and 300 Hz. */
function medianPitchHz(samples: Float32Array): number {
  const found: number[] = [];
  for (let at = 0; at + 1_280 <= samples.length; at += 320) {
    const window = samples.subarray(at, at + 1_280);
    if (levelDbfs(window) < -35) continue;
    const correlation = (lag: number): number => {
      let [product, a, b] = [0, 0, 0];
      for (let i = 0; i + lag < window.length; i++) {
        const [x, y] = [window[i] ?? 0, window[i + lag] ?? 0];
        product += x * y;
        a += x * x;
        b += y * y;
      }
      return product / Math.sqrt(a * b);
    };
    let best = { lag: 0, value: 0.7 }; // below this the stretch is not voiced
    for (let lag = Math.floor(SAMPLE_RATE_HZ / 300); lag <= SAMPLE_RATE_HZ / 60; lag++) {
      const value = correlation(lag);
      if (value > best.value + 0.01) best = { lag, value };
    }
    if (best.lag > 0) found.push(SAMPLE_RATE_HZ / best.lag);
  }
  return found.sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0;
}

/** A cache of its own for speech, so that what an earlier run kept is not taken for what this one made. */
async function useFreshCache(): Promise<void> {
  const models = join(cacheFolder(), 'models');
  const folder = await mkdtemp(join(tmpdir(), 'asterism-voice-'));
  await symlink(models, join(folder, 'models'));
  vi.stubEnv('ASTERISM_CACHE_DIR', folder);
}

beforeAll(async () => {
  await useFreshCache();
  [voice, patient] = await Promise.all([openVoice(), openSimulatedPatientVoice()]);
  await Promise.all([voice.ready, patient.ready]);
});

afterAll(async () => {
  await Promise.all([voice.close(), patient.close()]);
  vi.unstubAllEnvs();
});

describe("the agent's voice", () => {
  it('says "Thank you." in about half a second, audible from its first 30 ms on', async () => {
    const [clause, ...more] = await speak(voice, 'Thank you.');
    expect(more).toEqual([]);
    expect(clause).toMatchObject({ text: 'Thank you.', last: true });
    const speechMs = (clause?.speechSamples ?? 0) / 16;
    expect(speechMs).toBeGreaterThan(300);
    expect(speechMs).toBeLessThan(1_200);
    const speech = clause?.samples.subarray(0, clause.speechSamples) ?? new Float32Array(0);
    expect(levelDbfs(speech)).toBeGreaterThan(-35);
    expect(levelDbfs(speech)).toBeLessThan(-6);
    expect(levelDbfs(speech.subarray(0, 30 * 16))).toBeGreaterThan(-55);
    expect(speech.every((sample) => Math.abs(sample) <= 1.2)).toBe(true);
  });

  it('gives the first clause while the last is not made yet, in order, with all words', async () => {
    const clauses = await speak(voice, DOSES);
    expect(clauses.map((clause) => clause.text).join(' ')).toBe(DOSES);
    expect(clauses.length).toBeGreaterThan(1);
    expect(clauses.map((clause) => clause.last)).toEqual(
      clauses.map((_, index) => index === clauses.length - 1),
    );
    expect(clauses[0]?.atMs).toBeLessThan(0.75 * (clauses.at(-1)?.atMs ?? 0));
    // "forty milligrams" and "nine one one" take time: the sentence lasts 4 to 9 seconds.
    const seconds = clauses.reduce((sum, clause) => sum + clause.samples.length, 0) / SAMPLE_RATE_HZ;
    expect(seconds).toBeGreaterThan(4);
    expect(seconds).toBeLessThan(9);
  });

  it('repeats from memory at once, the same samples', async () => {
    const first = await speak(voice, DOSES);
    const again = await speak(voice, DOSES);
    expect(again.at(-1)?.atMs).toBeLessThan(20);
    expect(again.map((clause) => clause.samples)).toEqual(first.map((clause) => clause.samples));
  });

  it('is silent after an abort, before and within a sentence', async () => {
    expect(await speak(voice, 'This is never said.', AbortSignal.abort())).toEqual([]);
    const abort = new AbortController();
    const heard: string[] = [];
    for await (const clause of voice.speak(
      'One moment, please wait while I look. Then I will tell you more.',
      abort.signal,
    )) {
      heard.push(clause.text);
      abort.abort();
    }
    expect(heard).toEqual(['One moment,']);
    // And the next sentence is not held up by what nobody waits for.
    expect((await speak(voice, 'All right.')).map((clause) => clause.text)).toEqual(['All right.']);
  });

  it('aborted while it waits for the model ends at once without an error', async () => {
    const abort = new AbortController();
    const speaking = speak(
      voice,
      'A sentence that was not spoken before, with quite a few words in it.',
      abort.signal,
    );
    setTimeout(() => abort.abort(), 20);
    const startedMs = performance.now();
    expect(await speaking).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(120);
  });

  it('has prepared sentences ready in the next run', async () => {
    const sentence = 'I am here to help you today.';
    await voice.prepare([sentence]);
    const speech = join(cacheFolder(), 'speech');
    await vi.waitFor(async () => {
      const folders = await readdir(speech);
      const files = await Promise.all(folders.map((folder) => readdir(join(speech, folder))));
      expect(files.flat().filter((file) => file.endsWith('.pcm16')).length).toBeGreaterThan(0);
    }, 10_000);
    const next = await openVoice();
    await next.ready;
    const [clause] = await speak(next, sentence);
    await next.close();
    await next.close();
    expect(clause?.atMs).toBeLessThan(40);
    const [made] = await speak(voice, sentence);
    // Kept as 16 bits.
    expect(largestDifference(clause?.samples, made?.samples)).toBeLessThan(1 / 16_384);
  });

  it('lets a live sentence go before prepared ones', async () => {
    void voice.prepare(
      Array.from({ length: 12 }, (_, n) => `This is the prepared sentence with the number ${n + 20}.`),
    );
    const startedMs = performance.now();
    await speak(voice, 'Are you feeling well?');
    const liveMs = performance.now() - startedMs;
    const last = performance.now();
    await speak(voice, 'This is the prepared sentence with the number 31.');
    expect(liveMs).toBeLessThan(2_000);
    expect(performance.now() - last).toBeLessThan(2_000);
  });

  it('knows every sound that its lexicon writes', async () => {
    const config = parsePiperConfig(await readFile(await modelFile('piper-joe-config'), 'utf8'));
    const lexicon = JSON.parse(
      await readFile(join(packageRoot, 'voice-gateway/speaking/lexicon.json'), 'utf8'),
    ) as {
      words: Record<string, string>;
      letters: Record<string, string>;
    };
    for (const [word, ipa] of [...Object.entries(lexicon.words), ...Object.entries(lexicon.letters)]) {
      for (const sound of ipa.normalize('NFD'))
        expect(config.phoneme_id_map, `${word}: ${sound}`).toHaveProperty(sound);
      expect(ipa, word).toContain('ˈ');
    }
  });
});

describe('the phonemizer', () => {
  it('writes the sounds that the voice was trained on, and keeps the stand-in for lexicon words', async () => {
    const phonemizer = openPhonemizer(systemClock);
    await phonemizer.ready;
    expect(await phonemizer.phonemes('Thank you')).toBe('θˈæŋk juː');
    for (const phrase of [
      'take zebra daily',
      'zebra',
      'the zebra and zebra',
      'your zebra of 40 milligrams',
    ]) {
      expect((await phonemizer.phonemes(phrase)).match(/z[ˈˌ]?iːbɹə/g)?.length).toBe(
        phrase.split('zebra').length - 1,
      );
    }
    await phonemizer.close();
  });
});

describe("the simulated patient's voice", () => {
  const LINE = 'I take {lisinopril|lisnapil} every morning with my breakfast.';

  it("is not the agent's: higher by about its pitch factor, and as fast", async () => {
    const text = 'I take it every morning with my breakfast.';
    const agent = concatenate((await speak(voice, text)).map((clause) => clause.samples));
    const line = await patient.synthesiseLine(text, { pitch: 1.25 });
    const ratio = medianPitchHz(line) / medianPitchHz(agent);
    expect(ratio).toBeGreaterThan(1.1);
    expect(ratio).toBeLessThan(1.5);
    expect(line.length / agent.length).toBeGreaterThan(0.75);
    expect(line.length / agent.length).toBeLessThan(1.35);
  });

  it('is the same at every run, made anew or from disk', async () => {
    const first = await patient.synthesiseLine(LINE);
    const fromDisk = await openSimulatedPatientVoice();
    const again = await fromDisk.synthesiseLine(LINE);
    await fromDisk.close();
    expect(largestDifference(again, first)).toBeLessThan(1 / 16_384);
    await useFreshCache();
    const anew = await openSimulatedPatientVoice();
    const third = await anew.synthesiseLine(LINE);
    await anew.close();
    expect(largestDifference(third, first)).toBeLessThan(1e-3);
  });

  it('can be slower, quieter, and on a noisy line', async () => {
    const plain = await patient.synthesiseLine(LINE);
    const slow = await patient.synthesiseLine(LINE, { pace: 0.8 });
    expect(slow.length / plain.length).toBeGreaterThan(1.1);
    const quiet = await patient.synthesiseLine(LINE, { gain: 0.25 });
    expect(levelDbfs(plain) - levelDbfs(quiet)).toBeCloseTo(12.04, 1);
    const noisy = await patient.synthesiseLine(LINE, { noiseRms: 0.01 });
    expect(levelDbfs(noisy.subarray(-1_600))).toBeCloseTo(-40, 0);
    expect(noisy).toEqual(await patient.synthesiseLine(LINE, { noiseRms: 0.01 }));
  });
});
