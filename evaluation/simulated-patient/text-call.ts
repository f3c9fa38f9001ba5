import { credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import {
  ConversationClient,
  type GatewayCommand,
  type GatewayEvent,
  type Speak,
} from '../../protos/generated/asterism/v1/conversation.js';
import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { intendedText } from '../../voice-gateway/speaking/simulated-patient-voice.js';
import { chooseAnswer, chooseInterruption, noProgress } from './choose-line.js';
import type { Persona } from './persona.js';

/** What each side said, in order; the agent's part is what was played. */
export interface TextLine {
  readonly speaker: 'patient' | 'agent';
  readonly text: string;
}

export interface TextCallResult {
  readonly callId: string;
  readonly lines: readonly TextLine[];
  /** patient-hung-up, agent-hung-up, transferred, or too-long. */
  readonly ended: string;
  /** The SBAR note of a transfer; empty without one. */
  readonly sbar: string;
}

export interface TextCallOptions {
  /** host:port of the orchestrator. */
  readonly address: string;
  readonly persona: Persona;
  /** What was heard of a line; by default exactly what was meant, with full confidence. */
  readonly hear?: (line: string) => Partial<Utterance>;
  readonly maxTurns?: number;
}

/**
 * A whole call without audio and without waiting, over the same Conversation service as a real one: the
 * persona's words go in as heard, and every sentence counts as played at once.
 */
export function placeTextCall(options: TextCallOptions): Promise<TextCallResult> {
  const client = new ConversationClient(options.address, credentials.createInsecure());
  return new Promise<TextCallResult>((resolve, reject) => {
    const call = new TextCall(options, client.converse(), (result) => resolve(result));
    call.begin(reject);
  }).finally(() => client.close());
}

class TextCall {
  readonly #callId = `call-text-${randomUUID()}`;
  readonly #options: TextCallOptions;
  readonly #stream: ClientDuplexStream<GatewayEvent, GatewayCommand>;
  readonly #finish: (result: TextCallResult) => void;
  readonly #lines: TextLine[] = [];
  #progress;
  #sequence = 0;
  #mediaMs = 0;
  #turns = 0;
  #said: string[] = [];
  /** The patient speaks over the agent: what is still queued is not heard. */
  #interrupted = false;
  #sbar = '';
  #over = false;

  constructor(
    options: TextCallOptions,
    stream: ClientDuplexStream<GatewayEvent, GatewayCommand>,
    finish: (result: TextCallResult) => void,
  ) {
    this.#options = options;
    this.#stream = stream;
    this.#finish = finish;
    this.#progress = noProgress(options.persona);
  }

  begin(reject: (error: unknown) => void): void {
    this.#stream.on('data', (command: GatewayCommand) => this.#obey(command));
    this.#stream.on('error', (error) => {
      if (!this.#over) reject(error);
    });
    this.#send({
      $case: 'callStarted',
      value: {
        patientId: this.#options.persona.patientId,
        protocolId: '',
        transport: 'text',
        carrierCallId: this.#callId,
        modelVersions: {},
      },
    });
  }

  #obey({ command }: GatewayCommand): void {
    switch (command?.$case) {
      case 'speak':
        this.#play(command.value);
        return;
      case 'listen':
        // A hang-up or transfer of the same turn comes right behind it.
        setImmediate(() => this.#answer());
        return;
      case 'hangUp':
        this.#end('agent-hung-up');
        return;
      case 'transfer':
        this.#sbar = command.value.sbar;
        this.#end('transferred');
        return;
      case 'stop':
      case 'hold':
      case 'recording':
      case undefined:
        return;
    }
  }

  #play({ sentenceId, text, interruptible }: Speak): void {
    const cutShort = this.#interrupted;
    const interruption =
      interruptible && !cutShort
        ? chooseInterruption(this.#options.persona, this.#progress, text)
        : undefined;
    const words = text.split(' ');
    const played = cutShort
      ? ''
      : interruption
        ? words.slice(0, Math.ceil(words.length / 2)).join(' ')
        : text;
    const playedMs = played.length * 60;
    this.#mediaMs += playedMs;
    if (played !== '') {
      this.#said.push(played);
      this.#lines.push({ speaker: 'agent', text: played });
    }
    if (interruption) {
      this.#progress = interruption.progress;
      this.#interrupted = true;
      this.#send({ $case: 'bargeIn', value: { sentenceId, playedMs, yieldMs: 0 } });
    }
    this.#send({
      $case: 'played',
      value: { sentenceId, playedText: played, playedMs, complete: played === text, started: false },
    });
    if (interruption) setImmediate(() => this.#say(interruption.line));
  }

  #answer(): void {
    if (this.#over || this.#interrupted) return;
    if (++this.#turns > (this.#options.maxTurns ?? 120)) {
      this.#end('too-long');
      return;
    }
    const { move, progress } = chooseAnswer(this.#options.persona, this.#progress, this.#said.join(' '));
    this.#progress = progress;
    if (move.kind === 'hang-up') this.#end('patient-hung-up');
    else this.#say(move.line);
  }

  #say(line: string): void {
    this.#interrupted = false;
    const text = intendedText(line);
    const startedMs = this.#mediaMs;
    this.#mediaMs += text.length * 60;
    this.#said = [];
    this.#lines.push({ speaker: 'patient', text });
    const utterance: Utterance = {
      utteranceId: `u${String(this.#lines.length)}`,
      text,
      words: text.split(' ').map((word) => ({
        text: word,
        confidence: 1,
        startMs: startedMs,
        endMs: this.#mediaMs,
        alternatives: [],
      })),
      alternatives: [],
      confidence: 1,
      startedMs,
      endedMs: this.#mediaMs,
      ...this.#options.hear?.(line),
    };
    this.#send({ $case: 'heardFinal', value: { utterance, endOfTurnReason: 'text' } });
  }

  #end(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#send({ $case: 'callEnded', value: { reason } });
    this.#stream.end();
    const result = { callId: this.#callId, lines: this.#lines, ended: reason, sbar: this.#sbar };
    // The orchestrator closes its side once the end is in the log.
    this.#stream.once('end', () => this.#finish(result));
  }

  #send(event: NonNullable<GatewayEvent['event']>): void {
    this.#stream.write({ callId: this.#callId, sequence: ++this.#sequence, mediaMs: this.#mediaMs, event });
  }
}
