import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { Unit } from '../../clinical-kb/labs/schema.js';
import type { MeasureIndex } from './measures.js';
import type { WeightChange } from './weight-change.js';

/** Why a number cannot be used before the patient said it again. */
export type Doubt =
  /** Fifteen or fifty. */
  | { readonly kind: 'twin'; readonly twin: number }
  /** No living adult has this value in this unit. */
  | { readonly kind: 'implausible' }
  /** It fits another unit than the usual one. */
  | { readonly kind: 'unit'; readonly unit: Unit }
  /** The digits of a weight make sense when they are grouped anew: "100.82" for 182. */
  | { readonly kind: 'regrouped'; readonly pounds: number }
  /** A weight far from the chart's last one. */
  | { readonly kind: 'far' };

/** One value that was said of one measure. */
export interface Reading {
  readonly measure: KnownMeasure;
  /** In the measure's unit. */
  readonly value: number;
  /** As it was said. */
  readonly said: number;
  readonly heard: string;
  /** Index of its first word. */
  readonly start: number;
  /** True for "it's usually 97": told to compare with. */
  readonly usual?: boolean;
  /** True for "sixty percent of my best": the value is in percent of it. */
  readonly ofBest?: boolean;
  /** Probability from 0 to 1 that the number is what was said. */
  readonly confidence: number;
  readonly doubt: Doubt | undefined;
  readonly experiencer: string;
  /** What it was before, where the patient told both: "from 12 to 9.5". */
  readonly earlier?: {
    readonly value: number;
    readonly days: number | undefined;
    /** True for what it usually is. */
    readonly usual: boolean;
  };
}

/** Everything measured that was said. */
export interface Readings {
  readonly readings: readonly Reading[];
  readonly change: WeightChange | undefined;
}

export interface ReadingContext {
  readonly index: MeasureIndex;
  /** The measure that was asked for. */
  readonly expected: KnownMeasure | undefined;
  /** Last weight on the chart in pounds, to tell pounds from kilograms. */
  readonly chartPounds: number | undefined;
  /** A number that the patient said again when asked whether it was heard right. */
  readonly repeated?: number | undefined;
}
