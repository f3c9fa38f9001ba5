import { createHash } from 'node:crypto';
import { modelSource } from './manifest.js';
import type { AlignmentHead } from './whisper/decoder-graph.js';

/** How files that are used here are made from fetched sources. */
export type Recipe = WhisperRecipe | MedicineNamesRecipe;

interface AnyRecipe {
  /** Goes into the folder's name: a change of what it makes needs a new version here. */
  readonly name: string;
  /** The sources it reads, by their ids in the manifest. */
  readonly sources: readonly [string, ...string[]];
  /** The files it makes: model file id → file name. */
  readonly makes: Readonly<Record<string, string>>;
}

export interface WhisperRecipe extends AnyRecipe {
  readonly kind: 'whisper';
  readonly alignmentHeads: readonly AlignmentHead[];
}

export interface MedicineNamesRecipe extends AnyRecipe {
  readonly kind: 'medicine-names';
  readonly sources: readonly [substanceNames: string, drugDictionary: string];
}

/** The alignment heads are the ones published with Whisper for each size. */
export const recipes: readonly Recipe[] = [
  {
    name: 'whisper-onnx-3',
    kind: 'whisper',
    sources: ['whisper-base-weights'],
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
    kind: 'whisper',
    sources: ['whisper-tiny-en-weights'],
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
  {
    name: 'medicine-names-1',
    kind: 'medicine-names',
    sources: ['substance-names', 'drug-dictionary'],
    makes: { 'medicine-names': 'medicine-names.json' },
  },
];

/** What a recipe's folder is named after: the checksums of all that it reads. */
export function sourcesDigest(recipe: Recipe): string {
  const sums = recipe.sources.map((id) => modelSource(id).sha256);
  const [only = '', ...more] = sums;
  return more.length === 0 ? only : createHash('sha256').update(sums.join('\n')).digest('hex');
}
