import { amountIn } from '../../clinical-kb/nutrition/load-nutrition.js';
import { nutrients } from '../../clinical-kb/nutrition/schema.js';
import type { RuleKind } from '../../clinical-kb/nutrition/schema.js';
import type { Entity, Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { Finding } from './findings.js';
import type { Mention } from './mentions.js';
import { capital, filled, fluidMl, roundedAmount, spokenAmount, spokenPortion } from './sentences.js';

const severityOf: Readonly<Record<RuleKind, string>> = {
  avoid: 'major',
  limit: 'moderate',
  steady: 'minor',
  apart: 'minor',
  note: 'minor',
};

/** What a portion of a food holds, as far as it is known; undefined when nothing is. */
export function figureFact({ food, portion, without }: Mention): Fact | undefined {
  if (!portion || without.size > 0) return undefined;
  const parts = nutrients.flatMap((nutrient) => {
    const value = amountIn(food, nutrient, portion.grams);
    if (value === undefined) return [];
    return [roundedAmount(value) < 1 ? spokenAmount(nutrient, 0) : spokenAmount(nutrient, value)];
  });
  if (parts.length === 0) return undefined;
  const fluid = fluidMl(food, portion);
  if (fluid > 0) parts.push(`${fluid} milliliters of fluid`);
  return {
    kind: 'food',
    subjects: [food.id],
    severity: '',
    text: `${capital(spokenPortion(food, portion))} (${Math.round(portion.grams)} g): ${parts.join(', ')}.`,
    citation: food.citation,
  };
}

/** A rule that holds, for a nurse. */
export function ruleFact(finding: Finding): Fact {
  const { rule, mention, medicine } = finding;
  return {
    kind: 'diet',
    subjects: [mention.food.id, ...(medicine === '' ? [] : [medicine])],
    severity: severityOf[rule.kind],
    text: capital(filled(rule.text, finding)),
    citation: rule.citation,
  };
}

export function entityOf({ food, heard, confidence, portion, negated, experiencer }: Mention): Entity {
  return {
    kind: 'food',
    heard,
    name: food.id,
    confidence: Math.round(confidence * 100) / 100,
    alternatives: [],
    value: portion?.said === true ? Math.round(portion.grams) : undefined,
    unit: portion?.said === true ? 'g' : '',
    negated,
    experiencer,
  };
}
