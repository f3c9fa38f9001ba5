import { AsterismError } from '../../platform/errors.js';
import { elementTypes, type Graph } from '../onnx/graph.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { scaledQueryKeyValue } from './encoder-graph.js';
import {
  attentionScores,
  dense,
  feedForward,
  joinHeads,
  layerNorm,
  splitHeads,
  type Precision,
} from './layers.js';
import { type Dense, denseRows, HEAD_WIDTH, type WhisperWeights } from './weights.js';

/** A head whose attention follows the audio: [layer, head]. */
export type AlignmentHead = readonly [layer: number, head: number];

/**
 * The decoder for n tokens after p that were fed before.
 *
 * Inputs: tokens int64 [1, n]; past_key, past_value float32 [layers, heads, p, 64] (p may be 0);
 * cross_key, cross_value as the encoder gives them.
 * Outputs: logits float32 [1, 1, vocabulary] of the last token only; present_key, present_value
 * [layers, heads, p + n, 64]; alignment float32 [n, T/2], the mean over the alignment heads of the
 * probabilities with which each token looks at each 20 ms of audio.
 */
export function decoderGraph(
  weights: WhisperWeights,
  alignmentHeads: readonly AlignmentHead[],
  precision: Precision,
  projectionPrecision: Precision = precision,
): Graph {
  const { width, heads, layers, vocabulary } = weights.shape;
  const builder = new GraphBuilder('whisper-decoder');
  const tokens = builder.input('tokens', 'int64', [1, 'n']);
  const past = (['past_key', 'past_value'] as const).map((name) =>
    perLayer(builder, builder.input(name, 'float32', [layers, heads, 'p', HEAD_WIDTH]), layers),
  );
  const cross = (['cross_key', 'cross_value'] as const).map((name) =>
    perLayer(builder, builder.input(name, 'float32', [layers, heads, 'T/2', HEAD_WIDTH]), layers),
  );

  const { start, end } = positionsOf(builder, tokens);
  const mask = causalMask(builder, start, end);
  let x = embed(builder, weights, tokens, start, end);

  const present: { key: string[]; value: string[] } = { key: [], value: [] };
  const aligned: string[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const name = `decoder/layer_${layer}`;
    const normal = layerNorm(builder, weights, `${name}/self_attention/layer_norm`, x);
    const self = scaledQueryKeyValue(weights, `${name}/self_attention`);
    const joint = dense(builder, `${name}/self_attention/linear_0`, normal, self, precision);
    const [query = '', newKey = '', newValue = ''] = builder
      .nodeWithOutputs('Split', [joint, builder.int64([width, width, width])], 3, { axis: 1 })
      .map((part) => splitHeads(builder, part, heads));
    const key = builder.node('Concat', [past[0]?.[layer] ?? '', newKey], { axis: 1 });
    const value = builder.node('Concat', [past[1]?.[layer] ?? '', newValue], { axis: 1 });
    present.key.push(key);
    present.value.push(value);
    const scores = builder.node('Add', [attentionScores(builder, query, key), mask]);
    const probabilities = builder.node('Softmax', [scores], { axis: -1 });
    const mixed = joinHeads(builder, builder.node('MatMul', [probabilities, value]), heads);
    const output = weights.dense(`${name}/self_attention/linear_1`);
    x = builder.node('Add', [x, dense(builder, `${name}/self_attention/linear_1`, mixed, output, precision)]);

    const crossNormal = layerNorm(builder, weights, `${name}/attention/layer_norm`, x);
    const crossQueryLayer = weights.dense(`${name}/attention/linear_0`);
    const scaled = denseRows(crossQueryLayer, 0, width, 1 / Math.sqrt(HEAD_WIDTH));
    const crossQuery = splitHeads(
      builder,
      dense(builder, `${name}/attention/linear_0`, crossNormal, scaled, precision),
      heads,
    );
    const crossScores = attentionScores(builder, crossQuery, cross[0]?.[layer] ?? '');
    const looks = builder.node('Softmax', [crossScores], { axis: -1 });
    const wanted = alignmentHeads.filter(([of]) => of === layer).map(([, head]) => head);
    if (wanted.length > 0) aligned.push(builder.node('Gather', [looks, builder.int64(wanted)], { axis: 0 }));
    const seen = joinHeads(builder, builder.node('MatMul', [looks, cross[1]?.[layer] ?? '']), heads);
    const crossOutput = weights.dense(`${name}/attention/linear_2`);
    x = builder.node('Add', [x, dense(builder, `${name}/attention/linear_2`, seen, crossOutput, precision)]);

    x = feedForward(builder, weights, `${name}/ffn`, x, precision);
  }
  if (aligned.length === 0)
    throw new AsterismError('MODEL_PREPARE', 'no alignment head lies in a layer of the model');

  const last = builder.node('Slice', [x, builder.int64([-1]), builder.int64([2 ** 31]), builder.int64([0])]);
  const normal = layerNorm(builder, weights, 'decoder/layer_norm', last);
  const logits = dense(builder, 'projection', normal, projectionOf(weights), projectionPrecision);
  builder.output(builder.node('Unsqueeze', [logits, builder.int64([0])]), 'logits', 'float32', [
    1,
    1,
    vocabulary,
  ]);
  for (const which of ['key', 'value'] as const) {
    const all = present[which].map((one) => builder.node('Unsqueeze', [one, builder.int64([0])]));
    const stacked = builder.node('Concat', all, { axis: 0 });
    builder.output(stacked, `present_${which}`, 'float32', [layers, heads, 'p+n', HEAD_WIDTH]);
  }
  const alignment = builder.node(
    'ReduceMean',
    [builder.node('Concat', aligned, { axis: 0 }), builder.int64([0])],
    { keepdims: 0 },
  );
  builder.output(alignment, 'alignment', 'float32', ['n', 'T/2']);
  return builder.build();
}

/** [layers, heads, m, 64] → one [heads, m, 64] a layer */
function perLayer(builder: GraphBuilder, stacked: string, layers: number): string[] {
  const ones = builder.int64(Array.from({ length: layers }, () => 1));
  return builder
    .nodeWithOutputs('Split', [stacked, ones], layers, { axis: 0 })
    .map((one) => builder.node('Squeeze', [one, builder.int64([0])]));
}

/** The first position of the new tokens and the one after the last, each [1]. */
function positionsOf(builder: GraphBuilder, tokens: string): { start: string; end: string } {
  const start = builder.node('Shape', ['past_key'], { start: 2, end: 3 });
  const count = builder.node('Shape', [tokens], { start: 1, end: 2 });
  return { start, end: builder.node('Add', [start, count]) };
}

/** [n, p + n]: 0 where the key's position is not after the query's, a very low number elsewhere. */
function causalMask(builder: GraphBuilder, start: string, end: string): string {
  const first = builder.node('Squeeze', [start, builder.int64([0])]);
  const limit = builder.node('Squeeze', [end, builder.int64([0])]);
  const one = builder.int64(1);
  const keys = builder.node('Range', [builder.int64(0), limit, one]);
  const queries = builder.node('Unsqueeze', [builder.node('Range', [first, limit, one]), builder.int64([1])]);
  const open = builder.float32('mask/open', [], Float32Array.of(0));
  const closed = builder.float32('mask/closed', [], Float32Array.of(-1e9));
  return builder.node('Where', [builder.node('LessOrEqual', [keys, queries]), open, closed]);
}

/** The output projection is the table of token embeddings again, without a bias. */
function projectionOf(weights: WhisperWeights): Dense {
  const { vocabulary, width } = weights.shape;
  const weight = weights.float32('decoder/embeddings/weight');
  return { outputs: vocabulary, inputs: width, weight, bias: new Float32Array(vocabulary) };
}

/** Token embeddings plus positions: [n, width] */
function embed(
  builder: GraphBuilder,
  weights: WhisperWeights,
  tokens: string,
  start: string,
  end: string,
): string {
  const name = 'decoder/embeddings/weight';
  const { type, dims, data } = weights.variable(name);
  if (type !== 'float16') throw new AsterismError('MODEL_PREPARE', `${name} is ${type} instead of float16`);
  const table = builder.constant(name, type, dims, data);
  const flat = builder.node('Squeeze', [tokens, builder.int64([0])]);
  const rows = builder.node('Gather', [table, flat], { axis: 0 });
  const embedded = builder.node('Cast', [rows], { to: elementTypes.float32 });
  const positionName = 'decoder/position_encodings/encodings';
  const positions = builder.float32(
    positionName,
    weights.variable(positionName).dims,
    weights.float32(positionName),
  );
  const places = builder.node('Slice', [positions, start, end, builder.int64([0])]);
  return builder.node('Add', [embedded, places]);
}
