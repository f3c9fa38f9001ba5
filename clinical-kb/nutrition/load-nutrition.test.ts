import { beforeAll, describe, expect, it } from 'vitest';
import { amountIn, loadNutrition, usualPortion, type NutritionKnowledge } from './load-nutrition.js';
import { nutrients, type Nutrient } from './schema.js';

let knowledge: NutritionKnowledge;
beforeAll(async () => {
  knowledge = await loadNutrition();
}, 60_000);

function usual(id: string, nutrient: Nutrient): number | undefined {
  const food = knowledge.foods.find((candidate) => candidate.id === id);
  return food && amountIn(food, nutrient, usualPortion(food)?.grams);
}

describe('the foods', () => {
  it('are at least 400 with sodium, potassium and carbohydrate of a household portion', () => {
    const complete = knowledge.foods.filter((food) =>
      (['sodiumMg', 'potassiumMg', 'carbohydrateG'] as const).every(
        (nutrient) => amountIn(food, nutrient, usualPortion(food)?.grams) !== undefined,
      ),
    );
    expect(complete.length).toBeGreaterThanOrEqual(400);
  });

  it.each([
    ['banana', 'potassiumMg', 422],
    ['canned chicken noodle soup', 'sodiumMg', 839],
    ['cooked spinach', 'vitaminKUg', 889],
    ['raw kale', 'vitaminKUg', 472],
    ['table salt', 'sodiumMg', 2325],
    ['cooked white rice', 'carbohydrateG', 44.5],
    ['prune juice', 'potassiumMg', 707],
  ] as const)('one portion of %s has the %s of its record', (id, nutrient, expected) => {
    expect(usual(id, nutrient)).toBeCloseTo(expected, -1);
  });

  it('say what they do not know', () => {
    expect(usual('sushi with raw fish', 'sodiumMg')).toBeUndefined();
    expect(usual('potato salad', 'vitaminKUg')).toBeUndefined();
  });

  it('name the record that every figure is from', () => {
    for (const food of knowledge.foods) {
      if (nutrients.some((nutrient) => food.per100g[nutrient] !== null))
        expect(food.citation).toMatch(/Standard Reference, Release 26, \d{5} .+\(2013\)$/);
    }
  });

  it('hold no more sodium than salt does, and a portion that somebody could eat', () => {
    for (const { id, per100g, portions } of knowledge.foods) {
      expect(per100g.sodiumMg ?? 0, id).toBeLessThan(39_400);
      for (const grams of Object.values(portions)) expect(grams, id).toBeLessThanOrEqual(1000);
    }
  });

  it.each(['grapefruit', 'salt-substitute', 'tyramine', 'alcohol', 'milk', 'processed-meat', 'cranberry'])(
    'can be found by the tag %s',
    (tag) => {
      expect(knowledge.foods.some((food) => food.tags.has(tag))).toBe(true);
    },
  );
});

describe('the rules', () => {
  it('are each about a food that is known', () => {
    for (const { id, tags, foods, nutrient } of knowledge.rules) {
      const about = knowledge.foods.filter(
        (food) =>
          tags?.some((tag) => food.tags.has(tag)) === true ||
          foods?.includes(food.id) === true ||
          (nutrient && (amountIn(food, nutrient.of, usualPortion(food)?.grams) ?? 0) >= nutrient.from),
      );
      expect(about.length, id).toBeGreaterThan(0);
    }
  });

  it('speak in one short sentence', () => {
    for (const { id, say } of [...knowledge.rules, ...knowledge.topics]) {
      expect(say.split(/\s+/).length, id).toBeLessThanOrEqual(32);
      expect(say, id).toMatch(/[^.]\.$/);
    }
  });

  it('fill in only what can be filled in', () => {
    const slots = new Set(['food', 'portion', 'amount', 'servings', 'because', 'medicine']);
    for (const { id, say, text, nutrient } of knowledge.rules) {
      for (const [, slot = ''] of `${say} ${text}`.matchAll(/\{(\w+)\}/g))
        expect(slots.has(slot.toLowerCase()), `${id}: ${slot}`).toBe(true);
      if (say.includes('{amount}')) expect(nutrient, id).toBeDefined();
    }
  });

  it('name grapefruit for the statins whose labels do, and for no other', () => {
    const statins = knowledge.rules
      .filter(({ tags }) => tags?.includes('grapefruit') === true)
      .flatMap(({ medicines }) => medicines ?? [])
      .filter((selector) => /statin/.test(selector));
    expect(statins.sort()).toEqual([
      'ingredient:atorvastatin',
      'ingredient:lovastatin',
      'ingredient:simvastatin',
    ]);
  });
});
