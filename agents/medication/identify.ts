import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { tokensOfText, writtenSpan, type Token } from '../spoken/tokens.js';
import type { WordFrequencies } from '../language/word-frequencies.js';
import { isSameMedicine, lookAlikeOnChart, LookAlikes } from './look-alikes.js';
import {
  endsPhrase,
  followsTaking,
  isBarrier,
  isDoseAt,
  isFunctionWord,
  areNoEnglish,
  cannotBegin,
  isNoEnglish,
  isOdd,
  isPersonAt,
  isWhereMedicineStands,
} from './medicine-place.js';
import type { MedicineName, NameIndex, SoundMatch } from './name-index.js';
import { phonemesOf, soundSimilarity } from './phonemes.js';
import { spelledNames } from './spelled.js';

/** How sure it is which medicine was named. */
export type Certainty =
  /** Heard surely and exactly. */
  | 'sure'
  /** One medicine sounds like it; it must be read back. */
  | 'near'
  /** Two or more could be meant; they must be told apart. */
  | 'ambiguous'
  /** It stands where a medicine stands, and no known name is like it. */
  | 'unknown';

/** A medicine named, or perhaps named, in what was heard. */
export interface Mention {
  readonly start: number;
  /** Index after its last word. */
  readonly end: number;
  readonly heard: string;
  readonly certainty: Certainty;
  /** Most probable first; empty when unknown. */
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  readonly name: MedicineName;
  /** Probability from 0 to 1. */
  readonly confidence: number;
}

/** What identification leans on. */
export interface Hearing {
  readonly tokens: readonly Token[];
  readonly alternatives: Utterance['alternatives'];
  readonly index: NameIndex;
  readonly frequencies: WordFrequencies;
  /** Names on this patient's chart. */
  readonly chart: readonly MedicineName[];
  /** True while the agent waits for a medicine's name or list. */
  readonly expectsMedicine: boolean;
  /** Ingredients or products that the patient already confirmed in this exchange. */
  readonly confirmed: ReadonlySet<string>;
  /** Those confirmed earlier in the call: a name that sounds like one of them is not asked for again. */
  readonly confirmedEarlier: ReadonlySet<string>;
  readonly lookAlikes: LookAlikes;
  /** What the agent named in its last sentence. */
  readonly justAsked: ReadonlySet<string>;
}

/** Below this mean word probability even an exact name is read back. */
const SURE_WORD = 0.6;
/** A name that the agent has just said needs less. */
const SURE_JUST_ASKED_WORD = 0.45;
/** The recogniser is told the chart's names and hears them too readily: one of them needs more. */
const SURE_CHARTED_WORD = 0.75;
/** And more again where another name is known to be confused with it. */
const SURE_CONFUSED_WORD = 0.85;
/** A second name this close to the first one makes a mention ambiguous. */
const RIVAL_MARGIN = 0.07;
const MAX_WINDOW = 4;
/** Phonemes from which on everyday words seldom sound like a name by accident. */
const LONG_NAME = 7;
/** Words of an answer that holds little beside the name. */
const SHORT_ANSWER = 4;
/** A rare name that sounds so much like a name of the knowledge base is asked for. */
const SOUNDS_LIKE_COMMON = 0.84;
/** From here on words around a further name make it a piece of a name of the knowledge base. */
const PART_OF_KNOWN = 0.86;
/** Names beyond the knowledge base need a better fit: there are many of them. */
const FURTHER_FLOOR = 0.86;
/** And must sound better by this much than any name of the knowledge base. */
const FURTHER_LEAD = 0.02;
/** An alternative of the recogniser below this is noise. */
const ALTERNATIVE_FLOOR = 0.15;

/** Finds the medicines in an utterance, in the order in which they were said. */
export function identify(hearing: Hearing): Mention[] {
  const taken = new Array<boolean>(hearing.tokens.length).fill(false);
  const mentions = [...spelled(hearing, taken), ...exactNames(hearing, taken)];
  mentions.push(...soundingNames(hearing, taken));
  addAlternatives(hearing, mentions, taken);
  mentions.push(...unknownNames(hearing, taken));
  return mentions.sort((a, b) => a.start - b.start);
}

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

// --- spelled and exact names -------------------------------------------------------------------

function spelled(hearing: Hearing, taken: boolean[]): Mention[] {
  return spelledNames(hearing.tokens).flatMap(({ start, end, letters }): Mention[] => {
    const heard = writtenSpan(hearing.tokens, start, end);
    const exact = hearing.index.exact(letters);
    const near = exact ? [] : hearing.index.soundingLike(letters, 0.7);
    if (!exact && near.length === 0) return [];
    claim(taken, start, end);
    if (exact)
      return [{ start, end, heard, certainty: 'sure', candidates: [{ name: exact, confidence: 0.97 }] }];
    return [judge(hearing, start, end, heard, near)];
  });
}

function exactNames(hearing: Hearing, taken: boolean[]): Mention[] {
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

function judgeExact(hearing: Hearing, start: number, end: number, name: MedicineName): Mention {
  const words = hearing.tokens.slice(start, end);
  const heard = writtenSpan(hearing.tokens, start, end);
  const certain = mean(words.map((word) => word.confidence));
  const confirmed = hearing.confirmed.has(name.canonical);
  const own: Candidate = { name, confidence: round(Math.min(0.99, 0.6 * certain + 0.39)) };
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
    .map((match) => ({ name: match.name, confidence: round(match.score * (1 - certain) * 0.5) }));
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
    { name: rival, confidence: round(0.95 - share) },
  ];
  return { start, end, heard, certainty: 'ambiguous', candidates };
}

function commonNameLike(hearing: Hearing, name: MedicineName): MedicineName | undefined {
  return hearing.index
    .soundingLike(name.written, SOUNDS_LIKE_COMMON)
    .find((match) => !match.name.unknown && !isSameMedicine(match.name, name))?.name;
}

// --- names by sound ----------------------------------------------------------------------------

interface Window {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly SoundMatch[];
  readonly rank: number;
}

function soundingNames(hearing: Hearing, taken: boolean[]): Mention[] {
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
    return [judge(hearing, start, end, writtenSpan(tokens, start, end), matches)];
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

function judge(
  hearing: Hearing,
  start: number,
  end: number,
  heard: string,
  matches: readonly SoundMatch[],
): Mention {
  const words = hearing.tokens.slice(start, end);
  const certain = mean(words.map((word) => word.confidence));
  const onChart = new Set(hearing.chart.map((name) => name.canonical));
  const scored = matches
    .map((match) => ({
      name: match.name,
      weight: match.score ** 12 * (onChart.has(match.name.canonical) ? 1.6 : 1),
      score: match.score,
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 4);
  const best = scored[0];
  if (!best) return { start, end, heard, certainty: 'unknown', candidates: [] };
  const chosen = scored.find((match) => hearing.confirmed.has(match.name.canonical));
  if (chosen) {
    return { start, end, heard, certainty: 'sure', candidates: [{ name: chosen.name, confidence: 0.96 }] };
  }
  if (hearing.confirmedEarlier.has(best.name.canonical) && best.score >= 0.8) {
    return { start, end, heard, certainty: 'sure', candidates: [{ name: best.name, confidence: 0.92 }] };
  }
  const total = scored.reduce((sum, match) => sum + match.weight, 0);
  const candidates = scored.map((match) => ({
    name: match.name,
    confidence: round((match.weight / total) * match.score * (0.75 + 0.15 * certain)),
  }));
  const rival = scored.find(
    (match) =>
      match !== best &&
      (match.score >= best.score - RIVAL_MARGIN ||
        (match.score >= 0.72 && hearing.lookAlikes.listed(best.name, match.name) !== undefined)),
  );
  return { start, end, heard, certainty: rival ? 'ambiguous' : 'near', candidates };
}

// --- what the recogniser also thought ----------------------------------------------------------

/** A medicine that only stands in an alternative of the recogniser makes the words it competes with unsure. */
function addAlternatives(hearing: Hearing, mentions: Mention[], taken: boolean[]): void {
  for (const { name, confidence, near } of alternativeNames(hearing)) {
    if (mentions.some((mention) => mention.candidates.some((c) => c.name.canonical === name.canonical)))
      continue;
    const at = mentions.findIndex((mention) =>
      near === undefined
        ? soundSimilarity(phonemesOf(mention.heard), name.phonemes) >= 0.5
        : near >= mention.start && near < mention.end,
    );
    const mention = mentions[at];
    if (mention) {
      if (hearing.confirmed.has(mention.candidates[0]?.name.canonical ?? '')) continue;
      const candidates = [...mention.candidates, { name, confidence: round(Math.min(0.5, confidence)) }];
      mentions[at] = {
        ...mention,
        certainty: mention.candidates.length === 0 ? 'near' : 'ambiguous',
        candidates,
      };
      continue;
    }
    const place = near === undefined ? bestPlace(hearing, name, taken) : { start: near, end: near + 1 };
    if (!place || !isFree(taken, place.start, place.end)) continue;
    claim(taken, place.start, place.end);
    mentions.push({
      ...place,
      heard: writtenSpan(hearing.tokens, place.start, place.end),
      certainty: 'near',
      candidates: [{ name, confidence: round(Math.min(0.6, 0.3 + confidence / 2)) }],
    });
  }
}

interface AlternativeName {
  readonly name: MedicineName;
  readonly confidence: number;
  /** The word it was an alternative of; undefined for a reading of the whole. */
  readonly near: number | undefined;
}

function alternativeNames(hearing: Hearing): AlternativeName[] {
  const found: AlternativeName[] = [];
  hearing.tokens.forEach((token, near) => {
    for (const { text, confidence } of token.alternatives) {
      const name = hearing.index.exact(text.toLowerCase().replace(/[^\p{L}\p{N}' -]/gu, ''));
      if (name && confidence >= ALTERNATIVE_FLOOR) found.push({ name, confidence, near });
    }
  });
  for (const alternative of hearing.alternatives.slice(0, 5)) {
    const tokens = tokensOfText(alternative.text);
    for (const mention of exactNames(
      { ...hearing, tokens, chart: [] },
      new Array<boolean>(tokens.length).fill(false),
    )) {
      const name = mention.candidates[0]?.name;
      // A probability of 0 is what a hearer writes that knows none.
      const confidence = alternative.confidence > 0 ? alternative.confidence : 0.3;
      if (name && confidence >= ALTERNATIVE_FLOOR) found.push({ name, confidence, near: undefined });
    }
  }
  return found;
}

/** Where in the best reading the name would have been said. */
function bestPlace(
  hearing: Hearing,
  name: MedicineName,
  taken: readonly boolean[],
): { start: number; end: number } | undefined {
  let best: { start: number; end: number; score: number } | undefined;
  for (let start = 0; start < hearing.tokens.length; start += 1) {
    for (let end = start + 1; end <= Math.min(hearing.tokens.length, start + MAX_WINDOW); end += 1) {
      if (!isFree(taken, start, end)) break;
      const heard = hearing.tokens.slice(start, end).map((token) => token.text);
      const score = soundSimilarity(phonemesOf(heard.join(' ')), name.phonemes);
      if (score >= 0.45 && score > (best?.score ?? 0)) best = { start, end, score };
    }
  }
  return best;
}

// --- names nobody knows ------------------------------------------------------------------------

/** A word that is no English, right where a medicine's name stands: "I take zorbitrex 20 mg". */
function unknownNames(hearing: Hearing, taken: boolean[]): Mention[] {
  const { tokens, frequencies } = hearing;
  return tokens.flatMap((token, at): Mention[] => {
    if (taken[at] || !isNoEnglish(token, frequencies) || isPersonAt(tokens, at)) return [];
    if (!followsTaking(tokens, at) || !(isDoseAt(tokens, at + 1) || endsPhrase(tokens, at))) return [];
    claim(taken, at, at + 1);
    return [
      {
        start: at,
        end: at + 1,
        heard: token.written.replace(/[^\p{L}\p{N}]+$/u, ''),
        certainty: 'unknown',
        candidates: [],
      },
    ];
  });
}

function isFree(taken: readonly boolean[], start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (taken[at]) return false;
  return true;
}

function claim(taken: boolean[], start: number, end: number): void {
  taken.fill(true, start, end);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
