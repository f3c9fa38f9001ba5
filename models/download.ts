import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AsterismError, messageOf } from '../platform/errors.js';
import { hashFile } from './hash-file.js';
import { request } from './package-index.js';

export interface Download {
  readonly url: URL;
  /** The finished file; what has arrived so far lies beside it with the ending .partial. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes on disk so far. */
  onProgress?(bytes: number): void;
  /** Tries that bring no new byte before giving up; default 4. */
  readonly tries?: number;
  /** Waits before the second such try, doubled each time; default 500. */
  readonly firstPauseMs?: number;
  /** A connection that is silent for so long is cut; default 30,000. */
  readonly idleMs?: number;
}

/**
 * Downloads a file over HTTP, going on where an earlier try, of this process or another, was cut.
 * @throws AsterismError MODEL_FETCH when it cannot be had, MODEL_CHECKSUM when it is not the expected file
 */
export async function download(what: Download): Promise<void> {
  const partial = `${what.path}.partial`;
  await mkdir(dirname(partial), { recursive: true });
  const tries = what.tries ?? 4;
  let pauseMs = what.firstPauseMs ?? 500;
  for (let fruitless = 0; ;) {
    const before = await sizeOf(partial);
    try {
      await receive(what, partial, before);
      break;
    } catch (thrown) {
      if (thrown instanceof AsterismError) throw thrown;
      fruitless = (await sizeOf(partial)) > before ? 0 : fruitless + 1;
      if (fruitless >= tries) throw unreachable(what, thrown);
      if (fruitless > 0) {
        await sleep(pauseMs);
        pauseMs *= 2;
      }
    }
  }
  const found = await hashFile(partial);
  if (found !== what.sha256) {
    await rm(partial, { force: true });
    throw new AsterismError(
      'MODEL_CHECKSUM',
      `${nameOf(what)} has SHA-256 ${found} instead of ${what.sha256} and was removed; run ` +
        '`asterism models fetch` again, and if it stays so, the index or mirror does not hold the published file',
    );
  }
  await rename(partial, what.path);
}

/** One try: appends to what is there when the server allows it, starts over when it does not. */
async function receive(what: Download, partial: string, from: number): Promise<void> {
  const idle = new AbortController();
  const idleMs = what.idleMs ?? 30_000;
  const cut = (): void => {
    idle.abort(new Error(`no byte for ${idleMs} ms`));
  };
  let timer = setTimeout(cut, idleMs);
  try {
    const response = await request(what.url, {
      headers: from > 0 ? { range: `bytes=${from}-` } : {},
      signal: idle.signal,
    });
    if (response.status === 416) {
      await rm(partial, { force: true }); // longer than the file: it cannot be a part of it
      throw new Error('the server has fewer bytes than were asked for');
    }
    if (!response.ok || !response.body) throw refused(what, response.status);
    const resumed = response.status === 206;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    let size = resumed ? from : 0;
    const end = size + length;
    const file = await open(partial, resumed ? 'a' : 'w');
    try {
      for await (const chunk of response.body) {
        await file.writeFile(chunk as Uint8Array);
        size += (chunk as Uint8Array).byteLength;
        what.onProgress?.(size);
        clearTimeout(timer);
        timer = setTimeout(cut, idleMs);
      }
    } finally {
      await file.close();
    }
    if (size < end) throw new Error(`the connection ended ${end - size} bytes early`);
  } finally {
    clearTimeout(timer);
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

/** A client error will not go away by trying again; a server error may. */
function refused(what: Download, status: number): Error {
  if (status >= 500 || status === 429) return new Error(`the server answered ${status}`);
  return new AsterismError(
    'MODEL_FETCH',
    `the server answered ${status} for ${nameOf(what)}; check the address of the index or mirror`,
  );
}

function unreachable(what: Download, cause: unknown): AsterismError {
  const reason = cause instanceof Error && cause.cause ? messageOf(cause.cause) : messageOf(cause);
  return new AsterismError(
    'MODEL_FETCH',
    `${nameOf(what)} could not be downloaded (${reason}); check the network and run \`asterism models fetch\` again ` +
      '(it goes on where it stopped), or set ASTERISM_MODELS_MIRROR or ASTERISM_MODELS_FOLDER',
    { cause },
  );
}

function nameOf(what: Download): string {
  return what.url.pathname.split('/').at(-1) ?? 'the file';
}
