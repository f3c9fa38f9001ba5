import type { Token } from '../spoken/tokens.js';
import { claim, isFree } from './claimed-words.js';
import { judgeExact } from './exact-certainty.js';
import { LookAlikes } from './look-alikes.js';
import { isBarrier, isFunctionWord, isWhereMedicineStands } from './medicine-place.js';
import type { Hearing, Mention } from './mention.js';
import type { MedicineName, NameIndex } from './name-index.js';

/** From here on words around a further name make it a piece of a name of the knowledge base. */
const PART_OF_KNOWN = 0.86;

/** The names that stand in the words exactly: for sentences of the agent and for earlier turns. */
export function exactMentions(tokens: readonly Token[], index: NameIndex): Mention[] {
  const hearing: Hearing = {
    tokens,
    alternatives: [],
    index,
    frequencies: new Map(),
    chart: [],
    expectsMedicine: false,
    confirmed: new Set(),
    confirmedEarlier: new Set(),
    lookAlikes: LookAlikes.none,
    justAsked: new Set(),
  };
  return exactNames(hearing, new Array<boolean>(tokens.length).fill(false));
}

/** Names that stand in the words exactly, longest first; claims their words in `taken`. */
export function exactNames(hearing: Hearing, taken: boolean[]): Mention[] {
  const { tokens, index } = hearing;
  const mentions: Mention[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    for (let length = Math.min(index.longestName, tokens.length - start); length > 0; length -= 1) {
      const end = start + length;
      if (!isFree(taken, start, end)) continue;
      const name = exactName(tokens, start, end, index);
      if (!name || (name.unknown && isPartOfKnown(hearing, taken, start, end))) continue;
      if (name.weak && !hearing.expectsMedicine && !isWhereMedicineStands(tokens, start, end)) continue;
      claim(taken, start, end);
      // "metoprolol tartrate": the salt or the form belongs to the name and names nothing itself.
      if (saltsAndForms.has(tokens[end]?.text ?? '') && !tokens[end - 1]?.endsClause)
        claim(taken, end, end + 1);
      mentions.push(judgeExact(hearing, start, end, name));
      break;
    }
  }
  return mentions;
}

/** "I be profen": a further name may be a piece of a longer one of the knowledge base that was heard in pieces. */
function isPartOfKnown(hearing: Hearing, taken: readonly boolean[], start: number, end: number): boolean {
  const { tokens, index } = hearing;
  for (let from = Math.max(0, start - 2); from <= start; from += 1) {
    for (let to = end; to <= Math.min(tokens.length, end + 2); to += 1) {
      if (to - from === end - start || !isFree(taken, from, to)) continue;
      const words = tokens.slice(from, to);
      if (words.some((word, at) => isBarrier(word.text) || (word.endsClause && at < words.length - 1)))
        continue;
      const [best] = index.soundingLike(words.map((word) => word.text).join(' '), PART_OF_KNOWN);
      if (best && !best.name.unknown) return true;
    }
  }
  return false;
}

const saltsAndForms = new Set(
  (
    'tartrate succinate sodium hydrochloride hcl potassium calcium besylate maleate mesylate fumarate citrate sulfate ' +
    'acetate bromide phosphate er xr xl sr dr ec la cr gel cream ointment patch inhaler injection'
  ).split(' '),
);

function exactName(
  tokens: readonly Token[],
  start: number,
  end: number,
  index: NameIndex,
): MedicineName | undefined {
  const words = tokens.slice(start, end);
  if (words.slice(0, -1).some((word) => word.endsClause)) return undefined;
  const key = words.map((word) => word.text).join(' ');
  const name = index.exact(key) ?? index.exact(key.replace(/'?s$/, ''));
  if (name) return name;
  // "ny quil" written apart; single letters are left to spelling, and "no salt" is not NoSalt.
  if (words.length === 1 || words.some(({ text }) => text.length < 2 || isFunctionWord(text)))
    return undefined;
  const joined = index.exact(words.map((word) => word.text).join(''));
  return joined?.words === 1 ? joined : undefined;
}
