import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../platform/package-root.js';
import { logMelByDefinition } from './fixtures/log-mel-by-definition.js';
import { voiceLikeSignal } from './fixtures/voice-like-signal.js';
import { modelFile } from './resolve.js';

const samplesSchema = z.object({ indices: z.array(z.number()), values: z.array(z.number()) });
type Samples = z.infer<typeof samplesSchema>;

/** Computed once by make-whisper-fixture.py: NumPy in double precision on the same weights, without a cache. */
const fixture = z
  .object({
    melColumns: z.number(),
    prompt: z.array(z.number()),
    mel: samplesSchema,
    crossKey: samplesSchema,
    crossValue: samplesSchema,
    promptAlignment: samplesSchema,
    steps: z.array(
      z.object({ best: z.number(), margin: z.number(), logits: samplesSchema, alignment: samplesSchema }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(packageRoot, 'models/fixtures/whisper-base.json'), 'utf8')));

describe('Whisper base as prepared for this machine', () => {
  const mel = logMelByDefinition(voiceLikeSignal(), fixture.melColumns);
  let cross: { key: Tensor; value: Tensor };
  let steps: DecoderStep[];

  beforeAll(async () => {
    const encoder = await InferenceSession.create(await modelFile('whisper-base-encoder'));
    const encoded = await encoder.run({ mel: new Tensor('float32', mel, [1, 80, fixture.melColumns]) });
    cross = { key: tensorOf(encoded, 'cross_key'), value: tensorOf(encoded, 'cross_value') };
    const decoder = await InferenceSession.create(await modelFile('whisper-base-decoder'));
    steps = await decodeWith(
      decoder,
      cross,
      fixture.steps.map((step) => step.best),
    );
    await encoder.release();
    await decoder.release();
  }, 60_000);

  it('is tested on the same spectrogram as the independent computation', () => {
    expect(worst(mel, fixture.mel)).toBeLessThan(1e-4);
  });

  it('gives cross-attention keys and values of every layer and head, 20 ms a row', () => {
    expect(cross.key.dims).toEqual([6, 8, fixture.melColumns / 2, 64]);
    expect(cross.value.dims).toEqual([6, 8, fixture.melColumns / 2, 64]);
  });

  it('has the same encoder output', () => {
    expect(worst(floatsOf(cross.key), fixture.crossKey)).toBeLessThan(2e-3);
    expect(worst(floatsOf(cross.value), fixture.crossValue)).toBeLessThan(2e-3);
  });

  it('has the same first logits, and the same ones with a cache of keys and values', () => {
    for (const [index, step] of fixture.steps.entries()) {
      expect(steps[index]?.logits.length).toBe(51_865);
      expect(worst(steps[index]?.logits ?? [], step.logits), `step ${index}`).toBeLessThan(5e-3);
    }
  });

  it('finds the same most likely token at every step', () => {
    expect(steps.map((step) => step.logits.indexOf(Math.max(...step.logits)))).toEqual(
      fixture.steps.map((step) => step.best),
    );
  });

  it('says which 20 ms of audio each token looks at', () => {
    expect(steps[0]?.alignment.length).toBe((fixture.prompt.length * fixture.melColumns) / 2);
    expect(worst(steps[0]?.alignment ?? [], fixture.promptAlignment)).toBeLessThan(1e-3);
    for (const [index, step] of fixture.steps.entries()) {
      if (index === 0) continue;
      const row = steps[index]?.alignment ?? [];
      expect(worst(row, step.alignment), `step ${index}`).toBeLessThan(1e-3);
      expect(row.reduce((sum, look) => sum + look, 0)).toBeCloseTo(1, 3);
    }
  });
});

interface DecoderStep {
  readonly logits: readonly number[];
  readonly alignment: readonly number[];
}

/** Feeds the prompt, then the given tokens one by one, keeping keys and values. */
async function decodeWith(
  decoder: InferenceSession,
  cross: { key: Tensor; value: Tensor },
  tokens: readonly number[],
): Promise<DecoderStep[]> {
  const steps: DecoderStep[] = [];
  let past = { key: emptyPast(), value: emptyPast() };
  let fed: readonly number[] = fixture.prompt;
  for (const next of tokens) {
    const outputs = await decoder.run({
      tokens: new Tensor('int64', BigInt64Array.from(fed, BigInt), [1, fed.length]),
      past_key: past.key,
      past_value: past.value,
      cross_key: cross.key,
      cross_value: cross.value,
    });
    past = { key: tensorOf(outputs, 'present_key'), value: tensorOf(outputs, 'present_value') };
    steps.push({
      logits: Array.from(floatsOf(tensorOf(outputs, 'logits'))),
      alignment: Array.from(floatsOf(tensorOf(outputs, 'alignment'))),
    });
    fed = [next];
  }
  return steps;
}

function emptyPast(): Tensor {
  return new Tensor('float32', new Float32Array(0), [6, 8, 0, 64]);
}

function tensorOf(outputs: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const value = outputs[name];
  if (!(value instanceof Tensor)) throw new Error(`the graph has no output ${name}`);
  return value;
}

function floatsOf(tensor: Tensor): Float32Array {
  if (!(tensor.data instanceof Float32Array)) throw new Error('not float32');
  return tensor.data;
}

/** The largest difference at the sampled places. */
function worst(found: ArrayLike<number>, expected: Samples): number {
  return Math.max(
    ...expected.indices.map((index, at) =>
      Math.abs((found[index] ?? Number.NaN) - (expected.values[at] ?? Number.NaN)),
    ),
  );
}
