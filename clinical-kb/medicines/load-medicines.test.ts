import { beforeAll, describe, expect, it } from 'vitest';
import { loadMeasures, type MeasureKnowledge } from '../labs/load-measures.js';
import { loadMedicines, type MedicineKnowledge } from './load-medicines.js';

let medicines: MedicineKnowledge;
let measures: MeasureKnowledge;
beforeAll(async () => {
  [medicines, measures] = await Promise.all([loadMedicines(), loadMeasures()]);
}, 60_000);

describe('the medicines of the knowledge base', () => {
  it('cite a source in every fact', () => {
    const { products, interactions, contraindications, allergies } = medicines;
    const all = [
      ...medicines.medicines.values(),
      ...products,
      ...interactions,
      ...contraindications,
      ...allergies,
    ];
    expect(all.length).toBeGreaterThan(500);
    for (const { citation } of all) expect(citation).toMatch(/[A-Za-z]{3}/);
  });

  it.each([
    ['acetaminophen', 1000, 4000],
    ['ibuprofen', 400, 1200],
    ['naproxen', 440, 660],
    ['aspirin', 1000, 4000],
    ['loperamide', 4, 8],
    ['diphenhydramine', 50, 300],
  ])('%s: %d mg at a time and %d mg in 24 hours without a prescription', (ingredient, single, daily) => {
    expect(medicines.medicines.get(ingredient)?.otc).toMatchObject({ singleMg: single, dailyMg: daily });
  });

  it('limit acetaminophen by the strength of the tablet', () => {
    expect(medicines.medicines.get('acetaminophen')?.otc?.dailyMgByStrength).toEqual({
      325: 3250,
      500: 3000,
      650: 3900,
    });
  });

  it.each([
    ['NyQuil', ['acetaminophen', 'dextromethorphan', 'doxylamine']],
    ['Excedrin', ['acetaminophen', 'aspirin', 'caffeine']],
    ['Advil PM', ['ibuprofen', 'diphenhydramine']],
    ['Alka-Seltzer', ['aspirin', 'sodium bicarbonate']],
    ['Claritin-D', ['loratadine', 'pseudoephedrine']],
  ])('%s hides %j', (product, ingredients) => {
    const found = medicines.products.find((candidate) => candidate.product === product);
    expect(found?.ingredients.map(({ ingredient }) => ingredient)).toEqual(ingredients);
  });

  it('keep pravastatin, rosuvastatin and fluvastatin out of the CYP3A4 statins', () => {
    const withClass = [...medicines.medicines.values()].filter(({ classes }) =>
      classes.includes('cyp3a4-statin'),
    );
    expect(withClass.map(({ ingredient }) => ingredient).sort()).toEqual(['lovastatin', 'simvastatin']);
  });

  it('name every brand once', () => {
    const brands = [...medicines.medicines.values()].flatMap(({ brands: own }) =>
      own.map((brand) => brand.toLowerCase()),
    );
    expect(brands.length).toBe(new Set(brands).size);
  });

  it('never allow more at a time than in a day', () => {
    for (const { ingredient, otc } of medicines.medicines.values()) {
      const {
        singleMg = 0,
        dailyMg = Number.POSITIVE_INFINITY,
        dangerDailyMg = Number.POSITIVE_INFINITY,
      } = otc ?? {};
      expect(singleMg, ingredient).toBeLessThanOrEqual(dailyMg);
      if (Number.isFinite(dangerDailyMg)) expect(dailyMg, ingredient).toBeLessThanOrEqual(dangerDailyMg);
    }
  });
});

describe('the measures of the knowledge base', () => {
  it('have one LOINC code each', () => {
    const codes = measures.measures.map(({ loinc }) => loinc);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('have the check digit that LOINC codes have', () => {
    for (const { id, loinc } of measures.measures) {
      const [number = '', check = ''] = loinc.split('-');
      expect(mod10(number), `${id} ${loinc}`).toBe(Number(check));
    }
  });

  it('convert units by molar mass', () => {
    const convert = (id: string, ucum: string, value: number): number => {
      const conversion = measures.measures
        .find((measure) => measure.id === id)
        ?.conversions.find((of) => of.ucum === ucum);
      return Math.round((value * (conversion?.factor ?? Number.NaN) + (conversion?.offset ?? 0)) * 100) / 100;
    };
    expect(convert('blood glucose', 'mmol/L', 10)).toBe(180.16);
    expect(convert('creatinine', 'umol/L', 88.4)).toBe(1);
    expect(convert('LDL cholesterol', 'mmol/L', 2.586)).toBe(100);
    expect(convert('hemoglobin A1c', 'mmol/mol', 53)).toBe(7);
    expect(convert('body temperature', 'Cel', 38)).toBe(100.4);
    expect(convert('body weight', 'kg', 100)).toBe(220.46);
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
