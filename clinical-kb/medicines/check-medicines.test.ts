import { describe, expect, it } from 'vitest';
import { checkMedicines } from './check-medicines.js';
import type { Checkable } from './checkable.js';
import { Members } from './members.js';

type Medicine = Checkable['medicines'] extends ReadonlyMap<string, infer Of> ? Of : never;
type Interaction = Checkable['interactions'][number];
type Contraindication = Checkable['contraindications'][number];

function medicine(ingredient: string, of: string, parts: Partial<Medicine> = {}): Medicine {
  return {
    ingredient,
    brands: [],
    classes: [of],
    strengths: ['1 mg'],
    frequency: 'once a day',
    purpose: '',
    ...parts,
  };
}

function interaction(id: string, a: string, b: string, parts: Partial<Interaction> = {}): Interaction {
  return {
    id,
    a: [a],
    b: [b],
    severity: 'major',
    avoid: 'none',
    mechanism: 'm',
    harm: 'h',
    do: 'd',
    ...parts,
  };
}

function contraindication(id: string, of: string, parts: Partial<Contraindication> = {}): Contraindication {
  return {
    id,
    medicines: [of],
    conditions: ['gout'],
    severity: 'major',
    avoid: true,
    text: '',
    harm: '',
    ...parts,
  };
}

function knowledge(parts: Partial<Checkable> & { of?: readonly Medicine[] } = {}): Checkable {
  const { of = [], ...rest } = parts;
  const list = [medicine('alpha', 'one'), medicine('beta', 'one'), medicine('gamma', 'two'), ...of];
  return {
    medicines: new Map(list.map((each) => [each.ingredient, each])),
    members: new Members(list),
    products: [],
    interactions: [],
    contraindications: [],
    conditions: new Map([['gout', { id: 'gout', spoken: 'gout', phrases: ['gout'] }]]),
    allergies: [],
    doses: new Map(),
    missedDoses: [],
    substances: [],
    substanceRules: [],
    studied: [],
    ...rest,
  };
}

describe('knowledge about medicines', () => {
  it.each<[string, Checkable]>([
    [
      'an ingredient in a rule',
      knowledge({ interactions: [interaction('r', 'ingredient:alpha', 'class:two')] }),
    ],
    [
      'a graver rule about less',
      knowledge({
        interactions: [
          interaction('wide', 'class:one', 'class:two', { severity: 'moderate' }),
          interaction('exact', 'ingredient:alpha', 'ingredient:gamma'),
        ],
      }),
    ],
    [
      'a milder rule that says what it overrides',
      knowledge({
        interactions: [
          interaction('wide', 'class:one', 'class:two'),
          interaction('exact', 'ingredient:alpha', 'class:two', { severity: 'minor', overrides: ['wide'] }),
        ],
      }),
    ],
    [
      'a pair that a rule excepts',
      knowledge({
        interactions: [
          interaction('wide', 'class:one', 'class:two', { except: ['ingredient:alpha'] }),
          interaction('exact', 'ingredient:alpha', 'class:two', { severity: 'minor' }),
        ],
      }),
    ],
    [
      'limits in order',
      knowledge({
        of: [
          medicine('delta', 'three', { maxDailyMg: 9, otc: { singleMg: 1, dailyMg: 4, dangerDailyMg: 9 } }),
        ],
      }),
    ],
  ])('may hold %s', (_, of) => {
    expect(() => {
      checkMedicines(of);
    }).not.toThrow();
  });

  it.each<[string, Checkable, string]>([
    [
      'an ingredient that nobody knows',
      knowledge({ interactions: [interaction('r', 'ingredient:omega', 'class:two')] }),
      'ingredient:omega',
    ],
    [
      'a class without members',
      knowledge({ interactions: [interaction('r', 'class:nine', 'class:two')] }),
      'class:nine',
    ],
    [
      'a condition that nobody knows',
      knowledge({ contraindications: [contraindication('r', 'class:one', { conditions: ['scurvy'] })] }),
      'scurvy',
    ],
    [
      'an overridden rule that nobody knows',
      knowledge({ interactions: [interaction('r', 'class:one', 'class:two', { overrides: ['q'] })] }),
      '"q"',
    ],
    [
      'one rule twice',
      knowledge({
        interactions: [
          interaction('r', 'class:one', 'class:two'),
          interaction('r', 'class:one', 'class:two'),
        ],
      }),
      'there twice',
    ],
    [
      'a rule about no pair',
      knowledge({ interactions: [interaction('r', 'ingredient:alpha', 'ingredient:alpha')] }),
      'no pair',
    ],
    [
      'two severities of one pair',
      knowledge({
        interactions: [
          interaction('wide', 'class:one', 'class:two'),
          interaction('exact', 'ingredient:alpha', 'class:two', { severity: 'minor' }),
        ],
      }),
      'exact says minor of alpha + gamma',
    ],
    [
      'two severities of one medicine in one condition',
      knowledge({
        contraindications: [
          contraindication('wide', 'class:one'),
          contraindication('exact', 'ingredient:alpha', { severity: 'moderate' }),
        ],
      }),
      'alpha in gout',
    ],
    [
      'an unknown part of a combination',
      knowledge({ of: [medicine('delta', 'three', { holds: [{ ingredient: 'omega' }] })] }),
      'omega',
    ],
    [
      'more at a time than in a day',
      knowledge({ of: [medicine('delta', 'three', { otc: { singleMg: 5, dailyMg: 4 } })] }),
      'more at a time',
    ],
    [
      'danger below the limit',
      knowledge({ of: [medicine('delta', 'three', { otc: { dailyMg: 4, dangerDailyMg: 3 } })] }),
      'dangerous below',
    ],
    [
      'more over the counter than by prescription',
      knowledge({ of: [medicine('delta', 'three', { maxDailyMg: 3, otc: { dailyMg: 4 } })] }),
      'over the counter',
    ],
    [
      'a usual dose above the limit',
      knowledge({
        of: [medicine('delta', 'three', { maxDailyMg: 4 })],
        doses: new Map([
          ['delta', { ingredient: 'delta', forms: ['tablet'], usualDailyMg: [1, 5], limits: [] }],
        ]),
      }),
      'usually taken above',
    ],
    [
      'a limit for some above the limit for all',
      knowledge({
        of: [medicine('delta', 'three', { maxDailyMg: 4 })],
        doses: new Map([
          [
            'delta',
            {
              ingredient: 'delta',
              forms: ['tablet'],
              limits: [{ fromAgeYears: 65, maxDailyMg: 5, text: 't' }],
            },
          ],
        ]),
      }),
      'for some people',
    ],
    [
      'a harmless pair that a rule warns of',
      knowledge({
        interactions: [interaction('r', 'class:one', 'class:two')],
        studied: [{ pair: ['gamma', 'alpha'], text: 't' }],
      }),
      'r warns of gamma with alpha',
    ],
    [
      'a rule about an unknown drink',
      knowledge({
        substanceRules: [
          {
            id: 'r',
            substance: 'mead',
            medicines: ['class:one'],
            severity: 'major',
            mechanism: 'm',
            harm: 'h',
            do: 'd',
          },
        ],
      }),
      'mead',
    ],
    [
      'a combination whose dose is more than its day',
      knowledge({
        products: [
          {
            product: 'P',
            names: [],
            ingredients: [{ ingredient: 'alpha' }],
            unit: 'tablet',
            otc: true,
            directions: { unitsPerDose: 3, everyHours: 4, maxUnitsPer24h: 2 },
          },
        ],
      }),
      'P allows more',
    ],
  ])('may not hold %s', (_, of, message) => {
    expect(() => {
      checkMedicines(of);
    }).toThrow(
      expect.objectContaining({
        code: 'KNOWLEDGE_INVALID',
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });
});
