import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../platform/cache-folder.js';
import { messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import type { TrimmedSpeech } from './trim-silence.js';

/** Bumped when normalisation, clauses or trimming change how a text sounds, so that kept speech is made anew. */
const SOUND_REVISION = '1';

const MAGIC = 0x31505341; // "ASP1"
const HEADER_BYTES = 12;
const ENDING = '.pcm16';

/**
 * Speech kept on disk between runs: one file per clause below cacheFolder()/speech/<versions>, 16-bit PCM at
 * 16 kHz behind a short header (magic, samples, speech samples, little-endian uint32). The folder's name is a hash
 * of all versions that shape the sound and a file's name a hash of its text, so that nothing stale can be found.
 */
export class SpeechFiles {
  readonly #folder: string;
  #known: Set<string> | undefined;

  /** @param versions everything that shapes the sound: voice, phonemizer, lexicon, settings */
  constructor(versions: Readonly<Record<string, string>>) {
    this.#folder = join(
      cacheFolder(),
      'speech',
      hash(JSON.stringify({ ...versions, revision: SOUND_REVISION })).slice(0, 16),
    );
  }

  /** Lists what is there, so that looking for a clause that is not costs nothing. */
  async open(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    this.#known = new Set(names.filter((name) => name.endsWith(ENDING)));
  }

  /** The speech of a key, or undefined when it was never written or its file is damaged. */
  async read(key: string): Promise<TrimmedSpeech | undefined> {
    const name = hash(key) + ENDING;
    if (this.#known?.has(name) === false) return undefined;
    try {
      return decode(await readFile(join(this.#folder, name)));
    } catch {
      return undefined;
    }
  }

  /** Writes the speech of a key unless it is there. Whole files only; a full disk costs a warning, not a call. */
  async keep(key: string, speech: TrimmedSpeech): Promise<void> {
    const name = hash(key) + ENDING;
    if (this.#known?.has(name)) return;
    const temporary = join(this.#folder, `${name}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(temporary, encode(speech));
      await rename(temporary, join(this.#folder, name));
      this.#known?.add(name);
    } catch (thrown) {
      await rm(temporary, { force: true }).catch(() => undefined);
      log.warn({ error: messageOf(thrown) }, 'speech could not be kept on disk');
    }
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function encode({ samples, speechSamples }: TrimmedSpeech): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + 2 * samples.length);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(samples.length, 4);
  bytes.writeUInt32LE(speechSamples, 8);
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(
      Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
      HEADER_BYTES + 2 * index,
    );
  }
  return bytes;
}

function decode(bytes: Buffer): TrimmedSpeech | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) !== MAGIC) return undefined;
  const count = bytes.readUInt32LE(4);
  const speechSamples = bytes.readUInt32LE(8);
  if (bytes.length !== HEADER_BYTES + 2 * count || speechSamples > count) return undefined;
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i++) samples[i] = bytes.readInt16LE(HEADER_BYTES + 2 * i) / 32_768;
  return { samples, speechSamples };
}
