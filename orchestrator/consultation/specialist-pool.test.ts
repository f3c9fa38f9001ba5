import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.js';
import {
  Pass,
  ReviewReply,
  ReviewRequest,
  SpecialistService,
  Verdict,
  type Description,
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

/** A server that answers Describe as given and Review with raw bytes, as often as given. */
async function serve(
  description: Partial<Description>,
  replies: readonly Buffer[],
  port = 0,
): Promise<Served> {
  const server = new Server();
  const raw = { requestDeserialize: (bytes: Buffer) => bytes, responseSerialize: (bytes: Buffer) => bytes };
  const definition: ServiceDefinition = {
    describe: SpecialistService.describe,
    // Declared as a stream so that it can answer more than once, or not at all.
    review: { ...SpecialistService.review, ...raw, responseStream: true },
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
    review: (call: { write(bytes: Buffer): void; end(): void }) => {
      for (const reply of replies) call.write(reply);
      call.end();
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

const passing = Buffer.from(
  ReviewReply.encode(
    ReviewReply.fromPartial({ review: { specialist: 'medication', verdict: Verdict.PASS, confidence: 1 } }),
  ).finish(),
);
const request = ReviewRequest.fromPartial({ pass: Pass.HEARD, turnId: '1' });

async function statusOf(pool: SpecialistPool): Promise<string | undefined> {
  const looks = await pool.consult(() => request, 1000).wait('gates', 1000);
  return looks[0]?.status;
}

describe('a specialist on the wire', () => {
  it.each([
    ['answers once', [passing], 'answered'],
    ['answers twice', [passing, passing], 'invalid'],
    ['ends without an answer', [], 'invalid'],
    ['answers with bytes that are no review', [Buffer.from([0x0a, 0x7f, 0x01])], 'invalid'],
    ['answers with an empty reply', [Buffer.alloc(0)], 'invalid'],
  ])('that %s', async (_how, replies, status) => {
    const { address } = await serve({}, replies);
    const outcome = await statusOf(await connect({ medication: address }));
    expect(outcome).toBe(status);
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
