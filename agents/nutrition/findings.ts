import {
  amountIn,
  type KnownRule,
  type NutritionKnowledge,
} from '../../clinical-kb/nutrition/load-nutrition.js';
import type { RuleKind } from '../../clinical-kb/nutrition/schema.js';
import type { Mention } from './mentions.js';
import { latestLab, takes, type Person } from './person.js';

/** A rule that holds for a food and a person. */
export interface Finding {
  readonly rule: KnownRule;
  readonly mention: Mention;
  /** What the rule rests on: "with your heart failure", "while you take warfarin". */
  readonly because: string;
  /** The medicine it rests on, when it does. */
  readonly medicine: string;
}

/** Gravest first. */
export const gravity: Readonly<Record<RuleKind, number>> = {
  avoid: 4,
  limit: 3,
  steady: 2,
  apart: 1,
  note: 0,
};

/** The rules that a food touches, gravest first, in the order of the file among equals. */
export function findingsOf(mention: Mention, person: Person, knowledge: NutritionKnowledge): Finding[] {
  const found = knowledge.rules.flatMap((rule): Finding[] => {
    if (!isAbout(rule, mention) || !labHolds(rule, person)) return [];
    const reason = reasonFor(rule, person);
    return reason ? [{ rule, mention, ...reason }] : [];
  });
  const replaced = new Set(found.flatMap(({ rule }) => rule.replaces ?? []));
  return found
    .filter(({ rule }) => !replaced.has(rule.id))
    .sort((a, b) => gravity[b.rule.kind] - gravity[a.rule.kind]);
}

const tagsWithout: Readonly<Record<string, string>> = {
  sugar: 'fast-sugar',
  wheat: 'wheat',
  milk: 'milk',
  caffeine: 'caffeine',
  alcohol: 'alcohol',
};

function isAbout(rule: KnownRule, mention: Mention): boolean {
  if (rule.whenLarge === true && !mention.large) return false;
  const named = rule.tags !== undefined || rule.foods !== undefined;
  if (named && !isNamed(rule, mention)) return false;
  return rule.nutrient ? holdsNutrient(rule.nutrient, mention) : named;
}

function isNamed(rule: KnownRule, { food, without }: Mention): boolean {
  const left = new Set([...without].map((what) => tagsWithout[what]));
  if (rule.tags?.some((tag) => food.tags.has(tag) && !left.has(tag)) === true) return true;
  return rule.foods?.includes(food.id) === true && !without.has('sugar');
}

function holdsNutrient(
  { of, from }: NonNullable<KnownRule['nutrient']>,
  { food, portion, without }: Mention,
): boolean {
  if (without.has(of) || (of === 'carbohydrateG' && without.has('sugar'))) return false;
  return (amountIn(food, of, portion?.grams) ?? 0) >= from;
}

function labHolds({ whenLab }: KnownRule, person: Person): boolean {
  if (!whenLab) return true;
  const value = latestLab(person.labs, whenLab);
  if (value === undefined) return false;
  return value >= (whenLab.from ?? -Infinity) && value < (whenLab.below ?? Infinity);
}

/** Why the rule is for this person; undefined when it is not. */
export function reasonFor(
  rule: Pick<KnownRule, 'conditions' | 'medicines' | 'allergies'> & {
    readonly whenLab?: KnownRule['whenLab'];
  },
  person: Person,
): { because: string; medicine: string } | undefined {
  const condition = rule.conditions?.find((id) => person.conditions.has(id));
  if (condition !== undefined)
    return { because: `with your ${person.conditions.get(condition) ?? condition}`, medicine: '' };
  for (const selector of rule.medicines ?? []) {
    const medicine = person.medicines.find((taken) => takes(taken, selector));
    if (medicine) return { because: `while you take ${medicine.written}`, medicine: medicine.ingredient };
  }
  if (
    rule.allergies?.some((name) => person.allergies.some((allergy) => allergy.includes(` ${name} `))) === true
  )
    return { because: 'with your allergy', medicine: '' };
  const forAnybody = !rule.conditions && !rule.medicines && !rule.allergies && rule.whenLab !== undefined;
  return forAnybody ? { because: 'with your last result', medicine: '' } : undefined;
}
