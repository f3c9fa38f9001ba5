import { describe, expect, it } from 'vitest';
import { AwaitedAnswer, type Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { ManualClock } from '../../platform/clock.js';
import { AsterismError } from '../../platform/errors.js';
import { FRAME_MS, FRAME_SAMPLES } from '../audio/frame.js';
import { CallEar, type EarEvents } from './ear.js';
import type { HearingInference } from './hearing-workers.js';
import type { RecognitionRequest } from './recognise.js';
import type { Recognition } from './recognition.js';

/** Models that answer by rule: loud samples are voice, and every utterance is "I feel fine." */
class ScriptedModels implements HearingInference {
  readonly requests: RecognitionRequest[] = [];
  readonly asked: Float32Array[] = [];
  readonly forgotten: number[] = [];
  voiceFails = false;
  recognitionFails = false;
  hold: Promise<void> = Promise.resolve();

  voiceProbability(_callId: number, samples: Float32Array): Promise<number> {
    if (this.voiceFails) return Promise.reject(new AsterismError('WORKER_FAILED', 'down'));
    return Promise.resolve(samples.some((sample) => Math.abs(sample) > 0.1) ? 0.95 : 0.01);
  }

  forget(callId: number): void {
    this.forgotten.push(callId);
  }

  finishedProbability(samples: Float32Array): Promise<number> {
    this.asked.push(samples);
    return Promise.resolve(0.95);
  }

  async recognise(request: RecognitionRequest, signal: AbortSignal): Promise<Recognition> {
    this.requests.push(request);
    await this.hold;
    if (signal.aborted) throw new AsterismError('CANCELLED', 'while queued or running');
    if (this.recognitionFails) throw new AsterismError('WORKER_FAILED', 'down');
    const word = { text: 'fine.', confidence: 0.9, startMs: 0, endMs: 500, alternatives: [] };
    const timings = { melMs: 0, encoderMs: 0, decoderMs: 0, alternativesMs: 0 };
    return { words: [word], alternatives: [], noSpeechProbability: 0, doubted: false, timings };
  }
}

/** One ear with its clock; frames are played in step with the clock. */
class Call {
  readonly models = new ScriptedModels();
  readonly clock = new ManualClock();
  readonly log: string[] = [];
  readonly finals: Parameters<EarEvents['final']>[0][] = [];
  readonly partials: Utterance[] = [];
  readonly ear = new CallEar(
    {
      speechStarted: ({ mediaMs }) => this.log.push(`started ${mediaMs}`),
      speechEnded: ({ mediaMs }) => this.log.push(`ended ${mediaMs}`),
      partial: (utterance) => this.partials.push(utterance),
      final: (heard) => this.finals.push(heard),
    },
    this.clock,
    this.models,
    7,
  );
  mediaMs = 0;

  async play(forMs: number, value: number): Promise<this> {
    for (const endMs = this.mediaMs + forMs; this.mediaMs < endMs; this.mediaMs += FRAME_MS) {
      this.ear.hear(new Float32Array(FRAME_SAMPLES).fill(value), this.mediaMs);
      await this.clock.advance(FRAME_MS);
    }
    return this;
  }
}

describe('an ear', () => {
  it('hears a turn: its beginning, its pause, its words and its times', async () => {
    const call = new Call();
    call.ear.listen({ awaited: AwaitedAnswer.MEDICINE, vocabulary: ['lisinopril'], patience: 1 });
    await call.play(320, 0);
    await call.play(960, 0.5);
    await call.play(480, 0);
    expect(call.log).toEqual(['started 320', 'ended 1280']);
    expect(call.finals).toHaveLength(1);
    expect(call.finals[0]).toMatchObject({
      utterance: { utteranceId: 'u1', text: 'fine.', startedMs: 320, endedMs: 1_280 },
      endOfTurnReason: 'complete',
      lastVoicedMs: 1_280,
    });
    expect(call.finals[0]?.endOfTurnMs).toBeLessThanOrEqual(call.finals[0]?.finalTextMs ?? 0);
    expect(call.models.requests).toMatchObject([
      { awaited: AwaitedAnswer.MEDICINE, vocabulary: ['lisinopril'] },
    ]);
  });

  it('sends the speech with its beginning, and no more than that, to recognition', async () => {
    const call = new Call();
    await call.play(5_000, 0);
    await call.play(960, 0.5);
    await call.play(320, 0);
    const [request] = call.models.requests;
    const loud = request?.samples.filter((sample) => sample > 0.1).length ?? 0;
    expect(loud).toBe(960 * 16);
    expect(request?.samples.length).toBeLessThanOrEqual((960 + 300 + 32 + 128) * 16);
    expect(call.models.asked).toHaveLength(1);
  });

  it('hears a gap as silence: time never disappears', async () => {
    const call = new Call();
    await call.play(320, 0);
    await call.play(960, 0.5);
    call.mediaMs += 640;
    await call.play(40, 0);
    expect(call.log).toEqual(['started 320', 'ended 1280']);
    expect(call.finals).toHaveLength(1);
  });

  it('ends a turn before a long gap, and hears on after it', async () => {
    const call = new Call();
    await call.play(320, 0);
    await call.play(960, 0.5);
    call.mediaMs += 60_000;
    await call.play(320, 0);
    expect(call.finals).toHaveLength(1);
    await call.play(640, 0.5);
    await call.play(640, 0);
    expect(call.finals[1]?.utterance.startedMs).toBeGreaterThan(61_000);
  });

  it('ends a turn by itself when frames stop coming', async () => {
    const call = new Call();
    await call.play(320, 0);
    await call.play(960, 0.5);
    await call.clock.advance(2_000);
    expect(call.finals).toHaveLength(1);
    expect(call.finals[0]?.utterance.text).toBe('fine.');
  });

  it('ignores frames from the past', async () => {
    const call = new Call();
    await call.play(640, 0);
    for (let n = 0; n < 50; n++) call.ear.hear(new Float32Array(FRAME_SAMPLES).fill(0.5), 100);
    await call.play(320, 0);
    expect(call.log).toEqual([]);
  });

  it('takes samples that are no numbers for silence, and others into range', async () => {
    const call = new Call();
    await call.play(320, NaN);
    await call.play(960, 50);
    await call.play(320, Infinity);
    expect(
      call.models.requests[0]?.samples.every((sample) => Number.isFinite(sample) && Math.abs(sample) <= 1),
    ).toBe(true);
    expect(() => call.ear.hear(new Float32Array(FRAME_SAMPLES), NaN)).not.toThrow();
  });

  it('hears by loudness while voice activity is down', async () => {
    const call = new Call();
    call.models.voiceFails = true;
    await call.play(320, 0);
    await call.play(960, 0.5);
    await call.play(480, 0);
    expect(call.finals).toHaveLength(1);
  });

  it('says that words are missing when recognition fails twice', async () => {
    const call = new Call();
    call.models.recognitionFails = true;
    await call.play(320, 0);
    await call.play(960, 0.5);
    await call.play(1_600, 0);
    expect(call.models.requests).toHaveLength(2);
    expect(call.finals).toMatchObject([{ endOfTurnReason: 'recognition-failed', utterance: { text: '' } }]);
  });

  it('is silent after close, and frees its state in the models', async () => {
    const call = new Call();
    let letGo = (): void => undefined;
    call.models.hold = new Promise((resolve) => (letGo = resolve));
    await call.play(320, 0);
    await call.play(960, 0.5);
    await call.play(320, 0);
    expect(call.models.requests).toHaveLength(1);
    call.ear.close();
    call.ear.close();
    letGo();
    await call.play(640, 0.5);
    await call.clock.advance(10_000);
    expect(call.finals).toEqual([]);
    expect(call.partials).toEqual([]);
    expect(call.models.forgotten).toEqual([7]);
  });

  it('outlives a listener that fails', async () => {
    const models = new ScriptedModels();
    const clock = new ManualClock();
    let finals = 0;
    const fail = (): never => {
      throw new Error('a listener failed');
    };
    const events = { speechStarted: fail, speechEnded: fail, partial: fail, final: () => (finals += 1) };
    const ear = new CallEar(events, clock, models, 1);
    for (let mediaMs = 0; mediaMs < 2_400; mediaMs += FRAME_MS) {
      const value = mediaMs >= 320 && mediaMs < 1_280 ? 0.5 : 0;
      ear.hear(new Float32Array(FRAME_SAMPLES).fill(value), mediaMs);
      await clock.advance(FRAME_MS);
    }
    expect(finals).toBe(1);
  });
});
