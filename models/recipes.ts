import type { AlignmentHead } from './whisper/decoder-graph.js';

/** How files that run here are made from a fetched source. */
export interface Recipe {
  /** Goes into the folder's name: a change of what it makes needs a new version here. */
  readonly name: string;
  /** The source it reads, by its id in the manifest. */
  readonly source: string;
  /** The files it makes: model file id → file name. */
  readonly makes: Readonly<Record<string, string>>;
  readonly alignmentHeads: readonly AlignmentHead[];
}

/** The alignment heads are the ones published with Whisper for each size. */
export const recipes: readonly Recipe[] = [
  {
    name: 'whisper-onnx-3',
    source: 'whisper-base-weights',
    makes: { 'whisper-base-encoder': 'encoder.onnx', 'whisper-base-decoder': 'decoder.onnx' },
    alignmentHeads: [
      [3, 1],
      [4, 2],
      [4, 3],
      [4, 7],
      [5, 1],
      [5, 2],
      [5, 4],
      [5, 6],
    ],
  },
  {
    name: 'whisper-onnx-3',
    source: 'whisper-tiny-en-weights',
    makes: { 'whisper-tiny-en-encoder': 'encoder.onnx', 'whisper-tiny-en-decoder': 'decoder.onnx' },
    alignmentHeads: [
      [1, 0],
      [2, 0],
      [2, 5],
      [3, 0],
      [3, 1],
      [3, 2],
      [3, 3],
      [3, 4],
    ],
  },
];
