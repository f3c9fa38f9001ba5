import type { NutritionKnowledge } from '../../clinical-kb/nutrition/load-nutrition.js';
import type { FoodIndex } from './food-index.js';

/** What the nutrition specialist thinks with. */
export interface NutritionMind {
  readonly knowledge: NutritionKnowledge;
  readonly index: FoodIndex;
}
