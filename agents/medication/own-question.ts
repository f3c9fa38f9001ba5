import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import {
  Disposition,
  Verdict,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOf, tokensOfText } from '../spoken/tokens.js';
import { exactMentions } from './exact-names.js';
import type { MedicationMind } from './mind.js';
import type { MedicineName } from './name-index.js';
import { readHeard } from './read-heard.js';
import { purposeOf, readBack, sentences, type Voice } from './sentences.js';
import { no, yes } from '../spoken/yes-no.js';
import { dimensionOf } from './unit-question.js';

/** What an answer to the specialist's own question settles. */
export type Settled =
  /** The utterance before the question, with the names that are now sure. */
  | {
      readonly kind: 'confirmed';
      readonly utterance: Utterance;
      readonly names: ReadonlySet<string>;
      readonly reason: string;
    }
  /** Nothing is settled, or nothing more is to be asked. */
  | { readonly kind: 'review'; readonly review: Partial<Review> }
  /** The answer is a new statement, judged like any other. */
  | { readonly kind: 'new' };

/** Asked this often about one name, the rest is left to a nurse. */
const MOST_QUESTIONS = 2;

/** Interprets the patient's answer to a read-back or a question between two names or two numbers. */
export function settle(
  mind: MedicationMind,
  request: ReviewRequest,
  utterance: Utterance,
  voice: Voice,
): Settled {
  const history = request.context?.history ?? [];
  const askedAt = history.findLastIndex((turn) => turn.speaker === 'agent');
  const question = history[askedAt]?.text ?? '';
  const before = history.slice(0, Math.max(0, askedAt)).findLast((turn) => turn.speaker === 'patient');
  const asked = exactMentions(tokensOfText(question), mind.index).flatMap((mention) =>
    mention.candidates.slice(0, 1).map((candidate) => candidate.name),
  );
  const tokens = tokensOf(utterance);
  const text = tokens.map((token) => token.text).join(' ');
  const askedNames = new Set(asked.map((name) => name.canonical));

  const number = whichNumber(question, utterance, before?.text);
  if (number)
    return { kind: 'confirmed', utterance: number.utterance, names: askedNames, reason: number.reason };

  const strength = whichStrength(mind, question, utterance, before?.text);
  if (strength)
    return {
      kind: 'confirmed',
      utterance: strength,
      names: askedNames,
      reason: 'The patient said the strength.',
    };

  const measured = whichUnit(question, utterance, before?.text);
  if (measured)
    return {
      kind: 'confirmed',
      utterance: measured,
      names: askedNames,
      reason: 'The patient read the unit from the label.',
    };

  // A name in the answer outweighs its yes or no: "no, metformin".
  const said = readHeard(mind, request, utterance, voice, askedNames).named.map(({ mention }) => mention);
  const named = said.find(
    (mention) => mention.candidates[0] && askedNames.has(mention.candidates[0].name.canonical),
  );
  if (named && !no.test(text))
    return confirm(named.candidates[0]?.name, utterance, before?.text, 'The patient repeated');
  if (said.some((mention) => mention.certainty !== 'unknown')) return { kind: 'new' };

  const chosen = choose(asked, text, voice);
  if (chosen) return confirm(chosen, utterance, before?.text, 'The patient chose');
  if (yes.test(text) && asked.length === 1) {
    return confirm(asked[0], utterance, before?.text, 'The patient confirmed');
  }
  const first = asked[0];
  const questions = history.filter((turn) => turn.speaker === 'agent' && isOwnQuestion(turn.text)).length;
  if (questions >= MOST_QUESTIONS || (asked.length === 0 && !no.test(text))) return leave(asked);
  if (yes.test(text) && first) {
    return ask(
      readBack(voice, { name: first, confidence: 0.5 }, true),
      'Yes to a question between two names.',
    );
  }
  if (no.test(text)) return ask(sentences.spell, `The patient did not mean ${[...askedNames].join(' or ')}.`);
  return first
    ? ask(readBack(voice, { name: first, confidence: 0.5 }, true), 'The answer was neither yes nor no.')
    : leave(asked);
}

function isOwnQuestion(text: string): boolean {
  return /did you say|spell it for me|how many milligrams is one|please look at the label/i.test(text);
}

function confirm(
  name: MedicineName | undefined,
  utterance: Utterance,
  before: string | undefined,
  how: string,
): Settled {
  if (!name) return { kind: 'new' };
  return {
    kind: 'confirmed',
    utterance: before === undefined || before.trim() === '' ? utterance : plainUtterance(before),
    names: new Set([name.canonical]),
    reason: `${how} ${name.canonical}.`,
  };
}

/** "The first one", "the one for my blood pressure". */
function choose(asked: readonly MedicineName[], text: string, voice: Voice): MedicineName | undefined {
  if (asked.length < 2) return undefined;
  if (/\b(first|former)\b/.test(text)) return asked[0];
  if (/\b(second|latter|last)\b/.test(text)) return asked[1];
  const fitting = asked.filter((name) => {
    const known = voice.knowledge.medicines.get(name.ingredients[0] ?? '')?.purpose ?? '';
    const words = `${known} ${purposeOf(voice, name)}`
      .split(/\W+/)
      .filter((word) => word.length > 3 && !/^(your|help|take|that|with|from|keep)$/.test(word));
    return words.some((word) => text.includes(word));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The answer to "fifteen or fifty": the utterance before with the number that was meant. */
function whichNumber(
  question: string,
  answer: Utterance,
  before: string | undefined,
): { utterance: Utterance; reason: string } | undefined {
  const pair = /did you say (\d+(?:\.\d+)?),[^,]*, or (\d+(?:\.\d+)?),/.exec(question);
  if (!pair || before === undefined) return undefined;
  const choices = [Number(pair[1]), Number(pair[2])];
  const tokens = tokensOf(answer);
  const spoken = numbersIn(tokens);
  const digits = Number(spoken.map((number) => number.value).join(''));
  const meant =
    spoken.find((number) => choices.includes(number.value))?.value ??
    choices.find((choice) => choice === digits);
  if (meant === undefined) return undefined;
  const words = tokensOfText(before);
  const parts = words.map((word) => word.written);
  for (const number of [...numbersIn(words)].reverse()) {
    if (choices.includes(number.value)) parts.splice(number.start, number.end - number.start, String(meant));
  }
  return { utterance: plainUtterance(parts.join(' ')), reason: `The patient said ${meant}.` };
}

/** The answer to "how many milligrams": the utterance before with the strength put in. */
function whichStrength(
  mind: MedicationMind,
  question: string,
  answer: Utterance,
  before: string | undefined,
): Utterance | undefined {
  if (before === undefined || !/how many milligrams is one/i.test(question)) return undefined;
  const answered = tokensOf(answer);
  const mg = numbersIn(answered)[0]?.value ?? (/extra strength/i.test(answer.text) ? 500 : undefined);
  const words = tokensOfText(before);
  const mention = exactMentions(words, mind.index)[0];
  if (mg === undefined || !mention) return undefined;
  const parts = words.map((word) => word.written);
  parts.splice(mention.start, 0, `${mg} mg`);
  return plainUtterance(parts.join(' '));
}

/** The answer to "micrograms or milligrams": the utterance before with the unit, and the number, put right. */
function whichUnit(question: string, answer: Utterance, before: string | undefined): Utterance | undefined {
  if (before === undefined || !/please look at the label/i.test(question)) return undefined;
  const answered = tokensOf(answer);
  const offered = /but .* comes in (\w+)\./.exec(question)?.[1];
  const said = answered.find((token) => dimensionOf(token.text) !== undefined)?.text;
  const unit = said ?? (answered.some((token) => yes.test(token.text)) ? offered : undefined);
  if (unit === undefined) return undefined;
  const words = tokensOfText(before);
  const number = numbersIn(words).find(({ end }) => dimensionOf(words[end]?.text ?? '') !== undefined);
  if (!number) return undefined;
  const value = numbersIn(answered)[0]?.value ?? number.value;
  const parts = words.map((word) => word.written);
  parts.splice(number.start, number.end + 1 - number.start, `${value} ${unit}`);
  return plainUtterance(parts.join(' '));
}

function plainUtterance(text: string): Utterance {
  return { utteranceId: '', text, words: [], alternatives: [], confidence: 1, startedMs: 0, endedMs: 0 };
}

function ask(say: string, reason: string): Settled {
  return {
    kind: 'review',
    review: {
      verdict: Verdict.ASK,
      disposition: Disposition.NONE,
      say,
      reason,
      confidence: 0.5,
      relevant: true,
    },
  };
}

/** The name stays open: recorded as not confirmed, never guessed. */
function leave(asked: readonly MedicineName[]): Settled {
  return {
    kind: 'review',
    review: {
      verdict: Verdict.ADVISE,
      disposition: Disposition.WITHIN_DAYS,
      say: sentences.leaveToNurse,
      entities: [
        {
          kind: 'medication',
          heard: '',
          name: '',
          confidence: 0,
          alternatives: asked.map((name) => name.canonical),
          unit: '',
          negated: false,
          experiencer: 'patient',
        },
      ],
      reason: 'Asked and not settled; the medicine stays unconfirmed for a nurse.',
      confidence: 0.5,
      relevant: true,
    },
  };
}
