import type { Dense } from './weights.js';

/**
 * One scale an output: int8 weights within ±63, for multiplication with uint8 activations.
 *
 * Seven bits, because processors without VNNI add two products of a uint8 and an int8 in 16 bits, and
 * two of 255 × 127 do not fit: sums would silently be cut. Two of 255 × 63 do.
 */
export interface ColumnQuantised {
  /** [inputs, outputs] row-major, as the operator wants it. */
  readonly weight: Int8Array;
  /** [outputs] */
  readonly scales: Float32Array;
}

const SEVEN_BIT_LIMIT = 63;

export function quantiseColumns({ weight, inputs, outputs }: Dense): ColumnQuantised {
  const quantised = new Int8Array(weight.length);
  const scales = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    const start = output * inputs;
    const scale = largest(weight, start, inputs) / SEVEN_BIT_LIMIT || 1;
    scales[output] = scale;
    for (let input = 0; input < inputs; input++) {
      quantised[input * outputs + output] = Math.round((weight[start + input] ?? 0) / scale);
    }
  }
  return { weight: quantised, scales };
}

/** One scale a block of inputs: weights as uint8 with 128 for zero, in rows of blocks. */
export interface BlockQuantised {
  /** [outputs, inputs / blockSize, blockSize] row-major */
  readonly weight: Uint8Array;
  /** [outputs, inputs / blockSize] */
  readonly scales: Float32Array;
}

const EIGHT_BIT_LIMIT = 127;
const EIGHT_BIT_ZERO = 128;

export function quantiseBlocks({ weight }: Dense, blockSize: number): BlockQuantised {
  const quantised = new Uint8Array(weight.length);
  const scales = new Float32Array(weight.length / blockSize);
  for (let block = 0; block < scales.length; block++) {
    const start = block * blockSize;
    const scale = largest(weight, start, blockSize) / EIGHT_BIT_LIMIT || 1;
    scales[block] = scale;
    for (let index = start; index < start + blockSize; index++) {
      quantised[index] = Math.round((weight[index] ?? 0) / scale) + EIGHT_BIT_ZERO;
    }
  }
  return { weight: quantised, scales };
}

/** The largest magnitude of a stretch. */
function largest(values: Float32Array, start: number, length: number): number {
  let most = 0;
  for (let index = start; index < start + length; index++)
    most = Math.max(most, Math.abs(values[index] ?? 0));
  return most;
}
