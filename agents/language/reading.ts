import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';

/** One normalised word or punctuation mark of a reading. */
export interface Token {
  /** Lower case, contractions opened ("can't" gives can, not); punctuation is one of . ? , */
  readonly text: string;
  /** Probability from 0 to 1 that the word was said. */
  readonly confidence: number;
  /** Index of the token's first character in Reading.text. */
  readonly offset: number;
}

/** Text in the form that phrases are matched against. */
export interface Reading {
  /** The tokens with one space before, between and after them. */
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** Contractions that do not follow the general rules below, with and without the apostrophe that recognisers drop. */
const contractions: Readonly<Record<string, string>> = {
  "can't": 'can not',
  cant: 'can not',
  cannot: 'can not',
  "won't": 'will not',
  wont: 'will not',
  "ain't": 'am not',
  aint: 'am not',
  dont: 'do not',
  doesnt: 'does not',
  didnt: 'did not',
  havent: 'have not',
  hasnt: 'has not',
  hadnt: 'had not',
  isnt: 'is not',
  arent: 'are not',
  wasnt: 'was not',
  werent: 'were not',
  couldnt: 'could not',
  wouldnt: 'would not',
  shouldnt: 'should not',
  im: 'i am',
  ive: 'i have',
  hes: 'he is',
  shes: 'she is',
  theyre: 'they are',
  youre: 'you are',
  weve: 'we have',
  thats: 'that is',
  theres: 'there is',
  whats: 'what is',
  "let's": 'let us',
  gonna: 'going to',
  gotta: 'got to',
  wanna: 'want to',
  kinda: 'kind of',
  sorta: 'sort of',
  "ma'am": 'maam',
  ok: 'okay',
  ya: 'yes',
  yeah: 'yes',
  yep: 'yes',
  yup: 'yes',
  nope: 'no',
  nah: 'no',
};

const fillers = new Set(['um', 'uh', 'uhh', 'umm', 'er', 'erm', 'hmm', 'ah', 'oh']);

/** Endings that open into a word of their own; 's is taken as "is" only after words that cannot own anything here. */
const subjectsBeforeIs = new Set([
  'it',
  'he',
  'she',
  'that',
  'there',
  'what',
  'who',
  'where',
  'how',
  'here',
  'everything',
  'nothing',
  'something',
]);

/** Normalises plain text; every word gets the same confidence. */
export function readText(text: string, confidence = 1): Reading {
  return assemble(tokensOf(text).map((token) => [token, confidence]));
}

/** Normalises the best reading of an utterance, with the confidence of each word where the recogniser gave it. */
export function readUtterance(utterance: Utterance): Reading {
  const plain = readText(utterance.text, utterance.confidence > 0 ? utterance.confidence : 1);
  if (utterance.words.length === 0) return plain;
  const spoken = assemble(
    utterance.words.flatMap((word) => tokensOf(word.text).map((token) => [token, word.confidence] as const)),
  );
  // Where text and words disagree (a caller may send either), the text is what was said.
  return utterance.text.trim() === '' || wordsOf(spoken) === wordsOf(plain) ? spoken : plain;
}

/** Another reading of an utterance, less sure than its best one. */
export interface OtherReading {
  readonly reading: Reading;
  readonly confidence: number;
}

/**
 * What may have been said instead: the recogniser's whole alternatives, and the best reading with one
 * doubtful word exchanged. Most probable first.
 */
export function otherReadings(utterance: Utterance): OtherReading[] {
  const whole = utterance.alternatives.map(({ text, confidence }) => ({
    reading: readText(text, confidence),
    confidence,
  }));
  const exchanged = utterance.words.flatMap((word, index) =>
    word.alternatives.map((alternative) => ({
      reading: readText(
        utterance.words.map((other, at) => (at === index ? alternative.text : other.text)).join(' '),
        alternative.confidence,
      ),
      confidence: alternative.confidence,
    })),
  );
  return [...whole, ...exchanged]
    .filter(({ confidence }) => confidence >= MIN_ALTERNATIVE_CONFIDENCE)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MAX_OTHER_READINGS);
}

/** Below this an alternative is noise of the recogniser's search, not a doubt. */
const MIN_ALTERNATIVE_CONFIDENCE = 0.1;
const MAX_OTHER_READINGS = 8;

function assemble(words: readonly (readonly [string, number])[]): Reading {
  const tokens: Token[] = [];
  let text = ' ';
  let previous = '';
  for (const [word, confidence] of words) {
    if (word === previous) continue; // "my my chest": a stammer, not a meaning
    previous = word;
    tokens.push({ text: word, confidence, offset: text.length });
    text += `${word} `;
  }
  return { text, tokens };
}

function wordsOf(reading: Reading): string {
  return reading.text.replace(/ [.?,](?= )/g, '');
}

/** The newest texts that were read: every specialist reads the same utterance, draft and history. */
const recent = new Map<string, readonly string[]>();
const MOST_RECENT = 128;

function tokensOf(text: string): readonly string[] {
  const known = recent.get(text);
  if (known) return known;
  const tokens = readTokens(text);
  if (recent.size >= MOST_RECENT) recent.delete(recent.keys().next().value ?? '');
  recent.set(text, tokens);
  return tokens;
}

function readTokens(text: string): string[] {
  const marks = text
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/\b9[- ]?1[- ]?1\b|\bnine[- ]one[- ]one\b|\bnine[- ]eleven\b/g, '911')
    .replace(/\b9[- ]?8[- ]?8\b|\bnine[- ]eight[- ]eight\b/g, '988')
    .replace(/(\d)[.,](\d)/g, '$1\ue000$2')
    .replace(/[!;:\u2026]+|\.+/g, ' . ')
    .replace(/\?+/g, ' ? ')
    .replace(/,|\s[-\u2013\u2014]+\s|\u2014/g, ' , ')
    .replace(/[^a-z0-9'.?,\ue000%]+/g, ' ')
    .replace(/\ue000/g, '.');
  return marks.split(' ').flatMap((word) => (word === '' || fillers.has(word) ? [] : openContraction(word)));
}

function openContraction(word: string): string[] {
  const bare = word.replace(/^'+|'+$/g, '');
  const known = Object.hasOwn(contractions, bare) ? contractions[bare] : undefined;
  if (known !== undefined) return known.split(' ');
  const at = bare.indexOf("'");
  if (at < 0) return bare === '' ? [] : [bare];
  const stem = bare.slice(0, at);
  switch (bare.slice(at)) {
    case "'t":
      return stem.endsWith('n') ? [stem.slice(0, -1), 'not'] : [stem];
    case "'m":
      return [stem, 'am'];
    case "'ve":
      return [stem, 'have'];
    case "'re":
      return [stem, 'are'];
    case "'ll":
      return [stem, 'will'];
    case "'d":
      return [stem, 'would'];
    case "'s":
      return subjectsBeforeIs.has(stem) ? [stem, 'is'] : [stem];
    default:
      return [bare.replaceAll("'", '')];
  }
}
