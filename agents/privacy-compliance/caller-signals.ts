import type { PrivacySignals, Signal, SignalId } from '../../clinical-kb/privacy/privacy-rules.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { Verification, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { clausesOf } from '../language/clauses.js';
import { compilePhrase, PhraseIndex } from '../language/phrase.js';
import { readText, type Reading } from '../language/reading.js';
import { disguisedReadings } from './disguises.js';
import { Handovers, patientSpeaks, type Handover } from './handover.js';
import { saysNotThisPerson } from './names.js';
import { isPermitted, namedIn, permittedOnFile } from './permission.js';
import { isAnother, isPerson, otherPeople, type Speaker } from './speaker.js';

const takesOver = / (?:this is|it is|i am) (?:her|his|their|the) /;

/** Finds what a caller signals about who is on the line and what they want. */
export class CallerSignals {
  readonly #signals: readonly Signal[];
  readonly #relations: readonly string[];
  readonly #handovers: Handovers;
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
    this.#relations = lexicon['relative'] ?? [];
    this.#handovers = new Handovers(this.#relations);
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

  /** Who had the telephone before this turn, by what was found and by what was said since. */
  speakerBefore(request: ReviewRequest): Speaker {
    const { context } = request;
    const found = (context?.findings ?? [])
      .filter(({ kind }) => kind === 'identity')
      .map(({ subjects }) => subjects);
    const verified = context?.verification === Verification.VERIFIED;
    let speaker: Speaker = {
      person: found.findLast(([id]) => isPerson(id as SignalId))?.[0] as SignalId | undefined,
      permitted: [
        ...permittedOnFile(context),
        ...found.flatMap(([id, ...named]) => (verified && id === 'permission-given' ? named : [])),
      ],
      optedOut: found.some((subjects) => subjects.includes('opt-out')),
    };
    for (const { speaker: who, text } of context?.history ?? []) {
      if (who !== 'patient') continue;
      const ids = this.#inTurn(text, request, speaker).map(({ id }) => id);
      speaker = {
        ...speaker,
        person: ids.find(isPerson) ?? speaker.person,
        permitted: ids.includes('permission-given')
          ? [...speaker.permitted, ...namedIn(text, this.#relations)]
          : speaker.permitted,
      };
    }
    return speaker;
  }

  /** In the file's order: the first decides. */
  find(request: ReviewRequest, before: Speaker): readonly Signal[] {
    const text = request.heard?.text ?? '';
    if (readText(text).tokens.length === 0) return [];
    const found = new Set(this.#inTurn(text, request, before));
    for (const disguise of disguisedReadings(text, request.context)) {
      for (const signal of this.#saidIn(disguise.reading, request, disguise.newFrom)) {
        if (signal.id === 'injection') found.add(signal);
      }
    }
    return this.#signals.filter((signal) => found.has(signal));
  }

  #inTurn(text: string, request: ReviewRequest, before: Speaker): Signal[] {
    const { patient, context } = request;
    const reading = readText(text);
    const verified = context?.verification === Verification.VERIFIED;
    const found = new Set(this.#saidIn(reading, request).map(({ id }) => id));
    const handover = this.#handover(text, request);
    if (handover) found.add('relative');
    if (!verified && saysNotThisPerson(reading, request)) found.add('wrong-person');
    if (isAnother(before) && !handover && patientSpeaks(text, patient)) found.add('patient-back');
    // Whoever took the telephone cannot permit anything to themselves.
    if (isAnother(before) || handover?.kind === 'taken') found.delete('permission-given');
    const permitted = found.has('permission-given')
      ? [...before.permitted, ...namedIn(text, this.#relations)]
      : before.permitted;
    // A verified patient talks of relatives all the time; only somebody who takes the telephone is another person.
    const takes = !verified || handover !== undefined || takesOver.test(reading.text);
    if (!takes || isPermitted(handover?.words ?? reading.text, permitted)) {
      for (const id of otherPeople) found.delete(id);
    }
    return this.#signals.filter(({ id }) => found.has(id));
  }

  /** Before anybody is identified a name may be the patient's own, heard badly: only a relation counts. */
  #handover(text: string, { patient, context }: ReviewRequest): Handover | undefined {
    const handover = this.#handovers.find(text, patient);
    const relation = this.#relations.some((one) => handover?.words.includes(` ${one} `));
    return context?.verification === Verification.VERIFIED || relation ? handover : undefined;
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
