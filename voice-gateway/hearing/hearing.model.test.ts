import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { modelFile } from '../../models/resolve.js';
import { systemClock } from '../../platform/clock.js';
import { FRAME_MS, FRAME_SAMPLES, SAMPLES_PER_MS } from '../audio/frame.js';
import { concatenate } from '../audio/resampler.js';
import { ByteLevelBpe } from './byte-level-bpe.js';
import type { EarEvents } from './ear.js';
import { HearingWorkers } from './hearing-workers.js';
import { openHearing, type HearingModels } from './open-hearing.js';
import { bareWord, textOf, type Recognition } from './recognition.js';
import { openTelephoneSpeech, steadyNoise, type TelephoneSpeech } from './telephone-speech.js';
import { VAD_WINDOW } from './voice-window.js';
import { whisperTokens } from './whisper-tokens.js';

const never = new AbortController().signal;
let speech: TelephoneSpeech;
let workers: HearingWorkers;
let hearing: HearingModels;

beforeAll(async () => {
  speech = await openTelephoneSpeech();
  hearing = await openHearing({ model: 'base' });
  workers = new HearingWorkers({
    vad: { modelFile: await modelFile('silero-vad') },
    turn: { modelFile: await modelFile('smart-turn') },
    stt: {
      encoderFile: await modelFile('whisper-base-encoder'),
      decoderFile: await modelFile('whisper-base-decoder'),
      tokenizerFile: await modelFile('whisper-base-tokenizer'),
      multilingual: true,
      threads: 2,
    },
  });
  await Promise.all([hearing.ready, workers.ready]);
});

afterAll(async () => {
  await Promise.all([speech.close(), hearing.close(), workers.close()]);
});

async function recognise(samples: Float32Array, vocabulary: readonly string[] = []): Promise<Recognition> {
  const voicedMs = samples.filter((sample) => Math.abs(sample) > 0.002).length / SAMPLES_PER_MS;
  return workers.recognise({ samples, voicedMs, awaited: AwaitedAnswer.OPEN, vocabulary, given: [] }, never);
}

describe('speech to text over a telephone line', () => {
  it.each([
    ['I have been feeling short of breath when I walk up the stairs.', 0],
    ['My weight this morning was one hundred eighty two pounds.', 1],
    ['No, I stopped taking it last week because it made me dizzy.', 0],
    ['My date of birth is March fourth, nineteen fifty two.', 0],
  ])('recognises "%s"', async (sentence) => {
    const { words } = await recognise(await speech.say(sentence));
    expect(wordErrors(sentence, textOf(words))).toBeLessThanOrEqual(1);
  });

  it.each(['Yes.', 'No.', "No, I don't.", "I'm fine.", 'Yes, I did.'])(
    'says "%s" once, not in a loop',
    async (sentence) => {
      const { words } = await recognise(await speech.say(sentence));
      expect(wordErrors(sentence, textOf(words))).toBe(0);
    },
  );

  it("recognises the patient's medicines with the call's vocabulary", async () => {
    const vocabulary = ['lisinopril', 'furosemide', 'metoprolol'];
    const { words } = await recognise(
      await speech.say('I take lisinopril, furosemide, and metoprolol every morning.'),
      vocabulary,
    );
    const bare = words.map((word) => bareWord(word.text));
    expect(bare).toEqual(expect.arrayContaining(vocabulary));
  });

  it('does not hear a medicine of the vocabulary where another was said, or is unsure of it', async () => {
    const { words } = await recognise(await speech.say('I took two ibuprofen last night for my back.'), [
      'lisinopril',
      'furosemide',
      'metoprolol',
    ]);
    const swapped = words.filter((word) =>
      ['lisinopril', 'furosemide', 'metoprolol'].includes(bareWord(word.text)),
    );
    expect(swapped.every((word) => word.confidence < 0.6)).toBe(true);
  });

  it('gives every word a time inside the audio, in order, and a probability', async () => {
    const samples = await speech.say('I have been feeling short of breath, and my ankles are swollen.');
    const { words } = await recognise(samples);
    const endMs = samples.length / SAMPLES_PER_MS;
    words.forEach((word, index) => {
      expect(word.startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? 0);
      expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
      expect(word.endMs).toBeLessThanOrEqual(endMs);
      expect(word.confidence).toBeGreaterThan(0);
      expect(word.confidence).toBeLessThanOrEqual(1);
    });
    // "ankles" stands behind the pause at the comma.
    const ankles = words.find((word) => bareWord(word.text) === 'ankles');
    expect(ankles?.startMs).toBeGreaterThan(endMs * 0.5);
  });

  it('says only the rest when it is given the beginning', async () => {
    const samples = await speech.say('I have been feeling short of breath, and my ankles are swollen.');
    const whole = await recognise(samples);
    const given = whole.words.slice(0, 6);
    const request = { samples, voicedMs: 3_000, awaited: AwaitedAnswer.OPEN, vocabulary: [], given };
    const again = await workers.recognise(request, never);
    expect(textOf(again.words)).toBe(textOf(whole.words));
    expect(again.words.slice(0, 6)).toEqual(given);
    expect(again.words.at(-1)?.startMs).toBeGreaterThan(given.at(-1)?.endMs ?? Infinity);
  });

  it.each([
    ['silence', new Float32Array(16_000)],
    ['noise', steadyNoise(16_000, 0.02)],
    ['a click', Float32Array.from({ length: 8_000 }, (_, n) => (n > 4_000 && n < 4_160 ? Math.sin(n) : 0))],
  ])('finds no words in %s', async (_, samples) => {
    const request = {
      samples,
      voicedMs: 100,
      awaited: AwaitedAnswer.OPEN,
      vocabulary: ['lisinopril'],
      given: [],
    };
    expect(textOf((await workers.recognise(request, never)).words)).toBe('');
  });

  it('is cancelled while it runs', async () => {
    const abort = new AbortController();
    const samples = await speech.say('I have been feeling short of breath when I walk up the stairs.');
    const request = { samples, voicedMs: 3_000, awaited: AwaitedAnswer.OPEN, vocabulary: [], given: [] };
    const running = workers.recognise(request, abort.signal);
    setTimeout(() => abort.abort(), 20);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('voice activity', () => {
  async function probabilities(callId: number, samples: Float32Array): Promise<number[]> {
    const found: number[] = [];
    for (let at = 0; at + VAD_WINDOW <= samples.length; at += VAD_WINDOW) {
      found.push(await workers.voiceProbability(callId, samples.slice(at, at + VAD_WINDOW)));
    }
    return found;
  }

  it('tells speech from silence and noise', async () => {
    const voiced = await probabilities(1, await speech.say('I feel much better than last week.'));
    expect(voiced.filter((probability) => probability > 0.5).length).toBeGreaterThan(voiced.length * 0.7);
    const noise = await probabilities(2, steadyNoise(48_000, 0.01));
    expect(noise.filter((probability) => probability > 0.5).length).toBe(0);
  });

  it('hears speech as well after a minute of silence as at once', async () => {
    const samples = await speech.say('Yes, I am here.');
    const fresh = await probabilities(3, samples);
    await probabilities(4, new Float32Array(60 * 16_000));
    const later = await probabilities(4, samples);
    const voiced = (list: number[]): number => list.filter((probability) => probability > 0.5).length;
    expect(voiced(later)).toBeGreaterThanOrEqual(voiced(fresh) - 2);
  });

  it('keeps calls apart, and begins anew for a forgotten one', async () => {
    const samples = await speech.say('I feel fine.');
    const alone = await probabilities(5, samples);
    const [first, second] = await Promise.all([
      probabilities(6, samples),
      probabilities(7, steadyNoise(samples.length, 0.1)),
    ]);
    expect(first).toEqual(alone);
    expect(second).not.toEqual(alone);
    workers.forget(6);
    expect(await probabilities(6, samples)).toEqual(alone);
  });
});

describe('Smart Turn', () => {
  it('gives the number that the original feature code and NumPy give', async () => {
    const samples = Float32Array.from({ length: 32_000 }, (_, t) => {
      const vibrato =
        0.3 * Math.sin((2 * Math.PI * 220 * t) / 16_000 + Math.sin((2 * Math.PI * 3 * t) / 16_000));
      const tone = t % 4_000 < 2_000 ? 0.1 * Math.sin((2 * Math.PI * 1_870 * t) / 16_000) : 0;
      return vibrato + tone + 0.01 * Math.sin(t * t * 0.001);
    });
    // The model is quantised: processors with 8-bit dot products round otherwise (0.979 with AVX2, 0.966 with VNNI).
    const probability = await workers.finishedProbability(samples, never);
    expect(Math.abs(probability - 0.97855)).toBeLessThan(0.02);
  });

  it('hears a sentence end, and another break off', async () => {
    const silence = new Float32Array(3_200);
    const ended = concatenate([
      await speech.say('I have been feeling much better since last week.'),
      silence,
    ]);
    const broken = concatenate([await speech.say('I take lisinopril, and um,'), silence]);
    expect(await workers.finishedProbability(ended, never)).toBeGreaterThan(0.5);
    expect(await workers.finishedProbability(broken, never)).toBeLessThan(0.5);
  });
});

describe("Whisper's steering tokens", () => {
  it('are the published ones of the base model, and signs of money besides', async () => {
    const bpe = new ByteLevelBpe(
      JSON.parse(await readFile(await modelFile('whisper-base-tokenizer'), 'utf8')),
    );
    const tokens = whisperTokens(bpe, true);
    expect(tokens).toMatchObject({ endOfText: 50_257, startOfTranscript: 50_258, startOfPrevious: 50_361 });
    expect(tokens).toMatchObject({
      noSpeech: 50_362,
      noTimestamps: 50_363,
      opening: [50_259, 50_359, 50_363],
    });
    expect([...tokens.suppressedFirst].sort((a, b) => a - b)).toEqual([220, 50_257]);
    // A sample of the list in the model's generation settings.
    for (const id of [
      1, 2, 7, 25, 63, 359, 503, 873, 1350, 3246, 7273, 13793, 22520, 36865, 49870, 50254, 50358,
    ]) {
      expect(tokens.suppressed).toContain(id);
    }
    // Letters, figures, full stops and per cents stay.
    for (const sign of [' I', ' 8', '.', ',', '?', '%', "'s", '-']) {
      expect(tokens.suppressed).not.toContain(bpe.encode(sign)[0]);
    }
    expect(bpe.encode(' I take lisinopril.')).toEqual(bpe.encode(' I take lisinopril.'));
    expect(bpe.decode(bpe.encode(' naïve 12.5 mg'))).toBe(' naïve 12.5 mg');
  });
});

describe('an ear in real time', () => {
  interface Heard {
    finals: (Parameters<EarEvents['final']>[0] & { heardAtMs: number })[];
    started: number[];
    startedLateMs: number[];
  }

  /** Plays samples at the pace of a telephone, then silence until a turn ends or patience does. */
  async function listenTo(
    samples: Float32Array,
    awaited: AwaitedAnswer,
    vocabulary: string[],
    ends = 1,
  ): Promise<Heard> {
    const heard: Heard = { finals: [], started: [], startedLateMs: [] };
    let mediaMs = 0;
    const ear = hearing.createEar(
      {
        speechStarted: (event) => {
          heard.started.push(event.mediaMs);
          heard.startedLateMs.push(mediaMs - event.mediaMs);
        },
        speechEnded: () => undefined,
        partial: () => undefined,
        final: (final) => heard.finals.push({ ...final, heardAtMs: mediaMs }),
      },
      systemClock,
    );
    ear.listen({ awaited, vocabulary, patience: 1 });
    const startMs = performance.now();
    const lastMs = samples.length / SAMPLES_PER_MS + 8_000;
    for (let at = 0; mediaMs < lastMs && heard.finals.length < ends; at += FRAME_SAMPLES) {
      const frame = steadyNoise(FRAME_SAMPLES, 0.0005);
      samples.subarray(at, at + FRAME_SAMPLES).forEach((sample, n) => (frame[n] = sample + (frame[n] ?? 0)));
      ear.hear(frame, mediaMs);
      mediaMs += FRAME_MS;
      const waitMs = startMs + mediaMs - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    ear.close();
    return heard;
  }

  it('hears an answer with its medicines, its times and its end', async () => {
    const quiet = new Float32Array(8_000);
    const samples = concatenate([quiet, await speech.say('I take lisinopril and furosemide every morning.')]);
    const heard = await listenTo(samples, AwaitedAnswer.OPEN, ['lisinopril', 'furosemide']);
    expect(heard.finals).toHaveLength(1);
    const [final] = heard.finals;
    expect(final?.utterance.text.toLowerCase()).toMatch(/lisinopril.*furosemide/);
    expect(final?.endOfTurnReason).toBe('complete');
    // Speech begins at 500 ms and reaches to the end of the samples.
    expect(Math.abs((heard.started[0] ?? 0) - 500)).toBeLessThan(100);
    expect(heard.startedLateMs[0]).toBeLessThan(250);
    const endMs = samples.length / SAMPLES_PER_MS;
    expect(Math.abs((final?.lastVoicedMs ?? 0) - endMs)).toBeLessThan(250);
    expect(final?.utterance.words.every((word) => word.startMs >= 400 && word.endMs <= endMs + 250)).toBe(
      true,
    );
  });

  it('waits for the year of a date, and hears both halves as one turn', async () => {
    const first = await speech.say('My date of birth is March fourth,');
    const second = await speech.say('nineteen fifty two.');
    const samples = concatenate([new Float32Array(8_000), first, new Float32Array(11_200), second]);
    const heard = await listenTo(samples, AwaitedAnswer.DATE, []);
    expect(heard.finals).toHaveLength(1);
    expect(heard.finals[0]?.utterance.text).toMatch(/March.*(1952|52)/);
    expect(heard.finals[0]?.endOfTurnReason).toBe('answered');
  });

  it('ends a yes quickly when a yes is awaited', async () => {
    const samples = concatenate([new Float32Array(8_000), await speech.say('Yes.')]);
    const [final] = (await listenTo(samples, AwaitedAnswer.YES_NO, ['lisinopril'])).finals;
    expect(bareWord(final?.utterance.text ?? '')).toBe('yes');
    expect(final?.endOfTurnReason).toBe('answered');
  });
});

/** Words to insert, delete or change so that both are alike; figures and spelled numbers count as alike. */
function wordErrors(expected: string, heard: string): number {
  const said = plain(expected);
  const got = plain(heard);
  let row = Array.from({ length: got.length + 1 }, (_, index) => index);
  said.forEach((word, i) => {
    const next = [i + 1];
    got.forEach((other, j) => {
      const change = (row[j] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    });
    row = next;
  });
  return row.at(-1) ?? 0;
}

function plain(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/one hundred eighty two/, '182')
    .replace(/nineteen fifty two/, '1952')
    .replace(/fourth|\b4th?\b/, '4')
    .split(/\s+/)
    .map(bareWord)
    .filter((word) => word !== '');
}
