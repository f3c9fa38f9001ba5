import type { Reading } from './reading.js';

/** A stretch of tokens: from inclusive, to exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Sentence extends Span {
  readonly question: boolean;
}

/** How an utterance falls into sentences and clauses; recognisers punctuate little, so clauses also begin at new subjects. */
export interface Clauses {
  readonly sentences: readonly Sentence[];
  sentenceOf(token: number): Sentence;
  clauseOf(token: number): Span;
}

const turnsAway = new Set([
  'but',
  'however',
  'except',
  'although',
  'though',
  'because',
  'yet',
  'whereas',
  'until',
  'instead',
]);

const subjects = new Set(['i', 'he', 'she', 'they', 'we', 'there', 'you', 'my']);

/** After these a subject goes on with the clause instead of beginning one: "I do not think I have …", "do I have …". */
const carriesOn = new Set([
  'think',
  'thought',
  'believe',
  'say',
  'said',
  'says',
  'that',
  'if',
  'when',
  'whenever',
  'while',
  'where',
  'how',
  'guess',
  'sure',
  'whether',
  'mean',
  'suppose',
  'wish',
  'know',
  'hope',
  'told',
  'what',
  'as',
  'like',
  'since',
  'after',
  'before',
  'do',
  'did',
  'does',
  'am',
  'have',
  'can',
  'should',
  'would',
  'could',
  'will',
  'was',
  'may',
  'might',
  'is',
  'are',
  'unless',
  'in case',
  'case',
  'every',
  'time',
  'the',
  'saying',
  'thinking',
  'than',
  'everything',
  'anything',
  'something',
]);

/** After these "my" belongs to what came before: "pain in my chest", "I hurt my back". */
const leadsToMy = new Set([
  'in',
  'on',
  'of',
  'with',
  'to',
  'from',
  'around',
  'at',
  'over',
  'by',
  'have',
  'had',
  'feel',
  'felt',
  'feeling',
  'is',
  'notice',
  'noticed',
  'about',
  'for',
  'under',
  'behind',
  'through',
  'all',
  'hurt',
  'into',
  'move',
  'lost',
  'lose',
  'see',
  'take',
  'took',
  'check',
  'both',
  'or',
  'lift',
  'raise',
  'down',
  'up',
  'across',
  'near',
  'against',
  'without',
  'not',
  'no',
  'hit',
  'feels',
  'keep',
  'taking',
  'catch',
  'making',
  'makes',
  'cut',
  'cutting',
  'end',
  'call',
  'called',
  'want',
  'was',
  'swallow',
  'off',
  'out',
  'bit',
  'broke',
  'like',
  'and',
]);

const subjectVerbsOfIt = new Set([
  'is',
  'was',
  'has',
  'hurts',
  'hurt',
  'feels',
  'felt',
  'started',
  'comes',
  'came',
  'goes',
  'went',
  'keeps',
  'will',
  'does',
  'did',
  'just',
  'had',
  'gets',
  'got',
]);

const questionStarts = new Set([
  'should',
  'is',
  'are',
  'can',
  'could',
  'does',
  'do',
  'did',
  'what',
  'how',
  'why',
  'when',
  'would',
  'will',
  'am',
  'may',
]);

export function clausesOf(reading: Reading): Clauses {
  const words = reading.tokens.map(({ text }) => text);
  const sentences: Sentence[] = [];
  const clauses: Span[] = [];
  const clauseAt: number[] = [];
  let from = 0;
  for (let end = 0; end <= words.length; end++) {
    const word = words[end];
    if (word !== undefined && word !== '.' && word !== '?') continue;
    const to = Math.min(end + 1, words.length);
    if (to > from) {
      sentences.push({ from, to, question: word === '?' || asksByOrder(words, from) });
      let clauseFrom = from;
      for (let at = from; at <= to; at++) {
        const start = at === to ? at : clauseStart(words, from, at);
        if (start === undefined || start <= clauseFrom) continue;
        for (let token = clauseFrom; token < start; token++) clauseAt[token] = clauses.length;
        clauses.push({ from: clauseFrom, to: start });
        clauseFrom = start;
      }
    }
    from = to;
  }
  const whole = { from: 0, to: words.length };
  return {
    sentences,
    sentenceOf: (token) =>
      sentences.find((one) => token >= one.from && token < one.to) ?? { ...whole, question: false },
    clauseOf: (token) => clauses[clauseAt[token] ?? -1] ?? whole,
  };
}

/** "should I worry", "is it normal": a question even when the recogniser wrote no question mark. */
function asksByOrder(words: readonly string[], from: number): boolean {
  let at = from;
  while (['so', 'and', 'well', 'okay', 'but', ',', 'hey', 'hi', 'hello'].includes(words[at] ?? '')) at++;
  const first = words[at] ?? '';
  const second = words[at + 1] ?? '';
  if (!questionStarts.has(first)) return false;
  if (['what', 'how', 'why'].includes(first))
    return [
      'is',
      'are',
      'do',
      'does',
      'should',
      'if',
      'would',
      'can',
      'about',
      'could',
      'did',
      'happens',
    ].includes(second);
  if (first === 'when') return ['should', 'do', 'is', 'can', 'would'].includes(second);
  return ['i', 'it', 'that', 'this', 'my', 'you', 'the', 'there', 'these', 'he', 'she', 'chest'].includes(
    second,
  );
}

/** Where a clause begins if one begins at this token (a conjunction before the subject belongs to it). */
function clauseStart(words: readonly string[], sentenceFrom: number, at: number): number | undefined {
  const word = words[at] ?? '';
  const previous = words[at - 1] ?? '';
  if (at === sentenceFrom) return undefined;
  if (turnsAway.has(word)) return at;
  // "'cause my chest hurts", not "can it cause chest pain".
  if (word === 'cause') return subjects.has(words[at + 1] ?? '') ? at : undefined;
  if (word === 'now' && [',', 'and', 'so'].includes(previous)) return at - 1;
  const joined = [',', 'and', 'so', 'then', 'plus', 'also'].includes(previous);
  if (word === 'it')
    return subjectVerbsOfIt.has(words[at + 1] ?? '') && !carriesOn.has(previous) ? at : undefined;
  if (!subjects.has(word) || turnsAway.has(previous)) return undefined;
  if (word === 'my') {
    // "and my legs are" begins anew; "no pain in my arm and my chest" does not: a verb must follow soon.
    if (joined) return hasVerbSoon(words, at) ? at - 1 : undefined;
    return leadsToMy.has(previous) || carriesOn.has(previous) ? undefined : at;
  }
  if (joined) return at - 1;
  return carriesOn.has(previous) ? undefined : at;
}

function hasVerbSoon(words: readonly string[], at: number): boolean {
  return words
    .slice(at + 1, at + 5)
    .some((word) =>
      [
        'is',
        'are',
        'was',
        'were',
        'has',
        'have',
        'hurts',
        'hurt',
        'feels',
        'feel',
        'keeps',
        'got',
        'gets',
        'started',
        'does',
        'did',
        'looks',
        'says',
        'said',
        'thinks',
        'goes',
        'went',
        'swelled',
        'can',
      ].includes(word),
    );
}
