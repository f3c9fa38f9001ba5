import type { EffectKnowledge } from '../../clinical-kb/labs/load-effects.js';
import type { MeasureKnowledge } from '../../clinical-kb/labs/load-measures.js';
import type { MeasureIndex } from './measures.js';

/** What the labs-vitals specialist knows; made once at start. */
export interface LabsMind {
  readonly knowledge: MeasureKnowledge;
  readonly effects: EffectKnowledge;
  readonly index: MeasureIndex;
  /** How charts and patients write conditions, with a space at both ends. */
  readonly conditions: readonly ChartedCondition[];
}

/** A condition with its ways of being written. */
export interface ChartedCondition {
  readonly ids: readonly string[];
  readonly phrases: readonly string[];
}
