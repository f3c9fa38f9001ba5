import type { EffectKnowledge } from '../../clinical-kb/labs/load-effects.js';
import type { MeasureKnowledge } from '../../clinical-kb/labs/load-measures.js';
import type { MeasureIndex } from './measures.js';

/** What the labs-vitals specialist knows; made once at start. */
export interface LabsMind {
  readonly knowledge: MeasureKnowledge;
  readonly effects: EffectKnowledge;
  readonly index: MeasureIndex;
}
