import type { GraphBuilder } from '../onnx/graph-builder.js';
import { quantiseBlocks, quantiseColumns } from './quantise.js';
import { type Dense, HEAD_WIDTH, type WhisperWeights } from './weights.js';

/**
 * How a dense layer's weights are stored and multiplied:
 * - float32: as they are.
 * - int8-columns: 7-bit weights with a scale an output, activations quantised as they come with a scale a
 *   row. The fastest for many rows.
 * - int8-blocks: 8-bit weights with a scale a block of inputs, activations quantised by block of a row. A
 *   quarter of the memory traffic of float32, which is what one row costs, and more exact than int8-columns.
 */
export type Precision = 'float32' | 'int8-columns' | 'int8-blocks';

/** Divides the widths of every Whisper model. */
const BLOCK_SIZE = 128;

/** The level at which ONNX Runtime multiplies 8-bit blocks with integers. */
const INTEGER_ACCURACY_LEVEL = 4;

/** x [n, inputs] → [n, outputs] */
export function dense(
  builder: GraphBuilder,
  name: string,
  x: string,
  layer: Dense,
  precision: Precision,
): string {
  const { inputs, outputs } = layer;
  const bias = builder.float32(`${name}/bias`, [outputs], layer.bias);
  switch (precision) {
    case 'float32': {
      const weight = builder.float32(`${name}/weight`, [outputs, inputs], layer.weight);
      return builder.node('Gemm', [x, weight, bias], { transB: 1 });
    }
    case 'int8-columns': {
      const quantised = quantiseColumns(layer);
      const weight = builder.constant(`${name}/weight`, 'int8', [inputs, outputs], quantised.weight);
      const scales = builder.float32(`${name}/scales`, [outputs], quantised.scales);
      const zeros = builder.constant(`${name}/zeros`, 'int8', [outputs], new Int8Array(outputs));
      // The operator has one scale for all rows, and some rows are fifty times larger than the others:
      // each row is brought to a largest magnitude of one first, and back afterwards.
      const size = builder.node('ReduceMax', [builder.node('Abs', [x]), builder.int64([1])], { keepdims: 1 });
      const nearZero = builder.sharedFloat32('near-zero', 1e-6);
      const scale = builder.node('Max', [size, nearZero]);
      const even = builder.node('Div', [x, scale]);
      const product = builder.contrib('DynamicQuantizeMatMul', [even, weight, scales, zeros]);
      return builder.node('Add', [builder.node('Mul', [product, scale]), bias]);
    }
    case 'int8-blocks': {
      const quantised = quantiseBlocks(layer, BLOCK_SIZE);
      const shape = [outputs, inputs / BLOCK_SIZE, BLOCK_SIZE];
      const weight = builder.constant(`${name}/weight`, 'uint8', shape, quantised.weight);
      const scales = builder.float32(`${name}/scales`, [quantised.scales.length], quantised.scales);
      return builder.contrib('MatMulNBits', [x, weight, scales, '', '', bias], {
        K: inputs,
        N: outputs,
        bits: 8,
        block_size: BLOCK_SIZE,
        accuracy_level: INTEGER_ACCURACY_LEVEL,
      });
    }
    default:
      return precision satisfies never;
  }
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
