import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { writeModel } from '../onnx/write-model.js';
import { dense, type Precision } from './layers.js';
import type { Dense } from './weights.js';

const rows = 5;
const layer: Dense = {
  inputs: 256,
  outputs: 32,
  weight: Float32Array.from({ length: 256 * 32 }, (_, index) => noise(index)),
  bias: Float32Array.from({ length: 32 }, (_, index) => index / 8),
};
/** The third row is fifty times the others, as some of Whisper's are; the last is all zeros. */
const x = Float32Array.from({ length: rows * 256 }, (_, index) => {
  const row = Math.floor(index / 256);
  return noise(index + 100_000) * (row === 2 ? 50 : row === 4 ? 0 : 1);
});

describe.each<{ precision: Precision; allowed: number }>([
  { precision: 'float32', allowed: 1e-5 },
  { precision: 'int8-columns', allowed: 0.02 },
  { precision: 'int8-blocks', allowed: 0.02 },
])('a dense layer in $precision', ({ precision, allowed }) => {
  it('gives every row its product within its own error, however large another row is', async () => {
    const builder = new GraphBuilder('test');
    const input = builder.input('x', 'float32', ['n', layer.inputs]);
    builder.output(dense(builder, 'layer', input, layer, precision), 'y', 'float32', ['n', layer.outputs]);
    const session = await InferenceSession.create(Buffer.concat(writeModel(builder.build(), 'test')));
    const { y } = await session.run({ x: new Tensor('float32', x, [rows, layer.inputs]) });
    const found = y?.data as Float32Array;
    for (let row = 0; row < rows; row++) {
      const exact = Array.from({ length: layer.outputs }, (_, output) => exactly(row, output));
      const error = rootMeanSquare(
        exact.map((value, output) => (found[row * layer.outputs + output] ?? NaN) - value),
      );
      expect(error, `row ${row}`).toBeLessThanOrEqual(allowed * rootMeanSquare(exact));
    }
  });
});

/** Numbers between -1 and 1 without a pattern, the same ones each time. */
function noise(index: number): number {
  const value = Math.sin(index * 12.9898 + 1) * 43_758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}

function exactly(row: number, output: number): number {
  let sum = layer.bias[output] ?? NaN;
  for (let input = 0; input < layer.inputs; input++) {
    sum += (x[row * layer.inputs + input] ?? NaN) * (layer.weight[output * layer.inputs + input] ?? NaN);
  }
  return sum;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
