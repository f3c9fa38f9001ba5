import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import {
  otherReadings,
  readText,
  readUtterance,
  type OtherReading,
  type Reading,
} from '../language/reading.js';
import type { Setting } from './assertion.js';
import { lastExchange, memoryOf, type CallMemory, type Exchange } from './call-memory.js';
import type { RuleBook, Sign } from './rule-book.js';
import { isEmergency, weigh, type Background, type Weighed } from './triage.js';

/** Everything one look needs, read once. */
export interface Look {
  readonly heard: Reading;
  readonly request: ReviewRequest;
  readonly memory: CallMemory;
  readonly exchange: Exchange;
  readonly setting: Setting;
  readonly background: Background;
  readonly signs: readonly Sign[];
  /** Most urgent first. */
  readonly weighed: readonly Weighed[];
}

const teachBackWords =
  / (?:in your own words|own words|what would you do|what will you do|when would you|when should you|when will you|tell me back|warning signs|what are the signs|what signs|say back|repeat back|teach) /;

/** Reads a request: what was said, what went before, and which signs are in it. */
export function readLook(request: ReviewRequest, book: RuleBook): Look {
  const utterance = request.heard;
  const heard = utterance ? readUtterance(utterance) : readText('');
  const memory = memoryOf(request.context, new Set(book.rules.map(({ id }) => id)));
  const exchange = lastExchange(request.context?.history ?? [], utterance?.text ?? '');
  const setting = {
    teachBack:
      (request.context?.itemId ?? '').includes('teach') || teachBackWords.test(readText(exchange.agent).text),
  };
  const background: Background = {
    groups: book.groups.of(request.patient, [...patientsWords(request), heard.text]),
    raised: new Set(memory.raised.keys()),
    settled: memory.settled,
  };
  const named = book.signsOf(heard, setting);
  const doubtful = utterance ? heardPerhaps(otherReadings(utterance), named, setting, book) : [];
  const signs = [...named, ...doubtful];
  const weighed = weigh(signs, book.rules, background);
  return { heard, request, memory, exchange, setting, background, signs, weighed };
}

/** What the patient said before, normalised. */
function patientsWords({ context }: ReviewRequest): string[] {
  return (context?.history ?? [])
    .filter(({ speaker }) => speaker === 'patient')
    .map(({ text }) => readText(text).text);
}

/** Emergencies that are only in another reading of what was said: worth a question, never an alarm. */
function heardPerhaps(
  others: readonly OtherReading[],
  named: readonly Sign[],
  setting: Setting,
  book: RuleBook,
): Sign[] {
  const found: Sign[] = [];
  for (const { reading, confidence } of others) {
    for (const sign of book.signsOf(reading, setting)) {
      const known =
        named.some(
          ({ rule, status }) =>
            rule === sign.rule && status !== 'hypothetical' && status !== 'unsure' && status !== 'absent',
        ) || found.some(({ rule }) => rule === sign.rule);
      if (known || !sign.certain || sign.status !== 'present' || !isEmergency(sign.rule.disposition))
        continue;
      found.push({ ...sign, certain: false, confidence });
    }
  }
  return found;
}
