import type { GraphBuilder } from '../onnx/graph-builder.js';
import { type Dense, HEAD_WIDTH, type WhisperWeights } from './weights.js';

/** How the weights of a dense layer are stored and multiplied. */
export type Precision = 'float32';

/** x [n, inputs] → [n, outputs] */
export function dense(
  builder: GraphBuilder,
  name: string,
  x: string,
  layer: Dense,
  _precision: Precision,
): string {
  const weight = builder.float32(`${name}/weight`, [layer.outputs, layer.inputs], layer.weight);
  const bias = builder.float32(`${name}/bias`, [layer.outputs], layer.bias);
  return builder.node('Gemm', [x, weight, bias], { transB: 1 });
}

/** Layer normalisation over the last axis with Whisper's epsilon. */
export function layerNorm(builder: GraphBuilder, weights: WhisperWeights, name: string, x: string): string {
  const gamma = builder.float32(`${name}/gamma`, [weights.shape.width], weights.float32(`${name}/gamma`));
  const beta = builder.float32(`${name}/beta`, [weights.shape.width], weights.float32(`${name}/beta`));
  return builder.node('LayerNormalization', [x, gamma, beta], { axis: -1, epsilon: { float: 1e-5 } });
}

/** x [n, heads × 64] → [heads, n, 64] */
export function splitHeads(builder: GraphBuilder, x: string, heads: number): string {
  const split = builder.node('Reshape', [x, builder.int64([-1, heads, HEAD_WIDTH])]);
  return builder.node('Transpose', [split], { perm: [1, 0, 2] });
}

/** x [heads, n, 64] → [n, heads × 64] */
export function joinHeads(builder: GraphBuilder, x: string, heads: number): string {
  const turned = builder.node('Transpose', [x], { perm: [1, 0, 2] });
  return builder.node('Reshape', [turned, builder.int64([-1, heads * HEAD_WIDTH])]);
}

/** The scores of every query for every key: [heads, n, 64] × [heads, m, 64] → [heads, n, m] */
export function attentionScores(builder: GraphBuilder, query: string, key: string): string {
  return builder.contrib('FusedMatMul', [query, key], { transB: 1 });
}

/** The feed-forward part with its normalisation and residual. */
export function feedForward(
  builder: GraphBuilder,
  weights: WhisperWeights,
  name: string,
  x: string,
  precision: Precision,
): string {
  const normal = layerNorm(builder, weights, `${name}/layer_norm`, x);
  const wide = dense(builder, `${name}/linear_0`, normal, weights.dense(`${name}/linear_0`), precision);
  const active = builder.node('Gelu', [wide]);
  const narrow = dense(builder, `${name}/linear_1`, active, weights.dense(`${name}/linear_1`), precision);
  return builder.node('Add', [x, narrow]);
}
