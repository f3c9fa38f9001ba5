import type { Graph } from '../onnx/graph.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { dense, feedForward, layerNorm, type Precision } from './layers.js';
import { denseRows, HEAD_WIDTH, stackDense, type WhisperWeights } from './weights.js';

const MEL_BANDS = 80;

/**
 * The encoder, followed by what only depends on it: the cross-attention keys and values of every
 * decoder layer, so that they are computed once an utterance.
 *
 * Input mel float32 [1, 80, T], T even and at most 3,000 (10 ms a column).
 * Outputs cross_key and cross_value float32 [layers, heads, T/2, 64].
 */
export function encoderGraph(weights: WhisperWeights, precision: Precision): Graph {
  const { width, heads, layers } = weights.shape;
  const builder = new GraphBuilder('whisper-encoder');
  const mel = builder.input('mel', 'float32', [1, MEL_BANDS, 'T']);

  let x = convolution(builder, weights, 'encoder/conv1', mel, 1);
  x = convolution(builder, weights, 'encoder/conv2', x, 2);
  x = builder.node('Transpose', [builder.node('Squeeze', [x, builder.int64([0])])], { perm: [1, 0] });
  x = addPositions(builder, weights, x);

  for (let layer = 0; layer < layers; layer++) {
    const name = `encoder/layer_${layer}`;
    const normal = layerNorm(builder, weights, `${name}/self_attention/layer_norm`, x);
    const queryKeyValue = dense(
      builder,
      `${name}/self_attention/linear_0`,
      normal,
      scaledQueryKeyValue(weights, `${name}/self_attention`),
      precision,
    );
    const parts = builder.nodeWithOutputs('Split', [queryKeyValue, builder.int64([width, width, width])], 3, {
      axis: 1,
    });
    const batched = parts.map((part) => builder.node('Unsqueeze', [part, builder.int64([0])]));
    const attention = builder.contrib('MultiHeadAttention', batched, {
      num_heads: heads,
      scale: { float: 1 },
    });
    const mixed = builder.node('Squeeze', [attention, builder.int64([0])]);
    const output = weights.dense(`${name}/self_attention/linear_1`);
    x = builder.node('Add', [x, dense(builder, `${name}/self_attention/linear_1`, mixed, output, precision)]);
    x = feedForward(builder, weights, `${name}/ffn`, x, precision);
  }
  x = layerNorm(builder, weights, 'encoder/layer_norm', x);

  const crosses = Array.from({ length: layers }, (_, layer) =>
    weights.dense(`decoder/layer_${layer}/attention/linear_1`),
  );
  for (const [index, name] of ['cross_key', 'cross_value'].entries()) {
    const stacked = stackDense(crosses.map((cross) => denseRows(cross, index * width, (index + 1) * width)));
    const flat = dense(builder, name, x, stacked, precision);
    const split = builder.node('Reshape', [flat, builder.int64([-1, layers, heads, HEAD_WIDTH])]);
    const turned = builder.node('Transpose', [split], { perm: [1, 2, 0, 3] });
    builder.output(turned, name, 'float32', [layers, heads, 'T/2', HEAD_WIDTH]);
  }
  return builder.build();
}

/** Query, key and value as one layer, the query scaled by 1/√64 (a power of two: nothing is lost). */
export function scaledQueryKeyValue(weights: WhisperWeights, name: string): ReturnType<typeof denseRows> {
  const { width } = weights.shape;
  const all = weights.dense(`${name}/linear_0`);
  return stackDense([denseRows(all, 0, width, 1 / Math.sqrt(HEAD_WIDTH)), denseRows(all, width, 3 * width)]);
}

function convolution(
  builder: GraphBuilder,
  weights: WhisperWeights,
  name: string,
  x: string,
  stride: number,
): string {
  const { dims } = weights.variable(`${name}/weight`);
  const weight = builder.float32(`${name}/weight`, dims, weights.float32(`${name}/weight`));
  const bias = builder.float32(`${name}/bias`, [weights.shape.width], weights.float32(`${name}/bias`));
  const convolved = builder.node('Conv', [x, weight, bias], {
    kernel_shape: [3],
    pads: [1, 1],
    strides: [stride],
  });
  return builder.node('Gelu', [convolved]);
}

/** Adds the first rows of the position table, as many as x [n, width] has. */
function addPositions(builder: GraphBuilder, weights: WhisperWeights, x: string): string {
  const name = 'encoder/position_encodings/encodings';
  const table = builder.float32(name, weights.variable(name).dims, weights.float32(name));
  const length = builder.node('Shape', [x], { start: 0, end: 1 });
  const rows = builder.node('Slice', [table, builder.int64([0]), length, builder.int64([0])]);
  return builder.node('Add', [x, rows]);
}
