import { describe, expect, it } from 'vitest';
import { quantiseBlocks, quantiseColumns } from './quantise.js';
import type { Dense } from './weights.js';

/** Weights between -1 and 1 without a pattern; output 0 is a hundred times smaller, and output 1 is all zeros. */
function someDense(outputs: number, inputs: number): Dense {
  const weight = Float32Array.from({ length: outputs * inputs }, (_, index) => {
    const output = Math.floor(index / inputs);
    return Math.sin(index * 12.9898) * (output === 0 ? 0.01 : output === 1 ? 0 : 1);
  });
  return { outputs, inputs, weight, bias: new Float32Array(outputs) };
}

describe('weights quantised by output', () => {
  const dense = someDense(6, 32);
  const { weight, scales } = quantiseColumns(dense);

  it('come back within half a step of their own output, transposed', () => {
    for (let output = 0; output < 6; output++) {
      for (let input = 0; input < 32; input++) {
        const back = (weight[input * 6 + output] ?? NaN) * (scales[output] ?? NaN);
        const step = output === 0 ? 0.01 / 63 : 1 / 63;
        expect(Math.abs(back - (dense.weight[output * 32 + input] ?? NaN))).toBeLessThanOrEqual(step * 0.501);
      }
    }
  });

  it('never overflow 16 bits when two products with the largest activation are added', () => {
    const most = weight.reduce((sofar, value) => Math.max(sofar, Math.abs(value)), 0);
    expect(2 * 255 * most).toBeLessThan(2 ** 15);
    expect(most).toBe(63);
  });
});

describe('weights quantised by block', () => {
  const dense = someDense(4, 32);
  const { weight, scales } = quantiseBlocks(dense, 16);

  it('come back within half a step of their own block', () => {
    expect(scales.length).toBe(8);
    for (const [index, original] of dense.weight.entries()) {
      const scale = scales[Math.floor(index / 16)] ?? NaN;
      expect(Math.abs(((weight[index] ?? NaN) - 128) * scale - original)).toBeLessThanOrEqual(scale * 0.501);
    }
  });

  it('keep zeros exactly', () => {
    expect(new Set(weight.subarray(32, 64))).toEqual(new Set([128]));
  });
});
