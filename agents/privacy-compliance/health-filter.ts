import type { HealthWordKind, HealthWords } from '../../clinical-kb/privacy/privacy-rules.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { compilePhrase, PhraseIndex, wordsBetween } from '../language/phrase.js';
import { everydayWords } from '../language/word-frequencies.js';
import { readText, type Reading } from '../language/reading.js';

/** A word that makes a sentence health information. */
export interface HealthMention {
  readonly words: string;
  /** chart: the word stands in this patient's chart. */
  readonly kind: HealthWordKind | 'chart';
}

/** Finds health information in a sentence, by a word list and by the patient's own chart. */
export class HealthFilter {
  readonly #index: PhraseIndex<HealthWordKind>;

  /** @throws AsterismError KNOWLEDGE_INVALID */
  constructor({ categories }: HealthWords) {
    this.#index = new PhraseIndex(
      categories.flatMap(({ kind, words }) =>
        words.map((source) => {
          try {
            return { phrase: compilePhrase(source, {}), meaning: kind };
          } catch (thrown) {
            throw new AsterismError(
              'KNOWLEDGE_INVALID',
              `privacy/health-words.yaml: categories ${kind}: "${source}": ${messageOf(thrown)}`,
            );
          }
        }),
      ),
    );
  }

  mentionsIn(text: string, patient: Patient | undefined): HealthMention[] {
    const reading = readText(text);
    const listed = this.#index
      .find(reading)
      .map(({ meaning, from, to }) => ({ kind: meaning, words: wordsBetween(reading, from, to) }));
    return [...chartMentions(reading, patient), ...listed];
  }
}

/**
 * Words that give nothing away although a chart holds them: the 250 that are said most often ("your", "first",
 * "name"; no word of health is among them), and the names of places and people of care.
 */
const common = new Set([
  ...everydayWords(250),
  ...[
    'care',
    'team',
    'nurse',
    'doctor',
    'clinic',
    'hospital',
    'health',
    'medical',
    'office',
    'center',
    'building',
  ],
  ...['street', 'floor', 'suite', 'room', 'main', 'north', 'south', 'east', 'west', 'home', 'call'],
  ...['none', 'known', 'type', 'stage', 'left', 'right', 'other', 'acute', 'chronic', 'once'],
]);

function chartMentions(reading: Reading, patient: Patient | undefined): HealthMention[] {
  if (!patient) return [];
  const entries = [
    ...patient.conditions,
    ...patient.allergies,
    ...patient.medications.flatMap(({ name, purpose }) => [name, purpose]),
    ...patient.labs.map(({ name }) => name),
    // Not the place: a clinic's name is what the caller hears as the organisation that is calling.
    ...patient.appointments.map((appointment) => appointment.with),
  ];
  const words = new Set(
    entries
      .flatMap((entry) => readText(entry).tokens.map(({ text }) => text))
      .filter((word) => word.length > 3 && !common.has(word)),
  );
  return reading.tokens.flatMap(({ text }) =>
    words.has(text) ? [{ kind: 'chart' as const, words: text }] : [],
  );
}
