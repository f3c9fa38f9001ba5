import { beforeAll, describe, expect, it } from 'vitest';
import { isEffectOf, loadEffects, type EffectKnowledge } from './load-effects.js';
import { loadMeasures } from './load-measures.js';

let effects: EffectKnowledge;
beforeAll(async () => {
  effects = await loadEffects(await loadMeasures());
}, 60_000);

/** "raises", "lowers" … of a medicine by its name, or nothing. */
function effectOf(name: string, analyte: string): string[] {
  const found = (effects.names.get(name) ?? []).flatMap((medicine) =>
    effects.effects
      .filter((effect) => effect.analytes.includes(analyte) && isEffectOf(effect, medicine))
      .map(({ effect }) => effect),
  );
  return [...new Set(found)];
}

describe('what medicines do to laboratory values', () => {
  it('is told by at least 80 cited facts about a medicine or class', () => {
    const pairs = effects.effects.flatMap(({ medicines, analytes }) =>
      medicines.flatMap((medicine) => analytes.map((analyte) => `${medicine} ${analyte}`)),
    );
    expect(new Set(pairs).size).toBeGreaterThan(400);
    for (const { citation } of effects.effects) expect(citation).toMatch(/^[A-Z].{10}/);
  });

  it.each([
    ['lisinopril', 'potassium', ['raises']],
    ['bactrim', 'potassium', ['raises']],
    ['hctz', 'potassium', ['lowers']],
    ['zestoretic', 'potassium', ['raises', 'lowers']],
    ['ibuprofen', 'lithium level', ['raises']],
    ['aspirin', 'lithium level', []],
    ['norvasc', 'potassium', ['none']],
    ['loratadine', 'potassium', ['none']],
    ['loratadine', 'ferritin', []],
    ['biotin', 'TSH', ['lowers']],
  ])('%s and %s: %j', (name, analyte, expected) => {
    expect(effectOf(name, analyte)).toEqual(expected);
  });
});
