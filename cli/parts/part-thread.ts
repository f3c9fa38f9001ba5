import { Worker } from 'node:worker_threads';
import { AsterismError, type ErrorCode } from '../../platform/errors.js';
import { compiledModule } from '../../platform/package-root.js';
import type { Configuration } from '../configuration.js';
import type { RunningPart } from './part.js';

/** Room for what a few turns leave behind, so that the collector seldom comes while somebody waits for a look. */
const YOUNG_GENERATION_MB = 64;

export type PartOrder =
  | { readonly part: 'agents'; readonly configuration: Configuration }
  | {
      readonly part: 'orchestrator';
      readonly configuration: Configuration;
      readonly agentAddresses: Readonly<Record<string, string>>;
    };

export type PartReply =
  | {
      readonly kind: 'started';
      readonly lines: readonly string[];
      readonly addresses: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'failed'; readonly code: ErrorCode | undefined; readonly message: string };

export interface ThreadedPart extends RunningPart {
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * Starts a part on free loopback ports in a thread of its own, so that neither a review nor the database ever
 * holds up the thread that paces audio.
 * @throws AsterismError what the part itself would throw
 */
export function startPartThread(order: PartOrder): Promise<ThreadedPart> {
  const worker = new Worker(compiledModule('cli/parts/part-worker'), {
    workerData: order,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (reply: PartReply) => {
      if (reply.kind === 'failed') {
        const detail = reply.message.replace(/^[A-Z_]+: /, '');
        reject(reply.code ? new AsterismError(reply.code, detail) : new Error(reply.message));
        return;
      }
      resolve({
        lines: reply.lines,
        addresses: reply.addresses,
        async close() {
          worker.postMessage('close');
          await ended;
        },
      });
    });
  });
}
