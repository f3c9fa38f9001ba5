import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SpeechFiles } from './speech-files.js';

const speech = { samples: Float32Array.of(0, 0.5, -0.25, 0), speechSamples: 3 };
let cache: string;

const onlyFile = async (): Promise<string> => {
  const [folder = ''] = await readdir(join(cache, 'speech'));
  const [file = ''] = await readdir(join(cache, 'speech', folder));
  return join(cache, 'speech', folder, file);
};

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'asterism-speech-'));
  vi.stubEnv('ASTERISM_CACHE_DIR', cache);
});
afterEach(() => vi.unstubAllEnvs());

describe('speech on disk', () => {
  it('comes back in the next run', async () => {
    const files = new SpeechFiles({ voice: 'a' });
    await files.open();
    expect(await files.read('Thank you.')).toBeUndefined();
    await files.keep('Thank you.', speech);
    const next = new SpeechFiles({ voice: 'a' });
    await next.open();
    expect(await next.read('Thank you.')).toEqual(speech);
    expect(await next.read('Goodbye.')).toBeUndefined();
  });

  it('of another version of the voice is not found', async () => {
    await new SpeechFiles({ voice: 'a' }).keep('Thank you.', speech);
    const other = new SpeechFiles({ voice: 'b' });
    await other.open();
    expect(await other.read('Thank you.')).toBeUndefined();
  });

  it('that is damaged or cut is made anew', async () => {
    const files = new SpeechFiles({ voice: 'a' });
    await files.keep('Thank you.', speech);
    const path = await onlyFile();
    const whole = await readFile(path);
    for (const damaged of [
      whole.subarray(0, -1),
      whole.subarray(0, 5),
      Buffer.from('no sound at all'),
      Buffer.alloc(0),
    ]) {
      await writeFile(path, damaged);
      expect(await files.read('Thank you.')).toBeUndefined();
    }
  });

  it('does not carry what was said in its name', async () => {
    await new SpeechFiles({ voice: 'a' }).keep('Thank you, Maria.', speech);
    expect(await onlyFile()).not.toMatch(/maria/i);
  });

  it('costs no call when the disk refuses it', async () => {
    await writeFile(join(cache, 'speech'), 'a file where the folder should be');
    const files = new SpeechFiles({ voice: 'a' });
    await files.open();
    await files.keep('Thank you.', speech);
    expect(await files.read('Thank you.')).toBeUndefined();
  });
});
