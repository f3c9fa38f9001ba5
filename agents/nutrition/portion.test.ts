import { beforeAll, describe, expect, it } from 'vitest';
import { loadNutrition, type NutritionKnowledge } from '../../clinical-kb/nutrition/load-nutrition.js';
import { readText } from '../language/reading.js';
import { FoodIndex } from './food-index.js';
import { mentionsIn, type Mention } from './mentions.js';

let knowledge: NutritionKnowledge;
let index: FoodIndex;
beforeAll(async () => {
  knowledge = await loadNutrition();
  index = new FoodIndex(knowledge);
}, 60_000);

function mention(text: string): Mention | undefined {
  return mentionsIn(readText(text), index)[0];
}

describe('how much was eaten', () => {
  it.each([
    ['two bananas', 'banana', 236],
    ['a banana', 'banana', 118],
    ['half a banana', 'banana', 59],
    ['a cup of cooked spinach', 'cooked spinach', 180],
    ['a half cup of cooked spinach', 'cooked spinach', 90],
    ['two cups of white rice', 'cooked white rice', 316],
    ['a can of tuna', 'canned light tuna in water', 165],
    ['three slices of bacon', 'fried bacon', 24],
    ['a couple of hot dogs', 'beef hot dog', 96],
    ['a glass of orange juice', 'orange juice', 248],
    ['a bowl of oatmeal', 'oatmeal cooked without salt', 234],
    ['two big slices of pizza', 'Pizza Hut cheese pizza', 192],
    ['2 tbsp of peanut butter', 'peanut butter', 32],
    ['one and a half cups of milk', 'whole milk', 366],
  ])('"%s" is %s, about %d g', (text, id, grams) => {
    const found = mention(text);
    expect(found?.food.id).toBe(id);
    expect(found?.portion?.grams).toBeCloseTo(grams, -1);
  });

  it.each([
    ['I like bananas', 'the usual portion', 118],
    ['500 cups of rice', 'a misheard number', 158],
  ])('"%s" is %s', (text, _, grams) => {
    expect(mention(text)?.portion?.grams).toBe(grams);
  });
});

describe('a food is', () => {
  it.each([
    ['peanut butter cookies', 'peanut butter'],
    ['sweet potatoes', 'baked sweet potato'],
    ['strawberries', 'strawberries'],
    ['Brussels sprouts', 'cooked Brussels sprouts'],
    ["McDonald's fries", "McDonald's French fries"],
    ["General Tso's chicken", "General Tso's chicken"],
    ['gefilte fish', 'gefilte fish'],
    ['arroz con pollo', 'arroz con pollo'],
    ['lox', 'lox'],
    ['collards', 'cooked collard greens'],
  ])('%s is found as %s', (text, id) => {
    expect(mention(text)?.food.id).toBe(id);
  });

  it.each(['my date of birth', 'milk of magnesia', 'rubbing alcohol', 'coffee grounds', 'fish oil'])(
    'not in "%s"',
    (text) => {
      expect(mention(text)).toBeUndefined();
    },
  );

  it.each([
    ['I did not eat any bacon', true],
    ['I never drink coffee', true],
    ['I can not stop eating chips', false],
    ['Not only bacon but ham', false],
    ['I had bacon', false],
  ])('negated in "%s": %s', (text, negated) => {
    expect(mention(text)?.negated).toBe(negated);
  });

  it.each([
    ['my husband had bacon', 'husband'],
    ['my wife and I had bacon', 'patient'],
    ['I had bacon with my wife', 'patient'],
    ['my daughter brought me bacon', 'patient'],
    ['he eats bacon', 'he'],
  ])('of whom in "%s": %s', (text, experiencer) => {
    expect(mention(text)?.experiencer).toBe(experiencer);
  });
});
