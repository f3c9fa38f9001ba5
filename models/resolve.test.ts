import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { modelFile, modelFileIds, modelFilePath } from './resolve.js';

describe('a model file', () => {
  let cache: string;
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'asterism-cache-'));
    vi.stubEnv('ASTERISM_CACHE_DIR', cache);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(cache, { recursive: true });
  });

  it('has a place of its own below the cache', () => {
    const paths = modelFileIds.map((id) => modelFilePath(id));
    expect(new Set(paths).size).toBe(modelFileIds.length);
    for (const path of paths) expect(path.startsWith(join(cache, 'models'))).toBe(true);
  });

  it('that is missing is an error that says what to do', async () => {
    await expect(modelFile('silero-vad')).rejects.toThrow(
      'MODEL_MISSING: silero-vad is not in the cache; run `asterism models fetch`',
    );
    await expect(modelFile('whisper-tiny-en-decoder')).rejects.toThrow('run `asterism models fetch --all`');
  });
});
