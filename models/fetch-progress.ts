import { SingleBar, Presets } from 'cli-progress';
import type { FetchObserver } from './fetch.js';

/** Shows a fetch: a bar on a terminal, a line a file elsewhere. */
export function fetchProgress(output: NodeJS.WriteStream = process.stderr): FetchObserver {
  let bar: SingleBar | undefined;
  const line = (text: string): void => {
    output.write(`${text}\n`);
  };
  return {
    downloadStarted: (file, totalBytes) => {
      if (!output.isTTY) {
        line(`fetching ${file} (${megabytes(totalBytes)} MB)`);
        return;
      }
      const format = `{bar} {percentage}% of ${megabytes(totalBytes)} MB  ${file}`;
      bar = new SingleBar({ stream: output, format, clearOnComplete: true, hideCursor: true }, Presets.rect);
      bar.start(totalBytes, 0);
    },
    downloadProgress: (_file, bytes) => {
      bar?.update(bytes);
    },
    downloadEnded: () => {
      bar?.stop();
      bar = undefined;
    },
    modelReady: (id) => {
      line(`${id}: checksum right`);
    },
    preparing: (id) => {
      line(`${id}: preparing what is used here`);
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
