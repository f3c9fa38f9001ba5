/**
 * A rough spoken form of written English, good enough to compare what a recogniser wrote with how a
 * medicine's name sounds: one character a phoneme, capital letters consonants, small letters vowels.
 * C is "ch", X is "sh", Q is "th", N stands for "ng" too.
 */
export function phonemesOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z\s]/g, (character) => (character === '-' || character === '/' ? ' ' : ''))
    .split(/\s+/)
    .map(wordPhonemes)
    .join('');
}

interface Rule {
  readonly letters: string;
  readonly phonemes: string;
  /** Only at the beginning of the word. */
  readonly initial?: true;
  /** Only at the end of the word. */
  readonly final?: true;
  /** Only when one of these letters follows. */
  readonly before?: string;
}

const vowelLetters = 'aeiouy';

/** The first rule that fits wins; longer spellings stand before their parts. */
const rules: readonly Rule[] = [
  { letters: 'pn', phonemes: 'N', initial: true },
  { letters: 'ps', phonemes: 'S', initial: true },
  { letters: 'kn', phonemes: 'N', initial: true },
  { letters: 'gn', phonemes: 'N', initial: true },
  { letters: 'wr', phonemes: 'R', initial: true },
  { letters: 'x', phonemes: 'Z', initial: true },
  { letters: 'eu', phonemes: 'Yu' },
  { letters: 'tch', phonemes: 'C' },
  { letters: 'sten', phonemes: 'SeN', final: true },
  { letters: 'igh', phonemes: 'i' },
  { letters: 'ough', phonemes: 'o' },
  { letters: 'augh', phonemes: 'o' },
  { letters: 'tion', phonemes: 'XuN' },
  { letters: 'sion', phonemes: 'ZuN' },
  { letters: 'cian', phonemes: 'XuN' },
  { letters: 'sch', phonemes: 'SK' },
  { letters: 'chr', phonemes: 'KR' },
  { letters: 'chl', phonemes: 'KL' },
  { letters: 'ch', phonemes: 'K', before: 'o', initial: true },
  { letters: 'ch', phonemes: 'C' },
  { letters: 'sh', phonemes: 'X' },
  { letters: 'ph', phonemes: 'F' },
  { letters: 'th', phonemes: 'Q' },
  { letters: 'gh', phonemes: 'G', initial: true },
  { letters: 'gh', phonemes: '' },
  { letters: 'rh', phonemes: 'R' },
  { letters: 'wh', phonemes: 'W' },
  { letters: 'ck', phonemes: 'K' },
  { letters: 'qu', phonemes: 'KW' },
  { letters: 'dg', phonemes: 'J', before: 'eiy' },
  { letters: 'mb', phonemes: 'M', final: true },
  { letters: 'sce', phonemes: 'Se' },
  { letters: 'sci', phonemes: 'Si' },
  { letters: 'cc', phonemes: 'KS', before: 'eiy' },
  { letters: 'c', phonemes: 'S', before: 'eiy' },
  { letters: 'c', phonemes: 'K' },
  { letters: 'g', phonemes: 'J', before: 'eiy' },
  { letters: 'x', phonemes: 'KS' },
  { letters: 'ai', phonemes: 'e' },
  { letters: 'ay', phonemes: 'e' },
  { letters: 'ea', phonemes: 'i' },
  { letters: 'ee', phonemes: 'i' },
  { letters: 'ei', phonemes: 'i' },
  { letters: 'ie', phonemes: 'i' },
  { letters: 'oo', phonemes: 'u' },
  { letters: 'ou', phonemes: 'u' },
  { letters: 'ew', phonemes: 'Yu' },
  { letters: 'ue', phonemes: 'u' },
  { letters: 'ui', phonemes: 'u' },
  { letters: 'oa', phonemes: 'o' },
  { letters: 'ow', phonemes: 'o' },
  { letters: 'oh', phonemes: 'o' },
  { letters: 'au', phonemes: 'o' },
  { letters: 'aw', phonemes: 'o' },
  { letters: 'ah', phonemes: 'a' },
  { letters: 'er', phonemes: 'uR' },
  { letters: 'y', phonemes: 'Y', initial: true, before: 'aeiou' },
  { letters: 'y', phonemes: 'i' },
];

const rulesByLetter = new Map<string, Rule[]>();
for (const rule of rules) {
  const letter = rule.letters.slice(0, 1);
  const list = rulesByLetter.get(letter);
  if (list) list.push(rule);
  else rulesByLetter.set(letter, [rule]);
}

function wordPhonemes(word: string): string {
  let spoken = '';
  for (let at = 0; at < word.length;) {
    const rule = rulesByLetter.get(word[at] ?? '')?.find((candidate) => fits(candidate, word, at));
    if (rule) {
      spoken += rule.phonemes;
      at += rule.letters.length;
      continue;
    }
    const letter = word[at] ?? '';
    at += 1;
    if (letter === 'e' && isSilentE(word, at - 1)) continue;
    if (letter === 'h' && !startsSyllable(word, at - 1)) continue;
    spoken += vowelLetters.includes(letter) ? letter : letter.toUpperCase();
  }
  // A doubled letter is one sound.
  return spoken.replace(/(.)\1+/g, '$1');
}

function fits(rule: Rule, word: string, at: number): boolean {
  if (!word.startsWith(rule.letters, at)) return false;
  const end = at + rule.letters.length;
  if (rule.initial && at !== 0) return false;
  if (rule.final && end !== word.length) return false;
  return rule.before === undefined || (end < word.length && rule.before.includes(word[end] ?? ''));
}

function isSilentE(word: string, at: number): boolean {
  return (
    at === word.length - 1 &&
    at >= 2 &&
    !vowelLetters.includes(word[at - 1] ?? '') &&
    /[aeiouy]/.test(word.slice(0, at))
  );
}

function startsSyllable(word: string, at: number): boolean {
  return at === 0 || vowelLetters.includes(word[at + 1] ?? '');
}

/** Pairs that recognisers confuse, with what it costs to take one for the other (1 is a different sound). */
const closePairs: readonly (readonly [string, number])[] = [
  ['PB', 0.35],
  ['TD', 0.35],
  ['KG', 0.35],
  ['FV', 0.3],
  ['SZ', 0.15],
  ['SX', 0.35],
  ['ZX', 0.4],
  ['ZJ', 0.4],
  ['SC', 0.5],
  ['CJ', 0.35],
  ['CX', 0.35],
  ['CT', 0.5],
  ['MN', 0.35],
  ['LR', 0.5],
  ['WR', 0.5],
  ['FQ', 0.3],
  ['TQ', 0.3],
  ['DQ', 0.35],
  ['SQ', 0.4],
  ['BV', 0.4],
  ['PT', 0.6],
  ['TK', 0.6],
  ['PK', 0.6],
  ['BD', 0.6],
  ['DG', 0.6],
  ['PF', 0.6],
  ['Yi', 0.3],
  ['Wu', 0.3],
  ['Wo', 0.4],
];

const vowels = 'aeiou';
const substitution = new Map<number, number>();
for (const [pair, cost] of closePairs) {
  const first = pair.charCodeAt(0);
  const second = pair.charCodeAt(1);
  substitution.set(first * 128 + second, cost);
  substitution.set(second * 128 + first, cost);
}

const weights = new Float64Array(128).fill(1);
for (const vowel of vowels) weights[vowel.charCodeAt(0)] = 0.5;
weights['H'.charCodeAt(0)] = 0.3;
weights['Y'.charCodeAt(0)] = 0.4;
weights['W'.charCodeAt(0)] = 0.6;

/** What each pair of phonemes costs, as one flat table. */
const costs = new Float64Array(128 * 128).fill(1);
for (let first = 0; first < 128; first += 1) {
  for (let second = 0; second < 128; second += 1) {
    const bothVowels =
      vowels.includes(String.fromCharCode(first)) && vowels.includes(String.fromCharCode(second));
    const cost = first === second ? 0 : (substitution.get(first * 128 + second) ?? (bothVowels ? 0.25 : 1));
    costs[first * 128 + second] = cost;
  }
}

/** How much sound there is in a spoken form: consonants carry more than vowels. */
export function weightOf(phonemes: string): number {
  let weight = 0;
  for (let at = 0; at < phonemes.length; at += 1) weight += weights[phonemes.charCodeAt(at)] ?? 1;
  return weight;
}

const longest = 48;
const rows = [new Float64Array(longest + 1), new Float64Array(longest + 1), new Float64Array(longest + 1)];

/**
 * How alike two spoken forms are, from 0 to 1: a weighted edit distance with swaps of neighbours.
 * @param phonemes both as phonemesOf gives them; what is beyond 48 phonemes is ignored
 */
export function soundSimilarity(one: string, other: string): number {
  const n = Math.min(one.length, longest);
  const m = Math.min(other.length, longest);
  if (n === 0 || m === 0) return 0;
  let [before, previous, current] = rows as [Float64Array, Float64Array, Float64Array];
  previous[0] = 0;
  for (let j = 1; j <= m; j += 1)
    previous[j] = (previous[j - 1] ?? 0) + (weights[other.charCodeAt(j - 1)] ?? 1);
  for (let i = 1; i <= n; i += 1) {
    const a = one.charCodeAt(i - 1);
    const dropA = weights[a] ?? 1;
    current[0] = (previous[0] ?? 0) + dropA;
    for (let j = 1; j <= m; j += 1) {
      const b = other.charCodeAt(j - 1);
      let best = (previous[j - 1] ?? 0) + (costs[a * 128 + b] ?? 1);
      best = Math.min(best, (previous[j] ?? 0) + dropA, (current[j - 1] ?? 0) + (weights[b] ?? 1));
      if (i > 1 && j > 1 && a === other.charCodeAt(j - 2) && one.charCodeAt(i - 2) === b) {
        best = Math.min(best, (before[j - 2] ?? 0) + 0.5);
      }
      current[j] = best;
    }
    [before, previous, current] = [previous, current, before];
  }
  const mean = (weightOf(one.slice(0, n)) + weightOf(other.slice(0, m))) / 2;
  return Math.max(0, 1 - (previous[m] ?? 0) / mean);
}
