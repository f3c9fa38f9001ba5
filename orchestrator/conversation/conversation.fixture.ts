import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials, Server, ServerCredentials, status, type ClientDuplexStream } from '@grpc/grpc-js';
import type { Protocol } from '../../clinical-kb/protocols/schema.js';
import {
  ConversationClient,
  type GatewayCommand,
  type GatewayEvent,
} from '../../protos/generated/asterism/v1/conversation.js';
import { AwaitedAnswer, Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Patient } from '../../protos/generated/asterism/v1/patient.js';
import {
  Disposition,
  ReviewProblem_Kind,
  SpecialistService,
  type InvestigateRequest,
  type InvestigateUpdate,
  Verdict,
  type Review,
  type ReviewOrder,
  type ReviewRequest,
  type SpecialistServer,
} from '../../protos/generated/asterism/v1/specialist.js';
import { systemClock } from '../../platform/clock.js';
import type { CallEvent, CallEventOf } from '../call/events.js';
import type { ChartSource } from '../chart/chart-source.js';
import type { CallRecipient } from '../chart/records.js';
import type { Deadlines } from '../consultation/deadlines.js';
import type { Draft, PrimaryAgent, PrimaryInput } from '../primary/primary-agent.js';
import { openCallLog, type CallLog } from '../record/call-log.js';
import type { Database } from '../record/database.js';
import { openDatabase } from '../record/open-database.js';
import { startOrchestrator, type RunningOrchestrator } from '../server.js';

/** A review that passes, with parts replaced. */
export function reviewBy(specialist: string, parts: Partial<Review> = {}): Review {
  return {
    specialist,
    verdict: Verdict.PASS,
    disposition: Disposition.NONE,
    say: '',
    entities: [],
    facts: [],
    reason: 'nothing to say',
    confidence: 1,
    relevant: false,
    jobId: '',
    knowledgeVersion: '1',
    ...parts,
  };
}

/** What a fake specialist does with a request: answer, answer later, break, or never answer. */
export type Behaviour = (request: ReviewRequest) => Partial<Review> | Promise<Partial<Review>>;

const monitors = new Set(['nutrition', 'checklist']);

/** A specialist over real gRPC whose behaviour a test sets and changes. */
export class FakeSpecialist {
  readonly specialist: string;
  behave: Behaviour = () => ({});
  /** What it does with long work; without any, the stream ends with no review. */
  investigate: (request: InvestigateRequest) => AsyncIterable<Partial<InvestigateUpdate>> = noWork;
  readonly investigations: InvestigateRequest[] = [];
  readonly requests: ReviewRequest[] = [];
  #server = new Server();
  #port = 0;

  constructor(specialist: string) {
    this.specialist = specialist;
  }

  get address(): string {
    return `127.0.0.1:${String(this.#port)}`;
  }

  /** Listens; on the port it had before, after a crash. */
  async start(): Promise<void> {
    this.#server = new Server();
    const service: SpecialistServer = {
      describe: (_call, reply) => {
        reply(null, {
          specialist: this.specialist,
          gate: !monitors.has(this.specialist),
          covers: [],
          version: '1',
          knowledgeVersion: '1',
        });
      },
      review: (call) => {
        call.on('data', ({ requestId, request }: ReviewOrder) => {
          if (!request) throw new TypeError('an order without a request');
          this.requests.push(request);
          Promise.resolve()
            .then(() => this.behave(request))
            .then(
              (parts) => {
                call.write({ requestId, review: reviewBy(this.specialist, parts) });
              },
              (thrown: unknown) => {
                const problem = { kind: ReviewProblem_Kind.FAILED, detail: String(thrown) };
                call.write({ requestId, review: undefined, problem });
              },
            );
        });
        call.on('error', () => undefined);
      },
      investigate: (call) => {
        this.investigations.push(call.request);
        void (async () => {
          for await (const update of this.investigate(call.request)) {
            call.write({ jobId: call.request.jobId, progress: 0, review: undefined, ...update });
          }
          call.end();
        })().catch((thrown: unknown) => {
          call.emit('error', { code: status.INTERNAL, details: String(thrown) });
        });
      },
    };
    this.#server.addService(SpecialistService, service);
    this.#port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync(this.address, ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
  }

  crash(): void {
    this.#server.forceShutdown();
  }
}

async function* noWork(): AsyncGenerator<Partial<InvestigateUpdate>> {
  // No update.
}

export function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** A primary agent that answers as the test says. */
export class ScriptedPrimary implements PrimaryAgent {
  readonly inputs: PrimaryInput[] = [];
  answer: (input: PrimaryInput) => Partial<Draft> | Promise<Partial<Draft>> = () => ({});

  async respond(input: PrimaryInput): Promise<Draft> {
    this.inputs.push(input);
    return {
      sentences: [],
      events: [],
      listening: { awaited: AwaitedAnswer.OPEN, vocabulary: [], patience: 1 },
      then: { kind: 'listen' },
      ...(await this.answer(input)),
    };
  }
}

/** Sentences that may be interrupted. */
export function saying(...texts: string[]): Pick<Draft, 'sentences'> {
  return { sentences: texts.map((text) => ({ text, interruptible: true })) };
}

type EventBody = NonNullable<GatewayEvent['event']>;
type CommandCase = NonNullable<GatewayCommand['command']>['$case'];
type CommandOf<Case extends CommandCase> = Extract<
  NonNullable<GatewayCommand['command']>,
  { $case: Case }
>['value'];

/** A call leg that a test drives. It reports every sentence as played in full unless playsAtOnce is false. */
export class FakeLeg {
  readonly callId: string;
  readonly commands: NonNullable<GatewayCommand['command']>[] = [];
  playsAtOnce = true;
  /** The gRPC error that ended the stream, if any. */
  error: Error | undefined;
  readonly #stream: ClientDuplexStream<GatewayEvent, GatewayCommand>;
  readonly #client: ConversationClient;
  readonly #changed = new Set<() => void>();
  #sequence = 0;
  #mediaMs = 0;
  ended = false;

  constructor(address: string, callId: string) {
    this.callId = callId;
    this.#client = new ConversationClient(address, credentials.createInsecure());
    this.#stream = this.#client.converse();
    this.#stream.on('data', (command: GatewayCommand) => {
      if (command.command) this.commands.push(command.command);
      if (command.command?.$case === 'speak' && this.playsAtOnce) this.play(command.command.value.sentenceId);
      this.#wake();
    });
    this.#stream.on('error', (error: Error) => {
      this.error = error;
      this.ended = true;
      this.#wake();
    });
    this.#stream.on('end', () => {
      this.ended = true;
      this.#wake();
    });
  }

  send(event: EventBody): void {
    this.#mediaMs += 100;
    this.#sequence++;
    this.#stream.write({ callId: this.callId, sequence: this.#sequence, mediaMs: this.#mediaMs, event });
  }

  start(patientId = 'pat'): void {
    const value = {
      patientId,
      protocolId: '',
      transport: 'pcm',
      carrierCallId: '',
      modelVersions: { ear: '7' },
    };
    this.send({ $case: 'callStarted', value });
  }

  says(text: string): void {
    this.finishes(this.#utteranceOf(text));
  }

  /** The recogniser's text in a pause; the patient may go on. @returns the utterance so far */
  pausesAfter(text: string): Utterance {
    const utterance = this.#utteranceOf(text);
    this.send({ $case: 'heardPartial', value: { utterance, endOfTurnReason: '' } });
    return utterance;
  }

  finishes(utterance: Utterance): void {
    this.send({ $case: 'heardFinal', value: { utterance, endOfTurnReason: 'smart-turn' } });
  }

  #utteranceOf(text: string): Utterance {
    return Utterance.fromPartial({
      utteranceId: `u${String(this.#sequence)}`,
      text,
      confidence: 0.9,
      words: text.split(' ').map((word) => ({ text: word, confidence: 0.9 })),
      startedMs: this.#mediaMs,
      endedMs: this.#mediaMs + 50,
    });
  }

  play(sentenceId: string, playedText = this.textOf(sentenceId), complete = true): void {
    const value = { sentenceId, playedText, playedMs: 100, complete, started: false };
    this.send({ $case: 'played', value });
  }

  end(reason = 'patient-hung-up'): void {
    this.send({ $case: 'callEnded', value: { reason } });
  }

  /** Cuts the stream without a word. */
  cut(): void {
    this.#stream.cancel();
  }

  all<Case extends CommandCase>(kind: Case): CommandOf<Case>[] {
    return this.commands.flatMap((command) =>
      command.$case === kind ? [command.value as CommandOf<Case>] : [],
    );
  }

  get spoken(): string[] {
    return this.all('speak').map((speak) => speak.text);
  }

  textOf(sentenceId: string): string {
    return this.all('speak').find((speak) => speak.sentenceId === sentenceId)?.text ?? '';
  }

  async until(condition: (leg: FakeLeg) => boolean, timeoutMs = 5_000): Promise<void> {
    const limit = Date.now() + timeoutMs;
    while (!condition(this)) {
      if (Date.now() > limit) {
        throw new Error(`not reached; commands so far: ${JSON.stringify(this.commands)}`);
      }
      await new Promise<void>((resolve) => {
        this.#changed.add(resolve);
        setTimeout(resolve, 50);
      });
    }
  }

  close(): void {
    this.#client.close();
  }

  #wake(): void {
    for (const wake of this.#changed) wake();
    this.#changed.clear();
  }
}

/** A whole orchestrator with fake specialists, a scripted primary agent and a real embedded database. */
export class TestConstellation {
  readonly specialists: Readonly<Record<string, FakeSpecialist>>;
  readonly primary: ScriptedPrimary;
  readonly calls: CallLog;
  readonly #orchestrator: RunningOrchestrator;
  readonly #database: Database;
  readonly #legs: FakeLeg[] = [];

  private constructor(
    database: Database,
    specialists: Readonly<Record<string, FakeSpecialist>>,
    orchestrator: RunningOrchestrator,
    primary: ScriptedPrimary,
  ) {
    this.#database = database;
    this.specialists = specialists;
    this.primary = primary;
    this.#orchestrator = orchestrator;
    this.calls = openCallLog(database);
  }

  static async start(
    names: readonly string[],
    deadlines: Partial<Deadlines>,
    protocols: Readonly<Record<string, Protocol>> = {},
    recipient?: CallRecipient,
  ): Promise<TestConstellation> {
    const specialists = Object.fromEntries(names.map((name) => [name, new FakeSpecialist(name)]));
    for (const specialist of Object.values(specialists)) await specialist.start();
    const database = await openDatabase({
      folder: join(mkdtempSync(join(tmpdir(), 'asterism-')), 'database'),
    });
    const primary = new ScriptedPrimary();
    const charts: ChartSource = {
      chart: (patientId) =>
        patientId === 'pat'
          ? Promise.resolve(Patient.fromPartial({ patientId, givenName: 'Pat', protocolId: 'test' }))
          : Promise.reject(new Error('no chart')),
    };
    const orchestrator = await startOrchestrator({
      address: '127.0.0.1:0',
      specialists: Object.fromEntries(
        Object.entries(specialists).map(([name, specialist]) => [name, specialist.address]),
      ),
      database,
      charts,
      primary,
      protocols,
      clock: systemClock,
      deadlines,
      versions: { asterism: 'test' },
      ...(recipient ? { recipient } : {}),
    });
    const constellation = new TestConstellation(database, specialists, orchestrator, primary);
    // The rehearsal's requests are not the test's.
    constellation.reset();
    return constellation;
  }

  get address(): string {
    return this.#orchestrator.address;
  }

  specialist(name: string): FakeSpecialist {
    const specialist = this.specialists[name];
    if (!specialist) throw new Error(`no specialist ${name}`);
    return specialist;
  }

  /** Everyone passes, the primary agent says nothing. */
  reset(): void {
    for (const specialist of Object.values(this.specialists)) {
      specialist.behave = () => ({});
      specialist.investigate = noWork;
      specialist.investigations.length = 0;
      specialist.requests.length = 0;
    }
    this.primary.answer = () => ({});
    this.primary.inputs.length = 0;
  }

  call(callId: string): FakeLeg {
    const leg = new FakeLeg(this.#orchestrator.address, callId);
    this.#legs.push(leg);
    return leg;
  }

  async events(callId: string): Promise<CallEvent[]> {
    return (await this.calls.read(callId)).map(({ event }) => event);
  }

  async eventsOf<Type extends CallEvent['type']>(callId: string, type: Type): Promise<CallEventOf<Type>[]> {
    return (await this.events(callId)).filter((event): event is CallEventOf<Type> => event.type === type);
  }

  async close(): Promise<void> {
    for (const leg of this.#legs) leg.close();
    await this.#orchestrator.close();
    for (const specialist of Object.values(this.specialists)) specialist.crash();
    await this.#database.close();
  }
}
