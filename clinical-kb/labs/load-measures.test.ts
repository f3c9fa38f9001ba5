import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkMeasures, type KnownNames } from './check-measures.js';
import { loadMeasures, type KnownMeasure, type MeasureKnowledge } from './load-measures.js';
import type { Measure } from './schema.js';

let knowledge: MeasureKnowledge;
beforeAll(async () => {
  knowledge = await loadMeasures();
}, 60_000);

function measure(id: string): KnownMeasure {
  const found = knowledge.measures.find((one) => one.id === id);
  if (!found) throw new RangeError(id);
  return found;
}

describe('the measures of the knowledge base', () => {
  it('are at least 80 analytes and the home readings', () => {
    const count = (kind: Measure['kind']): number =>
      knowledge.measures.filter((one) => one.kind === kind).length;
    expect(count('lab')).toBeGreaterThanOrEqual(110);
    expect(count('vital')).toBeGreaterThanOrEqual(12);
  });

  it('cite a source for every code, interval, goal, band and limit', () => {
    for (const one of knowledge.measures) {
      const facts = [
        one,
        ...one.reference,
        ...(one.goals ?? []),
        ...(one.bands ?? []),
        ...(one.criticalByCondition ?? []),
        ...[one.criticalLow, one.criticalHigh].flatMap((bound) => bound ?? []),
      ];
      for (const { cite } of facts) expect(one.citation(cite), one.id).toMatch(/[A-Za-z]{3}/);
    }
  });

  it('have the check digit that LOINC codes have', () => {
    for (const { id, loinc } of knowledge.measures) {
      const [number = '', check = ''] = loinc.split('-');
      expect(mod10(number), `${id} ${loinc}`).toBe(Number(check));
    }
  });

  it.each<[string, string, number, number]>([
    ['blood glucose', 'mmol/L', 10, 180.16],
    ['glucose', 'mmol/L', 5.5, 99.09],
    ['creatinine', 'umol/L', 88.4, 1],
    ['urea nitrogen', 'mmol/L', 5, 14.01],
    ['LDL cholesterol', 'mmol/L', 2.586, 99.99],
    ['triglycerides', 'mmol/L', 1.7, 150.52],
    ['hemoglobin A1c', 'mmol/mol', 53, 7],
    ['hemoglobin', 'g/L', 135, 13.5],
    ['calcium', 'mmol/L', 2.4, 9.62],
    ['calcium', 'meq/L', 5, 10.02],
    ['ionized calcium', 'mg/dL', 5, 1.25],
    ['magnesium', 'mmol/L', 0.8, 1.94],
    ['magnesium', 'meq/L', 1.6, 1.94],
    ['phosphorus', 'mmol/L', 1, 3.1],
    ['potassium', 'mmol/L', 4.2, 4.2],
    ['bilirubin', 'umol/L', 17.1, 1],
    ['uric acid', 'umol/L', 357, 6],
    ['iron', 'umol/L', 18, 100.52],
    ['vitamin D', 'nmol/L', 75, 30.05],
    ['vitamin B12', 'pmol/L', 221, 299.54],
    ['free T4', 'pmol/L', 15, 1.17],
    ['cortisol', 'nmol/L', 400, 14.5],
    ['testosterone', 'nmol/L', 10, 288.42],
    ['lactate', 'mg/dL', 18, 2],
    ['ammonia', 'ug/dL', 70, 41.1],
    ['digoxin level', 'nmol/L', 1.28, 1],
    ['C-reactive protein', 'mg/dL', 0.8, 8],
    ['D-dimer', 'ug/mL', 0.5, 500],
    ['platelets', '/uL', 150_000, 150],
    ['urine albumin-creatinine ratio', 'mg/mmol', 3, 26.52],
    ['arterial pCO2', 'kPa', 5.3, 39.75],
    ['body temperature', 'Cel', 38, 100.4],
    ['body weight', 'kg', 100, 220.46],
  ])('convert %s from %s: %d is %d', (id, ucum, value, expected) => {
    const conversion = measure(id).conversions.find(({ unit }) => unit.ucum === ucum);
    const converted = value * (conversion?.factor ?? Number.NaN) + (conversion?.offset ?? 0);
    expect(Math.round(converted * 100) / 100).toBe(expected);
  });
});

describe('a measure that contradicts itself', () => {
  const potassium: Measure = {
    id: 'potassium',
    kind: 'lab',
    spoken: 'potassium',
    names: ['potassium'],
    loinc: '2823-3',
    unit: 'meq/L',
    plausible: { low: 1, high: 10 },
    reference: [{ low: 3.5, high: 5, cite: 'a' }],
    criticalLow: { value: 2.5, cite: 'a' },
    criticalHigh: { value: 6, cite: 'a' },
    units: ['mmol/L'],
    cite: 'a',
  };
  const names = (): KnownNames => ({
    conditions: new Set(['heart-failure']),
    medicines: new Set(['ingredient:warfarin']),
    units: knowledge.units,
  });
  const check = (change: Partial<Measure>): (() => void) => {
    return () => {
      checkMeasures([{ ...potassium, ...change }], names());
    };
  };

  it('is accepted as it stands', () => {
    expect(check({})).not.toThrow();
  });

  it.each<[string, Partial<Measure>]>([
    ['an interval that is upside down', { reference: [{ low: 5, high: 3.5, cite: 'a' }] }],
    ['an interval without limits', { reference: [{ cite: 'a' }] }],
    [
      'two intervals that hold for the same person',
      {
        reference: [
          { low: 3.5, high: 5, cite: 'a' },
          { sex: 'male', low: 3, high: 5, cite: 'a' },
        ],
      },
    ],
    [
      'two intervals that hold for the same person',
      {
        reference: [
          { belowAge: 60, high: 5, cite: 'a' },
          { fromAge: 50, high: 5.5, cite: 'a' },
        ],
      },
    ],
    ['a critical value inside an interval', { criticalLow: { value: 3.6, cite: 'a' } }],
    ['a critical value inside an interval', { criticalHigh: { value: 5, cite: 'a' } }],
    [
      'a critical value inside an interval',
      { goals: [{ condition: 'heart-failure', high: 6.5, cite: 'a' }] },
    ],
    ['a critical value that is not plausible', { criticalHigh: { value: 11, cite: 'a' } }],
    ['no condition "gout"', { goals: [{ condition: 'gout', high: 4, cite: 'a' }] }],
    ['no medicine "ingredient:nothing"', { goals: [{ medicine: 'ingredient:nothing', high: 4, cite: 'a' }] }],
    ['a goal for everybody', { goals: [{ high: 4, cite: 'a' }] }],
    ['no conversion from mg/dL to meq/L', { units: ['mg/dL'] }],
    ['no unit "mg"', { units: ['mg'] }],
    ['a band needs one limit', { bands: [{ disposition: 'same-day', cite: 'a' }] }],
  ])('is refused: %s', (message, change) => {
    expect(check(change)).toThrow(message);
  });

  it('is refused beside one with its name or its code', () => {
    const both = (other: Partial<Measure>) => (): void => {
      checkMeasures([potassium, { ...potassium, id: 'other', ...other }], names());
    };
    expect(both({ loinc: '2951-2' })).toThrow('is also that of potassium');
    expect(both({ names: ['other'] })).toThrow('has the LOINC code of potassium');
    expect(both({ loinc: '2951-2', names: ['other'] })).not.toThrow();
  });
});

describe("an organisation's own limits", () => {
  const write = async (limits: unknown): Promise<string> => {
    const file = join(await mkdtemp(join(tmpdir(), 'limits-')), 'limits.json');
    await writeFile(
      file,
      JSON.stringify({
        version: '1',
        sources: { own: { source: 'Riverside laboratory manual', written: '2026-11-25' } },
        limits,
      }),
    );
    return file;
  };

  it('take the place of those that are given, and leave the others', async () => {
    const file = await write([{ measure: 'potassium', criticalHigh: 6.5, cite: 'own' }]);
    const own = await loadMeasures(file);
    const potassium = own.measures.find(({ id }) => id === 'potassium');
    expect(potassium?.criticalHigh?.value).toBe(6.5);
    expect(potassium?.citation(potassium.criticalHigh?.cite ?? '')).toBe('Riverside laboratory manual');
    expect(potassium?.criticalLow?.value).toBe(2.5);
    expect(own.version).not.toBe(knowledge.version);
  });

  it.each([
    ['no measure "kryptonite"', [{ measure: 'kryptonite', criticalHigh: 6.5, cite: 'own' }]],
    [
      'is there twice',
      [
        { measure: 'potassium', criticalHigh: 6.5, cite: 'own' },
        { measure: 'potassium', criticalLow: 2, cite: 'own' },
      ],
    ],
    ['a critical value inside an interval', [{ measure: 'potassium', criticalHigh: 4.5, cite: 'own' }]],
    ['no source', [{ measure: 'potassium', criticalHigh: 6.5, cite: 'nobody' }]],
  ])('are refused: %s', async (message, limits) => {
    await expect(loadMeasures(await write(limits))).rejects.toThrow(message);
  });
});

/** The check digit of a LOINC number: the Luhn algorithm. */
function mod10(number: string): number {
  const sum = Array.from(number)
    .reverse()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return (10 - (sum % 10)) % 10;
}
