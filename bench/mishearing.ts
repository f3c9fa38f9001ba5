import { everydayWords } from '../agents/language/word-frequencies.js';
import { phonemesOf, soundSimilarity } from '../agents/medication/phonemes.js';

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Letters that a recogniser writes for each other, by sound; from phonetics, not from the specialist's own costs. */
const confusions: readonly (readonly [string, readonly string[]])[] = [
  ['ph', ['f', 'v']],
  ['th', ['t', 'f']],
  ['ch', ['sh', 'k']],
  ['qu', ['kw', 'k']],
  ['x', ['ks', 'cs', 'z']],
  ['p', ['b', 't']],
  ['b', ['p', 'v', 'd']],
  ['t', ['d', 'p']],
  ['d', ['t', 'b']],
  ['k', ['g', 't']],
  ['c', ['k', 's']],
  ['g', ['k', 'j']],
  ['f', ['v', 'th']],
  ['v', ['f', 'b']],
  ['s', ['z', 'sh']],
  ['z', ['s']],
  ['m', ['n']],
  ['n', ['m', 'nd']],
  ['l', ['r', 'w']],
  ['r', ['l', 'w']],
  ['a', ['e', 'o', 'u']],
  ['e', ['i', 'a', '']],
  ['i', ['e', 'y', 'ee']],
  ['o', ['a', 'u', 'oh']],
  ['u', ['o', 'oo']],
  ['y', ['i', 'ee']],
];

export interface Misheard {
  /** As the recogniser wrote it, one word or several. */
  readonly words: readonly string[];
  readonly kind: 'exact' | 'respelled' | 'split' | 'everyday';
}

/**
 * One way in which a name may come out of a recogniser: as it is, respelled with one to three confused sounds,
 * in pieces, or in pieces of which everyday words took the place.
 */
export function mishear(name: string, random: () => number): Misheard {
  const plain = name.toLowerCase();
  const draw = random();
  if (draw < 0.25) return { words: plain.split(/[\s/-]+/), kind: 'exact' };
  const changed = confuse(plain.replace(/[^a-z]/g, ''), 1 + Math.floor(random() * 3), random);
  if (draw < 0.55 || changed.length < 6) return { words: [changed], kind: 'respelled' };
  const pieces = split(changed, random);
  if (draw < 0.75) return { words: pieces, kind: 'split' };
  return { words: pieces.map(everydayWordFor), kind: 'everyday' };
}

function confuse(letters: string, times: number, random: () => number): string {
  let word = letters;
  for (let time = 0; time < times; time += 1) {
    const at = 1 + Math.floor(random() * (word.length - 1));
    const rule = confusions.find(([from]) => word.startsWith(from, at));
    if (!rule) continue;
    const [from, to] = rule;
    const put = to[Math.floor(random() * to.length)] ?? from;
    word = word.slice(0, at) + put + word.slice(at + from.length);
  }
  return word;
}

/** Two or three pieces of at least two letters, cut where a consonant begins a syllable. */
function split(word: string, random: () => number): string[] {
  const cuts: number[] = [];
  for (let at = 2; at <= word.length - 2; at += 1) {
    if (/[aeiouy]/.test(word[at - 1] ?? '') && !/[aeiouy]/.test(word[at] ?? '')) cuts.push(at);
  }
  if (cuts.length === 0) return [word];
  const first = cuts[Math.floor(random() * cuts.length)] ?? 2;
  const later = cuts.filter((cut) => cut > first + 1);
  const second = random() < 0.5 ? later[Math.floor(random() * later.length)] : undefined;
  return second === undefined
    ? [word.slice(0, first), word.slice(first)]
    : [word.slice(0, first), word.slice(first, second), word.slice(second)];
}

const everyday = [...everydayWords(6000)].filter((word) => /^[a-z]{2,9}$/.test(word));
const sounds = everyday.map((word) => phonemesOf(word));

/** The everyday word that sounds most like a piece; the piece itself when none does. */
function everydayWordFor(piece: string): string {
  const sound = phonemesOf(piece);
  let best = { word: piece, score: 0.7 };
  for (const [at, word] of everyday.entries()) {
    const score = soundSimilarity(sound, sounds[at] ?? '');
    if (score > best.score) best = { word, score };
  }
  return best.word;
}
