import type { ByteLevelBpe } from './byte-level-bpe.js';

/** The token ids that steer Whisper's decoder. */
export interface WhisperTokens {
  endOfText: number;
  startOfPrevious: number;
  startOfTranscript: number;
  noSpeech: number;
  noTimestamps: number;
  /** What follows startOfTranscript: language and task for a multilingual model, then noTimestamps. */
  opening: readonly number[];
  /** Tokens from this id on are specials and timestamps, never text. */
  firstSpecial: number;
  /** Never produced: brackets, music signs and other marks of non-speech, and all steering tokens. */
  suppressed: ReadonlySet<number>;
  /** Signs that end a sentence. */
  sentenceEnds: ReadonlySet<number>;
  /** Never produced as the first token: a lone space and the end. */
  suppressedFirst: ReadonlySet<number>;
}

const SIGNS = [
  ...Array.from('"#()*+/:;<=>@[\\]^_`{|}~「」『』'),
  ...'<< >> <<< >>> -- --- -( -[ (\' (" (( )) ((( ))) [[ ]] {{ }} ♪♪ ♪♪♪'.split(' '),
];
/** The multilingual model writes weights as sums of money (£182 for a hundred and eighty-two pounds). */
const CURRENCIES = Array.from('£€$');
const MUSIC = Array.from('♩♪♫♬♭♮♯');

/**
 * The steering tokens of a model, found in its tokenizer.
 * @param multilingual false for the .en models, which take no language and task tokens
 */
export function whisperTokens(bpe: ByteLevelBpe, multilingual: boolean): WhisperTokens {
  const startOfTranscript = bpe.special('<|startoftranscript|>');
  const noTimestamps = bpe.special('<|notimestamps|>');
  const endOfText = bpe.special('<|endoftext|>');
  const task = multilingual ? [bpe.special('<|en|>'), bpe.special('<|transcribe|>')] : [];
  // A dash or an apostrophe may stand inside a word, but not begin one.
  const suppressed = new Set([...bpe.encode(' -').slice(0, 1), ...bpe.encode(" '").slice(0, 1)]);
  for (const sign of [...SIGNS, ...MUSIC, ...CURRENCIES]) {
    for (const ids of [bpe.encode(sign), bpe.encode(` ${sign}`)]) {
      const [first] = ids;
      if (first !== undefined && (ids.length === 1 || MUSIC.includes(sign))) suppressed.add(first);
    }
  }
  const steering = [
    '<|startoftranscript|>',
    '<|transcribe|>',
    '<|translate|>',
    '<|startoflm|>',
    '<|startofprev|>',
  ];
  for (const name of [...steering, '<|nocaptions|>', '<|notimestamps|>']) suppressed.add(bpe.special(name));
  return {
    endOfText,
    startOfPrevious: bpe.special('<|startofprev|>'),
    startOfTranscript,
    noSpeech: bpe.special('<|nocaptions|>'),
    noTimestamps,
    opening: [...task, noTimestamps],
    firstSpecial: endOfText,
    suppressed,
    sentenceEnds: new Set(['.', '?', '!', '...'].flatMap((sign) => bpe.encode(sign).slice(0, 1))),
    suppressedFirst: new Set([...bpe.encode(' '), endOfText]),
  };
}
