import { beforeAll, describe, expect, it } from 'vitest';
import { loadMedicines, type MedicineKnowledge } from './load-medicines.js';

let medicines: MedicineKnowledge;
beforeAll(async () => {
  medicines = await loadMedicines();
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
