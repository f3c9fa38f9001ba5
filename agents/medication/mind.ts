import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { WordFrequencies } from '../language/word-frequencies.js';
import type { LookAlikes } from './look-alikes.js';
import type { NameIndex } from './name-index.js';

/** What the medication specialist knows; made once at start. */
export interface MedicationMind {
  readonly knowledge: MedicineKnowledge;
  readonly index: NameIndex;
  readonly frequencies: WordFrequencies;
  readonly lookAlikes: LookAlikes;
}
