import { parentPort, workerData } from 'node:worker_threads';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { startAgents } from './agents-part.js';
import { startOrchestratorPart } from './orchestrator-part.js';
import type { PartOrder, PartReply } from './part-thread.js';

/** The thread of one part: starts it, reports where it listens, and closes it when told to. */
const port = parentPort;
if (!port) throw new Error('this module runs in a worker thread only');
const send = (reply: PartReply): void => port.postMessage(reply);
const order = workerData as PartOrder;
try {
  const part =
    order.part === 'agents'
      ? await startAgents(order.configuration, {})
      : await startOrchestratorPart(order.configuration, '127.0.0.1:0', order.agentAddresses);
  send({
    kind: 'started',
    lines: part.lines,
    addresses: 'addresses' in part ? part.addresses : { orchestrator: part.address },
  });
  port.once('message', () => {
    void part
      .close()
      .catch((thrown: unknown) => send({ kind: 'failed', code: undefined, message: messageOf(thrown) }))
      .finally(() => port.close());
  });
} catch (thrown) {
  send({
    kind: 'failed',
    code: thrown instanceof AsterismError ? thrown.code : undefined,
    message: messageOf(thrown),
  });
  port.close();
}
