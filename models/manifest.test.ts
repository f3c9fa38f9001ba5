import { describe, expect, it } from 'vitest';
import { manifest, manifestSchema, modelSource } from './manifest.js';
import { modelFileIds } from './resolve.js';
import { recipes } from './recipes.js';

describe('the manifest', () => {
  it('names for every file that the project opens where it comes from', () => {
    const made = recipes.flatMap((recipe) => Object.keys(recipe.makes));
    const fetched = manifest.sources.map((source) => source.id);
    for (const id of modelFileIds) expect([...made, ...fetched]).toContain(id);
    for (const recipe of recipes) expect(fetched).toEqual(expect.arrayContaining([...recipe.sources]));
  });

  it('has a licence and an origin for each, and uses every wheel it lists', () => {
    const used = new Set(manifest.sources.flatMap((source) => source.parts.map((part) => part.wheel)));
    expect(used).toEqual(new Set(Object.keys(manifest.wheels)));
    for (const source of manifest.sources) expect(source.licence).toMatch(/MIT|BSD|Apache|CC0/);
  });

  it.each([
    ['a checksum that is none', { sha256: 'abc' }, /SHA-256/],
    ['a file name that leaves the folder', { file: '../x' }, /file/],
    ['a wheel that is not listed', { parts: [{ wheel: 'nowhere', member: 'x' }] }, /nowhere/],
    ['an unknown property', { checksum: '' }, /checksum/],
  ])('refuses %s', (_name, change, complaint) => {
    const [first, ...rest] = manifest.sources;
    const parsed = manifestSchema.safeParse({ ...manifest, sources: [{ ...first, ...change }, ...rest] });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toMatch(complaint);
  });

  it('refuses two sources with one name', () => {
    const twice = { ...manifest, sources: [...manifest.sources, manifest.sources[0]] };
    expect(JSON.stringify(manifestSchema.safeParse(twice).error?.issues)).toContain(
      'two sources are called silero-vad',
    );
  });

  it('says which models there are when asked for another', () => {
    expect(() => modelSource('whisper-large')).toThrow(/MODEL_UNKNOWN.*whisper-large.*silero-vad/);
  });
});
