import { loadNutrition } from '../../clinical-kb/nutrition/load-nutrition.js';
import {
  Pass,
  Verdict,
  type Description,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { reviewDraft } from './draft.js';
import { FoodIndex } from './food-index.js';
import { reviewHeard } from './heard.js';
import type { NutritionMind } from './mind.js';

/**
 * The nutrition specialist: what a food that was named holds, and what that means beside this patient's
 * conditions, medicines, allergies and results. A monitor: it advises, and passes on what it does not know.
 * @throws AsterismError KNOWLEDGE_INVALID when its knowledge is refused
 */
export async function createNutrition(): Promise<SpecialistLogic> {
  const knowledge = await loadNutrition();
  const mind: NutritionMind = { knowledge, index: new FoodIndex(knowledge) };
  const description: Description = {
    specialist: 'nutrition',
    gate: false,
    covers: [
      `${knowledge.foods.length} foods and drinks with sodium, potassium, carbohydrate, vitamin K, phosphorus and fluid in a household portion.`,
      `${knowledge.rules.length} rules on eating: heart failure, high blood pressure, kidney disease, diabetes, gout, pregnancy, celiac disease, lactose intolerance, food allergies, and medicines such as warfarin, MAO inhibitors, lithium, and those whose labels name grapefruit, alcohol, potassium or dairy.`,
      'Questions about a food, and sentences about to be spoken that recommend one.',
    ],
    version: '1',
    knowledgeVersion: knowledge.version,
  };
  return {
    description,
    review: (request: ReviewRequest): Review => {
      const parts = request.pass === Pass.DRAFT ? reviewDraft(mind, request) : reviewHeard(mind, request);
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
  };
}
