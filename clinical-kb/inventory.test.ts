import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isAbout, listCoverage, readInventory } from './inventory.js';

const folder = mkdtempSync(join(tmpdir(), 'asterism-kb-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = { source: 'Label of examplin', section: '7', year: 2024, written: '2026-11-25' };
const file = {
  version: '1',
  sources: { label: source },
  medicines: ['a', 'b', 'c', 'd', 'e'].map((ingredient, index) => ({
    ingredient,
    ...(index < 2 ? { brands: ['Brand'] } : { brands: [] }),
    cite: 'label',
  })),
  rules: [{ between: ['class:loop-diuretic', 'b'], deep: { note: 'x', cite: 'label' } }],
};

describe('the inventory of the knowledge base', () => {
  it('finds every cited entry with its source, and counts what lists hold', async () => {
    writeFileSync(join(folder, 'one.json'), JSON.stringify(file));
    writeFileSync(join(folder, 'wording.yaml'), 'version: 1\nphrases: [hello]\n');
    const [one, ...others] = await readInventory(folder);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ file: 'one.json', sources: 1 });
    expect(one?.entries.map(({ path }) => path)).toEqual([
      'medicines.0',
      'medicines.1',
      'medicines.2',
      'medicines.3',
      'medicines.4',
      'rules.0.deep',
    ]);
    expect(one?.entries[0]?.citation).toEqual(source);
    expect(one && listCoverage(one)).toEqual([{ list: 'medicines', entries: 5, fields: { brands: 2 } }]);
  });

  it('refuses a citation of nothing', async () => {
    writeFileSync(join(folder, 'two.json'), JSON.stringify({ ...file, rules: [{ cite: 'nobody' }] }));
    await expect(readInventory(folder)).rejects.toMatchObject({ code: 'KNOWLEDGE_INVALID' });
  });

  it('reads every file that the project ships, all of them with sources', async () => {
    const files = await readInventory();
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter(({ entries }) => entries.length === 0)).toEqual([]);
  });

  it.each([
    ['Loop-Diuretic', true],
    ['b', true],
    ['diuretic', false],
    ['x', false],
  ])('knows that a rule is about %s: %s', (term, about) => {
    expect(isAbout(file.rules[0] ?? {}, term)).toBe(about);
  });
});
