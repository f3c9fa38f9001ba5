import { describe, expect, it } from 'vitest';
import { loadMedicines } from '../medicines/load-medicines.js';
import { loadMedicineNames } from './load-medicine-names.js';

describe('the names of medicines that have been confused', async () => {
  const names = await loadMedicineNames();
  const medicines = await loadMedicines();
  const known = new Set(
    [
      ...[...medicines.medicines.values()].flatMap(({ ingredient, brands }) => [ingredient, ...brands]),
      ...medicines.products.flatMap((of) => [of.product, ...of.names]),
    ].map((name) => name.toLowerCase()),
  );
  const others = new Set(names.others.map(({ name }) => name.toLowerCase()));

  it('are all known, in medicines.json or among the others', () => {
    const missing = names.lookAlikes
      .flatMap((pair) => pair.names)
      .filter((name) => !known.has(name.toLowerCase()) && !others.has(name.toLowerCase()));
    expect(missing).toEqual([]);
  });

  it('name others only where a pair needs them, each with what it is for', () => {
    const used = new Set(names.lookAlikes.flatMap((pair) => pair.names.map((name) => name.toLowerCase())));
    expect(names.others.filter(({ name }) => !used.has(name.toLowerCase()))).toEqual([]);
    for (const other of names.others) expect(other.for).toMatch(/^[A-Za-z' ,]+$/);
  });

  it.each([
    ['hydroxyzine', 'hydralazine'],
    ['prednisone', 'prednisolone'],
    ['metformin', 'metronidazole'],
    ['clonazepam', 'clonidine'],
    ['bupropion', 'buspirone'],
    ['glipizide', 'glyburide'],
    ['tramadol', 'trazodone'],
    ['lamotrigine', 'lamivudine'],
    ['quetiapine', 'quinidine'],
    ['risperidone', 'ropinirole'],
    ['nicardipine', 'nifedipine'],
    ['cyclosporine', 'cycloserine'],
  ])('hold %s and %s', (one, other) => {
    expect(names.lookAlikes.some((pair) => pair.names.includes(one) && pair.names.includes(other))).toBe(
      true,
    );
  });
});
