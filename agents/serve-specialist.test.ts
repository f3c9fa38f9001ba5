import { setTimeout } from 'node:timers/promises';
import { credentials, status, type ServiceError } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import {
  InvestigateRequest,
  InvestigateUpdate,
  Pass,
  ReviewProblem_Kind,
  ReviewRequest,
  SpecialistClient,
  Verdict,
  type Description,
  type Review,
  type ReviewOrder,
  type ReviewReply,
} from '../protos/generated/asterism/v1/specialist.js';
import { serveSpecialist, type RunningSpecialist } from './serve-specialist.js';
import { passReview, type AnySpecialist } from './specialist.js';

const description: Description = {
  specialist: 'echo',
  gate: true,
  covers: ['Says back what it was given.'],
  version: '1',
  knowledgeVersion: 'k1',
};

const echo: AnySpecialist = {
  description,
  review(request): Review | Promise<Review> {
    if (request.heard?.text === 'fail') throw new Error('she said: fail');
    if (request.heard?.text === 'fail later') return Promise.reject(new Error('she said: fail later'));
    if (request.heard?.text === 'wait') return setTimeout(20, passReview('echo', 'k1', 'waited', true));
    return passReview('echo', 'k1', request.heard?.text ?? request.draft, true);
  },
  async *investigate(request, signal) {
    yield InvestigateUpdate.fromPartial({ jobId: request.jobId, progress: 0.5 });
    if (request.jobId === 'long') {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      stopped = true;
      return;
    }
    yield InvestigateUpdate.fromPartial({ jobId: request.jobId, progress: 1, review: { reason: 'done' } });
  },
};
let stopped = false;

const open: RunningSpecialist[] = [];
const clients: SpecialistClient[] = [];

async function connect(logic: AnySpecialist): Promise<SpecialistClient> {
  const running = await serveSpecialist(logic, { address: '127.0.0.1:0' });
  const client = new SpecialistClient(running.address, credentials.createInsecure());
  open.push(running);
  clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(open.splice(0).map((running) => running.close()));
});

/** The reply to each order, in the order in which they came. */
async function replies(client: SpecialistClient, ...orders: ReviewOrder[]): Promise<ReviewReply[]> {
  const call = client.review();
  for (const order of orders) call.write(order);
  call.end();
  const got: ReviewReply[] = [];
  for await (const reply of call as AsyncIterable<ReviewReply>) got.push(reply);
  return got;
}

const order = (requestId: number, request: ReviewRequest | undefined): ReviewOrder => ({
  requestId,
  request,
});

async function review(client: SpecialistClient, request: ReviewRequest): Promise<ReviewReply | undefined> {
  return (await replies(client, order(7, request)))[0];
}

const heard = (text: string): ReviewRequest =>
  ReviewRequest.fromPartial({ callId: 'c1', turnId: 't1', pass: Pass.HEARD, heard: { text } });

describe('a served specialist', () => {
  it('describes itself and reviews over a real socket', async () => {
    const client = await connect(echo);
    const described = await new Promise<Description>((resolve, reject) => {
      client.describe({}, (error, reply) => {
        if (error) reject(error);
        else resolve(reply);
      });
    });
    expect(described).toEqual(description);
    expect(await review(client, heard('hello'))).toMatchObject({
      requestId: 7,
      review: { verdict: Verdict.PASS, reason: 'hello' },
    });
  });

  it('answers every request of a stream by its number, and later what it waits for', async () => {
    const client = await connect(echo);
    const got = await replies(
      client,
      order(1, heard('wait')),
      order(2, heard('now')),
      order(3, heard('fail')),
    );
    expect(got.map(({ requestId, review, problem }) => [requestId, review?.reason ?? problem?.kind])).toEqual(
      [
        [2, 'now'],
        [3, ReviewProblem_Kind.FAILED],
        [1, 'waited'],
      ],
    );
  });

  it.each([
    ['throws', 'fail'],
    ['rejects', 'fail later'],
  ])('says when the review %s, without the words of the patient, and lives on', async (_, text) => {
    const client = await connect(echo);
    const got = await replies(client, order(1, heard(text)), order(2, heard('again')));
    const failed = got.find(({ requestId }) => requestId === 1);
    expect(failed?.review).toBeUndefined();
    expect(failed?.problem?.kind).toBe(ReviewProblem_Kind.FAILED);
    expect(failed?.problem?.detail).not.toContain('she said');
    expect(got.find(({ requestId }) => requestId === 2)).toMatchObject({ review: { reason: 'again' } });
  });

  it.each([
    ['no pass', ReviewRequest.fromPartial({ heard: { text: 'x' } }), 'pass:'],
    ['a first look with nothing heard', ReviewRequest.fromPartial({ pass: Pass.HEARD }), 'heard:'],
    ['a second look without a draft', ReviewRequest.fromPartial({ pass: Pass.DRAFT, draft: ' ' }), 'draft:'],
    ['an endless utterance', heard('a'.repeat(20_001)), 'heard.text:'],
    ['nothing', undefined, 'request:'],
  ])('refuses %s, naming the field', async (_, request, field) => {
    const [reply] = await replies(await connect(echo), order(1, request));
    expect(reply?.problem?.kind).toBe(ReviewProblem_Kind.INVALID_REQUEST);
    expect(reply?.problem?.detail).toContain(field);
  });

  it('refuses a request above its size limit and lives on', async () => {
    const client = await connect(echo);
    await expect(review(client, heard('a'.repeat(2 * 1024 * 1024)))).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
    expect(await review(client, heard('again'))).toMatchObject({ review: { reason: 'again' } });
  });

  it('streams the updates of long work', async () => {
    const client = await connect(echo);
    const call = client.investigate(InvestigateRequest.fromPartial({ jobId: 'j1', about: heard('list') }));
    const updates: InvestigateUpdate[] = [];
    for await (const update of call as AsyncIterable<InvestigateUpdate>) updates.push(update);
    expect(updates.map(({ progress }) => progress)).toEqual([0.5, 1]);
    expect(updates.at(-1)?.review?.reason).toBe('done');
  });

  it('stops long work that is cancelled', async () => {
    const client = await connect(echo);
    const call = client.investigate(InvestigateRequest.fromPartial({ jobId: 'long', about: heard('list') }));
    call.on('error', () => undefined);
    await new Promise((resolve) => call.once('data', resolve));
    call.cancel();
    await expect.poll(() => stopped).toBe(true);
  });

  it('says UNIMPLEMENTED when it does no long work', async () => {
    const client = await connect({ description, review: (request) => echo.review(request) });
    const call = client.investigate(InvestigateRequest.fromPartial({ jobId: 'j1', about: heard('list') }));
    const error = await new Promise<ServiceError>((resolve) => {
      call.on('data', () => undefined);
      call.once('error', (thrown) => {
        resolve(thrown as ServiceError);
      });
    });
    expect(error.code).toBe(status.UNIMPLEMENTED);
  });

  it('says which address it cannot listen on', async () => {
    const running = await serveSpecialist(echo, { address: '127.0.0.1:0' });
    open.push(running);
    await expect(serveSpecialist(echo, { address: running.address })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining(running.address) as string,
    });
  });

  it('answers what was asked before it was closed, and ends the stream', async () => {
    const running = await serveSpecialist(echo, { address: '127.0.0.1:0' });
    const client = new SpecialistClient(running.address, credentials.createInsecure());
    clients.push(client);
    const call = client.review();
    call.write(order(1, heard('hello')));
    const got: ReviewReply[] = [];
    for await (const reply of call as AsyncIterable<ReviewReply>) {
      got.push(reply);
      void running.close();
    }
    expect(got).toMatchObject([{ requestId: 1, review: { reason: 'hello' } }]);
  });

  it('can be closed twice', async () => {
    const running = await serveSpecialist(echo, { address: '127.0.0.1:0' });
    await Promise.all([running.close(), running.close()]);
    const client = new SpecialistClient(running.address, credentials.createInsecure());
    clients.push(client);
    await expect(review(client, heard('x'))).rejects.toMatchObject({ code: status.UNAVAILABLE });
  });
});
