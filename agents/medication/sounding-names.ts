import { writtenSpan } from '../spoken/tokens.js';
import { claim, isFree } from './claimed-words.js';
import { isSameMedicine } from './look-alikes.js';
import {
  areNoEnglish,
  cannotBegin,
  isBarrier,
  isFunctionWord,
  isOdd,
  isPersonAt,
  isWhereMedicineStands,
} from './medicine-place.js';
import type { Hearing, Mention } from './mention.js';
import type { SoundMatch } from './name-index.js';
import { judgeSounding } from './sounding-certainty.js';

/** A name that was heard in other words is looked for in at most this many of them. */
export const MAX_WINDOW = 4;

/** Phonemes from which on everyday words seldom sound like a name by accident. */
const LONG_NAME = 7;
/** Words of an answer that holds little beside the name. */
const SHORT_ANSWER = 4;
/** Names beyond the knowledge base need a better fit: there are many of them. */
const FURTHER_FLOOR = 0.86;
/** And must sound better by this much than any name of the knowledge base. */
const FURTHER_LEAD = 0.02;

interface Window {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly SoundMatch[];
  readonly rank: number;
}

/** Names that free words sound like, best fit first; claims their words in `taken`. */
export function soundingNames(hearing: Hearing, taken: boolean[]): Mention[] {
  const { tokens } = hearing;
  const odd = tokens.map((token, at) => isOdd(token, hearing.frequencies) && !isPersonAt(tokens, at));
  const onChart = new Set(hearing.chart.map((name) => name.canonical));
  const windows: Window[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    if (cannotBegin(tokens[start]?.text ?? '')) continue;
    for (let end = start + 1; end <= Math.min(tokens.length, start + MAX_WINDOW); end += 1) {
      const last = tokens[end - 1];
      if (!last || taken[end - 1] || isBarrier(last.text)) break;
      const matches = matchesOf(hearing, start, end, odd, onChart);
      const best = matches[0];
      if (best) {
        const prior = onChart.has(best.name.canonical) ? 0.04 : 0;
        windows.push({ start, end, matches, rank: best.score + prior + 0.004 * (end - start) });
      }
      if (last.endsClause) break;
    }
  }
  windows.sort((a, b) => b.rank - a.rank);
  return windows.flatMap(({ start, end, matches }) => {
    if (!isFree(taken, start, end)) return [];
    claim(taken, start, end);
    return [judgeSounding(hearing, start, end, writtenSpan(tokens, start, end), matches)];
  });
}

/** Matches of a window that are good enough for how much it looks like a medicine. */
function matchesOf(
  hearing: Hearing,
  start: number,
  end: number,
  odd: readonly boolean[],
  onChart: ReadonlySet<string>,
): SoundMatch[] {
  const { tokens, index } = hearing;
  const words = tokens.slice(start, end);
  const holdsOdd = odd.slice(start, end).some(Boolean);
  const awaited = hearing.expectsMedicine || isWhereMedicineStands(tokens, start, end);
  if (!holdsOdd && !awaited) return [];
  if (words.every((word) => isFunctionWord(word.text))) return [];
  const [chartFloor, otherFloor] = floors(holdsOdd, awaited);
  const heard = words.map((word) => word.text).join(' ');
  const known = index
    .soundingLike(heard, Math.min(chartFloor, otherFloor - 0.04))
    .filter((match) => match.name.phonemes.length >= 5 || match.score >= 0.9)
    // Everyday words often sound like a short name: "saw my" is not Soma.
    .filter(
      (match) =>
        holdsOdd || match.name.phonemes.length >= LONG_NAME || isPlaceOfShortName(hearing, start, end),
    )
    .filter((match) => {
      // A long name that fits is no accident of everyday words.
      const long = !holdsOdd && match.name.weight >= 8 ? 0.04 : 0;
      return match.score >= (onChart.has(match.name.canonical) ? chartFloor : otherFloor - long);
    });
  if (!areNoEnglish(words, hearing.frequencies) || !index.further) return known;
  const further = index.further
    .soundingLike(heard, FURTHER_FLOOR)
    .filter(({ name, score }) => name.phonemes.length >= 6 && score >= (known[0]?.score ?? 0) + FURTHER_LEAD)
    .filter(({ name }) => !known.some((match) => isSameMedicine(match.name, name)));
  return [...further.slice(0, 2), ...known];
}

/** "I take lay six", or an answer of a few words where a medicine was asked for. */
function isPlaceOfShortName({ tokens }: Hearing, start: number, end: number): boolean {
  return tokens.length <= SHORT_ANSWER || isWhereMedicineStands(tokens, start, end);
}

function floors(holdsOdd: boolean, awaited: boolean): [chart: number, other: number] {
  if (holdsOdd) return awaited ? [0.68, 0.74] : [0.76, 0.82];
  return [0.82, 0.9];
}
