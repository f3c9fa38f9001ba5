import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from './graph-builder.js';
import { writeModel } from './write-model.js';

describe('a written ONNX model', () => {
  it('runs in ONNX Runtime', async () => {
    const builder = new GraphBuilder('test');
    const x = builder.input('x', 'float32', ['rows', 3]);
    const weight = builder.float32('w', [2, 3], Float32Array.of(1, 2, 3, -1, 0, 1));
    const product = builder.contrib('FusedMatMul', [x, weight], { transB: 1, alpha: { float: 0.5 } });
    const turned = builder.node('Transpose', [product], { perm: [1, 0] });
    builder.output(turned, 'y', 'float32', [2, 'rows']);
    const session = await InferenceSession.create(Buffer.concat(writeModel(builder.build(), 'test')));
    expect(session.outputNames).toEqual(['y']);
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1, 1, 1, 0, 2, 4), [2, 3]) });
    expect(y?.dims).toEqual([2, 2]);
    expect(Array.from(y?.data as Float32Array)).toEqual([3, 8, 0, 2]);
  });

  it('refuses two constants of one name', () => {
    const builder = new GraphBuilder('test');
    builder.float32('w', [1], Float32Array.of(1));
    expect(() => builder.float32('w', [1], Float32Array.of(2))).toThrow(TypeError);
  });
});
