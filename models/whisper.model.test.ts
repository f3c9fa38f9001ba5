import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../platform/package-root.js';
import { logMelByDefinition } from './fixtures/log-mel-by-definition.js';
import { voiceLikeSignal } from './fixtures/voice-like-signal.js';
import { sourcePath } from './cache.js';
import { modelSource } from './manifest.js';
import { writeModel } from './onnx/write-model.js';
import { recipes } from './recipes.js';
import { modelFile } from './resolve.js';
import { readCtranslate2File } from './whisper/ctranslate2-file.js';
import { decoderGraph } from './whisper/decoder-graph.js';
import { encoderGraph } from './whisper/encoder-graph.js';
import { WhisperWeights } from './whisper/weights.js';

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

/**
 * How far a graph may lie from the independent computation, as absolute differences at the sampled places.
 * Encoder outputs reach ±20 and logits ±30.
 */
interface Tolerance {
  readonly cross: number;
  readonly logits: number;
  readonly alignment: number;
}

const mel = logMelByDefinition(voiceLikeSignal(), fixture.melColumns);

describe('the spectrogram of the tests', () => {
  it('is the one of the independent computation', () => {
    expect(worst(mel, fixture.mel)).toBeLessThan(1e-4);
  });
});

describe.each<{
  name: string;
  open: () => Promise<[Uint8Array | string, Uint8Array | string]>;
  allowed: Tolerance;
}>([
  {
    name: 'Whisper base as a graph with the weights as they are',
    open: async () => {
      const path = sourcePath(modelSource('whisper-base-weights'));
      const weights = new WhisperWeights(readCtranslate2File(readFileSync(path)));
      const heads = recipes.flatMap((recipe) =>
        recipe.kind === 'whisper' && recipe.sources[0] === 'whisper-base-weights'
          ? recipe.alignmentHeads
          : [],
      );
      const graphs = [encoderGraph(weights, 'float32'), decoderGraph(weights, heads, 'float32')] as const;
      const [encoder, decoder] = graphs.map((graph) => Buffer.concat(writeModel(graph, 'test')));
      return Promise.resolve([encoder ?? '', decoder ?? '']);
    },
    allowed: { cross: 1e-3, logits: 2e-3, alignment: 1e-4 },
  },
  {
    name: 'Whisper base as prepared, with 8-bit weights',
    open: async () => [await modelFile('whisper-base-encoder'), await modelFile('whisper-base-decoder')],
    // Quantisation moves them by 0.23, 0.7 and 0.0034 at most: room for another processor's rounding.
    allowed: { cross: 0.4, logits: 1.4, alignment: 0.006 },
  },
])('$name', ({ open, allowed }) => {
  let cross: { key: Tensor; value: Tensor };
  let steps: DecoderStep[];

  beforeAll(async () => {
    const [encoderModel, decoderModel] = await open();
    const encoder = await openSession(encoderModel);
    const encoded = await encoder.run({ mel: new Tensor('float32', mel, [1, 80, fixture.melColumns]) });
    cross = { key: tensorOf(encoded, 'cross_key'), value: tensorOf(encoded, 'cross_value') };
    await encoder.release();
    const decoder = await openSession(decoderModel);
    const tokens = fixture.steps.map((step) => step.best);
    steps = await decodeWith(decoder, cross, tokens);
    await decoder.release();
  }, 120_000);

  it('gives cross-attention keys and values of every layer and head, 20 ms a row', () => {
    expect(cross.key.dims).toEqual([6, 8, fixture.melColumns / 2, 64]);
    expect(cross.value.dims).toEqual([6, 8, fixture.melColumns / 2, 64]);
  });

  it('has the encoder output of the independent computation', () => {
    expect(worst(floatsOf(cross.key), fixture.crossKey)).toBeLessThan(allowed.cross);
    expect(worst(floatsOf(cross.value), fixture.crossValue)).toBeLessThan(allowed.cross);
  });

  it('has its first logits, and its later ones though keys and values come from the cache', () => {
    for (const [index, step] of fixture.steps.entries()) {
      expect(steps[index]?.logits.length).toBe(51_865);
      expect(worst(steps[index]?.logits ?? [], step.logits), `step ${index}`).toBeLessThan(allowed.logits);
    }
  });

  it('finds the same most likely token at every step', () => {
    const best = steps.map((step) => step.logits.indexOf(Math.max(...step.logits)));
    expect(best).toEqual(fixture.steps.map((step) => step.best));
  });

  it('says which 20 ms of audio each token looks at', () => {
    expect(steps[0]?.alignment.length).toBe((fixture.prompt.length * fixture.melColumns) / 2);
    expect(worst(steps[0]?.alignment ?? [], fixture.promptAlignment)).toBeLessThan(allowed.alignment);
    for (const [index, step] of fixture.steps.entries()) {
      if (index === 0) continue; // the prompt's rows were compared above
      const row = steps[index]?.alignment ?? [];
      expect(worst(row, step.alignment), `step ${index}`).toBeLessThan(allowed.alignment);
      expect(row.reduce((sum, look) => sum + look, 0)).toBeCloseTo(1, 3);
    }
  });
});

function openSession(model: Uint8Array | string): Promise<InferenceSession> {
  return typeof model === 'string' ? InferenceSession.create(model) : InferenceSession.create(model);
}

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
