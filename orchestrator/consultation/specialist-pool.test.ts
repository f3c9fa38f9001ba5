import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.js';
import {
  Pass,
  Review,
  ReviewProblem_Kind,
  ReviewReply,
  ReviewRequest,
  SpecialistService,
  Verdict,
  type Description,
  type ReviewOrder,
} from '../../protos/generated/asterism/v1/specialist.js';
import { SpecialistPool, type SpecialistHealth } from './specialist-pool.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Served {
  readonly address: string;
  readonly server: Server;
}

/** What is sent for one order; undefined ends the stream. */
type Reply = (requestId: number) => Buffer | undefined;

/** A server that answers Describe as given and each order of Review with raw bytes, as often as given. */
async function serve(
  description: Partial<Description>,
  replies: readonly Reply[],
  port = 0,
): Promise<Served> {
  const server = new Server();
  const raw = { responseSerialize: (bytes: Buffer) => bytes };
  const definition: ServiceDefinition = {
    describe: SpecialistService.describe,
    review: { ...SpecialistService.review, ...raw },
  };
  const implementation: UntypedServiceImplementation = {
    describe: (_call: unknown, reply: (error: null, value: Description) => void) => {
      reply(null, {
        specialist: 'medication',
        gate: true,
        covers: [],
        version: '1',
        knowledgeVersion: '1',
        ...description,
      });
    },
    review: (call: ServerDuplexStream<ReviewOrder, Buffer>) => {
      call.on('data', ({ requestId }: ReviewOrder) => {
        for (const reply of replies) {
          const bytes = reply(requestId);
          if (bytes) call.write(bytes);
          else call.end();
        }
      });
      call.on('error', () => undefined);
    },
  };
  server.addService(definition, implementation);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${String(port)}`, ServerCredentials.createInsecure(), (error, taken) => {
      if (error) reject(error);
      else resolve(taken);
    });
  });
  closers.push(() => {
    server.forceShutdown();
  });
  return { address: `127.0.0.1:${String(bound)}`, server };
}

async function connect(addresses: Record<string, string>): Promise<SpecialistPool> {
  const pool = await SpecialistPool.connect(addresses, systemClock);
  closers.push(() => {
    pool.close();
  });
  return pool;
}

function encoded(reply: Partial<ReviewReply>): Buffer {
  return Buffer.from(ReviewReply.encode({ review: undefined, requestId: 0, ...reply }).finish());
}

const review = Review.fromPartial({ specialist: 'medication', verdict: Verdict.PASS, confidence: 1 });
const passing: Reply = (requestId) => encoded({ requestId, review });
const failing: Reply = (requestId) =>
  encoded({ requestId, problem: { kind: ReviewProblem_Kind.FAILED, detail: 'it failed' } });
const ending: Reply = () => undefined;
const request = ReviewRequest.fromPartial({ pass: Pass.HEARD, turnId: '1' });

async function statusOf(pool: SpecialistPool): Promise<string | undefined> {
  const looks = await pool.consult(() => request, 1000).wait('gates', 1000);
  return looks[0]?.status;
}

describe('a specialist on the wire', () => {
  it.each([
    ['answers once', [passing], 'answered'],
    ['answers twice', [passing, passing], 'invalid'],
    ['ends without an answer', [ending], 'invalid'],
    ['says that the review failed', [failing], 'failed'],
    ['answers with bytes that are no reply', [(): Buffer => Buffer.from([0x0a, 0x7f, 0x01])], 'invalid'],
    [
      'answers a request that it never got',
      [(id: number): Buffer => encoded({ requestId: id + 1, review })],
      'invalid',
    ],
    [
      'answers with a reply that holds nothing',
      [(requestId: number): Buffer => encoded({ requestId })],
      'invalid',
    ],
  ] satisfies [string, Reply[], string][])('that %s', async (_how, replies, status) => {
    const { address } = await serve({}, replies);
    const outcome = await statusOf(await connect({ medication: address }));
    expect(outcome).toBe(status);
  });
});

describe('the stream of reviews', () => {
  it('is opened again after a specialist broke the contract', async () => {
    let orders = 0;
    const once: Reply = (requestId) =>
      orders++ === 0 ? encoded({ requestId: requestId + 1 }) : passing(requestId);
    const { address } = await serve({}, [once]);
    const pool = await connect({ medication: address });
    // The rehearsal met the broken answer.
    expect(orders).toBe(1);
    expect(await statusOf(pool)).toBe('answered');
  });

  it('carries many looks at once, each with its own answer', async () => {
    const named: Reply = (requestId) =>
      encoded({ requestId, review: { ...review, reason: String(requestId) } });
    const { address } = await serve({}, [named]);
    const pool = await connect({ medication: address });
    const requests = [1, 2, 3].map((turn) => ReviewRequest.fromPartial({ ...request, turnId: String(turn) }));
    const looks = await Promise.all(requests.map((one) => pool.consult(() => one, 1000).wait('gates', 1000)));
    const reasons = looks.map(([look]) => look?.review?.reason);
    expect(new Set(reasons).size).toBe(3);
    expect(reasons).not.toContain(undefined);
  });

  it('forgets a look that was cancelled, and takes the late answer to it for no breach', async () => {
    const { address } = await serve({}, [passing]);
    const pool = await connect({ medication: address });
    const cancelled = pool.consult(() => ReviewRequest.fromPartial({ ...request }), 1000);
    cancelled.cancel();
    expect((await cancelled.wait('gates', 10))[0]?.status).toBe('late');
    expect(await statusOf(pool)).toBe('answered');
    expect(pool.lost).toEqual([]);
  });
});

describe('the pool', () => {
  it('refuses to start with a specialist that is another', async () => {
    const { address } = await serve({ specialist: 'escalation' }, []);
    await expect(SpecialistPool.connect({ medication: address }, systemClock)).rejects.toThrow(
      'CONFIGURATION_INVALID: at the address of medication another specialist answers (escalation)',
    );
  });

  it('asks in merging order, and keeps a gate a gate whatever it calls itself', async () => {
    const medication = await serve({ gate: false }, [passing]);
    const nutrition = await serve({ specialist: 'nutrition', gate: false }, [passing]);
    const pool = await connect({ nutrition: nutrition.address, medication: medication.address });
    expect(pool.members).toEqual([
      { specialist: 'medication', gate: true },
      { specialist: 'nutrition', gate: false },
    ]);
  });

  it('tells once that a specialist is lost, and once that it is back', async () => {
    const { address, server } = await serve({}, [passing]);
    const pool = await connect({ medication: address });
    const heard: SpecialistHealth[] = [];
    pool.onHealth((health) => heard.push(health));
    expect(await statusOf(pool)).toBe('answered');
    server.forceShutdown();
    await expect.poll(() => heard.length, { timeout: 5000 }).toBe(1);
    expect(heard).toEqual([{ specialist: 'medication', gate: true, lost: true }]);
    expect(pool.lost).toEqual(heard);
    await serve({}, [passing], Number(address.split(':')[1]));
    await expect.poll(() => heard.length, { timeout: 5000 }).toBe(2);
    expect(heard[1]).toEqual({ specialist: 'medication', gate: true, lost: false });
    expect(pool.lost).toEqual([]);
    expect(await statusOf(pool)).toBe('answered');
  });
});
