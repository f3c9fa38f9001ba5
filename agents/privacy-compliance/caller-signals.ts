import type { PrivacySignals, Signal, SignalId } from '../../clinical-kb/privacy/privacy-rules.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { Verification, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { clausesOf } from '../language/clauses.js';
import { compilePhrase, PhraseIndex } from '../language/phrase.js';
import { readText, type Reading } from '../language/reading.js';
import { disguisedReadings } from './disguises.js';
import { saysNotThisPerson } from './names.js';
import { mayHear } from './permission.js';

/** Signals of somebody else than the person called for. */
export const otherPeople: ReadonlySet<SignalId> = new Set([
  'not-there',
  'relative',
  'minor',
  'claims-permission',
]);

const takesOver = / (?:this is|it is|i am) (?:her|his|their|the) /;

/** Finds what a caller signals about who is on the line and what they want. */
export class CallerSignals {
  readonly #signals: readonly Signal[];
  readonly #when: PhraseIndex<Signal>;
  readonly #unless: ReadonlyMap<SignalId, PhraseIndex<true>>;

  /** @throws AsterismError KNOWLEDGE_INVALID when a phrase cannot be read */
  constructor({ signals, lexicon }: PrivacySignals) {
    const compile = (id: string, source: string): ReturnType<typeof compilePhrase> => {
      try {
        return compilePhrase(source, lexicon);
      } catch (thrown) {
        throw new AsterismError(
          'KNOWLEDGE_INVALID',
          `privacy/signals.yaml: signal ${id}: "${source}": ${messageOf(thrown)}`,
        );
      }
    };
    this.#signals = signals;
    this.#when = new PhraseIndex(
      signals.flatMap((signal) =>
        signal.when.map((source) => ({ phrase: compile(signal.id, source), meaning: signal })),
      ),
    );
    this.#unless = new Map(
      signals.map((signal) => [
        signal.id,
        new PhraseIndex(
          signal.unless.map((source) => ({ phrase: compile(signal.id, source), meaning: true as const })),
        ),
      ]),
    );
  }

  /** In the file's order: the first decides. */
  find(request: ReviewRequest): readonly Signal[] {
    const text = request.heard?.text ?? '';
    const reading = readText(text);
    if (reading.tokens.length === 0) return [];
    const verified = request.context?.verification === Verification.VERIFIED;
    const found = new Set(this.#saidIn(reading, request));
    for (const disguise of disguisedReadings(text, request.context)) {
      for (const signal of this.#saidIn(disguise.reading, request, disguise.newFrom)) {
        if (signal.id === 'injection') found.add(signal);
      }
    }
    const unknownName = !verified && saysNotThisPerson(reading, request);
    // A verified patient talks of relatives all the time; only somebody who takes the telephone is another person.
    const takes = !verified || takesOver.test(reading.text);
    const permitted = mayHear(request, reading);
    return this.#signals.filter(
      (signal) =>
        (found.has(signal) || (unknownName && signal.id === 'wrong-person')) &&
        !(otherPeople.has(signal.id) && (!takes || permitted)),
    );
  }

  /** @param newFrom signals that end before this token were said in an earlier turn */
  #saidIn(reading: Reading, request: ReviewRequest, newFrom = 0): Signal[] {
    const verified = request.context?.verification === Verification.VERIFIED;
    const clauses = clausesOf(reading);
    return this.#when
      .find(reading)
      .filter(({ meaning, from, to }) => {
        if (to <= newFrom) return false;
        if (verified ? meaning['before-verified-only'] : meaning['verified-only']) return false;
        if (meaning['recorded-only'] && request.context?.recordingConsented !== true) return false;
        const sentence = clauses.sentenceOf(from);
        return !(this.#unless.get(meaning.id)?.find(reading) ?? []).some(
          (one) => one.from >= sentence.from && one.to <= sentence.to,
        );
      })
      .map(({ meaning }) => meaning);
  }
}
