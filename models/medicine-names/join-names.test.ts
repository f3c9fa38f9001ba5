import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDrugDictionary } from './drug-dictionary.js';
import { joinNames } from './join-names.js';
import { readMedicineNames, writeMedicineNames, type KnownName } from './medicine-names.js';
import { readSubstanceNames, withoutSalt } from './substance-names.js';

/** Written by Python: five entries of the kinds that the published dictionary has. */
const smallDictionary = Buffer.from(
  'QlpoOTFBWSZTWfuhQusAAK//4P/7q6RAQbAQlIAAAr7v3/JARAYEAEAwARptbDUaJlDRppmkAAaANDQeowgCECGptJ+qep6mg0AaB6gAaAAENJAhkBpoAA0HqaaGgNA09RiIRsoNCBFIPqEhmAYAAAABLmkUPxlLPrjWuUH8yJDIg6DOStE0Ke530tO8uoHQ3K0prwplQ4kOGoNpZPhFtdUjWhafjnieBByLKgZIVLEvXtIqqs1YoKGE/SiARsgW0AdVMeWDoCMAoA1BMj9rFoJsi0grTnvYYrFJ05GdUZTVdcDr03XO0+CD5IaA70J17dglTxaYqdTFC804jcBiFCiMChlMqa2KofqWqMKQoysWQtJj5gPIpAg9D4lBIlAnj5u1r9dq4A14la/EPnGo0x53q43JAsIIBB7pHL78Oa/CzCf7JATi3joQUVsgjIqroAbJG1dGM/i7kinChIfdChdY',
  'base64',
);

const table = [
  'Name\tTYPE\tUNII\tDisplay Name',
  'ABACAVIR SULFATE\tof\tX1\tABACAVIR SULFATE',
  'ZIAGEN\tbn\tX1\tABACAVIR SULFATE',
  'ABC-12\tbn\tX1\tABACAVIR SULFATE',
  'CYCLOPROPANEMETHANOL\tsys\tX1\tABACAVIR SULFATE',
  'TETRAZOLE\tof\tX2\tTETRAZOLE',
  'SUPERGLOSS\tbn\tX3\tPEG-15 HYDROGENATED LANOLIN',
  'DUOVIR COMPONENT ABACAVIR\tbn\tX1\tABACAVIR SULFATE',
  'TWICE\tbn\tX1\tABACAVIR SULFATE',
  'TWICE\tbn\tX2\tTETRAZOLE',
].join('\n');

const names = (): KnownName[] => joinNames(readSubstanceNames(table), readDrugDictionary(smallDictionary));

describe('the names of medicines', () => {
  it.each([
    ['ziagen', { kind: 'brand', ingredient: 'abacavir' }],
    ['abacavir sulfate', { kind: 'official', ingredient: 'abacavir' }],
    ['abacavir', { kind: 'official', ingredient: 'abacavir' }],
    ['tetrazole', { kind: 'rare', ingredient: 'tetrazole' }],
    ['xultophy', { kind: 'brand', ingredient: 'insulin degludec and liraglutide' }],
    ['twice', { kind: 'brand', ingredient: 'twice' }],
  ])('%s is one', (name, what) => {
    expect(names().find((known) => known.name === name)).toEqual({ name, ...what });
  });

  it.each([
    ['abc-12', 'a code'],
    ['cyclopropanemethanol', 'a systematic name'],
    ['supergloss', 'what is in cosmetics'],
    ['duovir component abacavir', "a register's own name"],
    ['art', 'an entry that only Wikipedia has'],
  ])('%s is none: %s', (name) => {
    expect(names().map((known) => known.name)).not.toContain(name);
  });

  it.each([
    ['metoprolol tartrate', 'metoprolol'],
    ['esomeprazole magnesium trihydrate', 'esomeprazole'],
    ['potassium citrate', 'potassium citrate'],
    ['warfarin', 'warfarin'],
  ])('%s without its salt is %s', (substance, bare) => {
    expect(withoutSalt(substance).at(-1)).toBe(bare);
  });

  it('refuses a table with other columns', () => {
    expect(() => readSubstanceNames('Name\tUNII\nA\tB')).toThrow(RangeError);
  });

  it('come back from the file as they were written, and a damaged file is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'asterism-names-'));
    const path = join(folder, 'medicine-names.json');
    const text = writeMedicineNames(names());
    await writeFile(path, text);
    const byName = (a: KnownName, b: KnownName): number => a.name.localeCompare(b.name);
    expect((await readMedicineNames(path)).sort(byName)).toEqual(names().sort(byName));
    for (const damaged of [
      text.slice(0, -5),
      text.replace('\\nziagen', ''),
      text.replace('"version":1', '"version":2'),
    ]) {
      await writeFile(path, damaged);
      await expect(readMedicineNames(path)).rejects.toMatchObject({ code: 'MODEL_PREPARE' });
    }
    await rm(folder, { recursive: true });
  });
});
