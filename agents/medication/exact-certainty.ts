import { writtenSpan } from '../spoken/tokens.js';
import { meanConfidence, roundConfidence } from './confidence.js';
import { isSameMedicine, lookAlikeOnChart } from './look-alikes.js';
import type { Candidate, Hearing, Mention } from './mention.js';
import type { MedicineName } from './name-index.js';

/** Below this mean word probability even an exact name is read back. */
const SURE_WORD = 0.6;
/** A name that the agent has just said needs less. */
const SURE_JUST_ASKED_WORD = 0.45;
/** The recogniser is told the chart's names and hears them too readily: one of them needs more. */
const SURE_CHARTED_WORD = 0.75;
/** And more again where another name is known to be confused with it. */
const SURE_CONFUSED_WORD = 0.85;
/** A rare name that sounds so much like a name of the knowledge base is asked for. */
const SOUNDS_LIKE_COMMON = 0.84;

/** The mention of a name that stands exactly in the words from `start` to before `end`. */
export function judgeExact(hearing: Hearing, start: number, end: number, name: MedicineName): Mention {
  const words = hearing.tokens.slice(start, end);
  const heard = writtenSpan(hearing.tokens, start, end);
  const certain = meanConfidence(words);
  const confirmed = hearing.confirmed.has(name.canonical);
  const own: Candidate = { name, confidence: roundConfidence(Math.min(0.99, 0.6 * certain + 0.39)) };
  if (confirmed) return { start, end, heard, certainty: 'sure', candidates: [{ name, confidence: 0.98 }] };
  const rival = lookAlikeOnChart(name, hearing.chart, hearing.lookAlikes);
  if (rival && hearing.confirmed.has(rival.canonical)) {
    return { start, end, heard, certainty: 'sure', candidates: [{ name: rival, confidence: 0.96 }] };
  }
  if (rival) {
    return between(name, rival, start, end, heard, certain);
  }
  // A rare name written by the recogniser may be its spelling of a common one.
  const common = name.unknown && name.weak ? commonNameLike(hearing, name) : undefined;
  if (common) return between(name, common, start, end, heard, certain);
  if (certain >= sureWordOf(hearing, name))
    return { start, end, heard, certainty: 'sure', candidates: [own] };
  const others = hearing.index
    .soundingLike(heard, 0.72)
    .filter((match) => match.name.canonical !== name.canonical)
    .slice(0, 2)
    .map((match) => ({ name: match.name, confidence: roundConfidence(match.score * (1 - certain) * 0.5) }));
  return { start, end, heard, certainty: 'near', candidates: [own, ...others] };
}

/** How sure the words of an exact name must be for it to be taken unasked. */
function sureWordOf(hearing: Hearing, name: MedicineName): number {
  if (hearing.justAsked.has(name.canonical)) return SURE_JUST_ASKED_WORD;
  const charted = hearing.chart.some((other) => other.canonical === name.canonical);
  if (!charted) return SURE_WORD;
  return hearing.lookAlikes.has(name) ? SURE_CONFUSED_WORD : SURE_CHARTED_WORD;
}

/** Two names that the words could stand for: what was heard goes first, and neither is taken unasked. */
function between(
  name: MedicineName,
  rival: MedicineName,
  start: number,
  end: number,
  heard: string,
  certain: number,
): Mention {
  const share = certain >= 0.85 ? 0.65 : 0.5;
  const candidates = [
    { name, confidence: share },
    { name: rival, confidence: roundConfidence(0.95 - share) },
  ];
  return { start, end, heard, certainty: 'ambiguous', candidates };
}

function commonNameLike(hearing: Hearing, name: MedicineName): MedicineName | undefined {
  return hearing.index
    .soundingLike(name.written, SOUNDS_LIKE_COMMON)
    .find((match) => !match.name.unknown && !isSameMedicine(match.name, name))?.name;
}
