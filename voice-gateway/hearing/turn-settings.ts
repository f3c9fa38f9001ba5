/**
 * When a turn begins, pauses and ends. All times are media time in milliseconds. Times marked × patience
 * grow with the listener's patience (1 is ordinary, 2 waits twice as long).
 */
export const turnSettings = {
  /** Voice probability at which a window counts as the beginning of speech (Silero's own default). */
  voiceBegins: 0.5,
  /** Voice probability above which speech that has begun goes on; lower, so that soft word ends are kept. */
  voiceGoesOn: 0.35,
  /** Voiced windows among the last startOf that open an utterance: 96 ms of voice, so a click opens none. */
  startWindows: 3,
  startOf: 4,
  /** A single window this probable resumes a paused utterance; otherwise two in a row are needed. */
  surelyVoice: 0.8,
  /** Audio before the first voiced sample that goes to recognition: soft first consonants lie there. */
  preRollMs: 300,

  /** Silence after which the utterance so far is recognised; shorter gaps are inside words. */
  recogniseAfterMs: 96,
  /** Silence after which Smart Turn is asked: it was trained on audio that ends in about 200 ms of it. */
  askTurnAfterMs: 192,

  /** Smart Turn probability from which the speaker has surely finished, and from which rather so. */
  surelyFinished: 0.8,
  ratherFinished: 0.5,
  /** Below this Smart Turn hears the speaker go on. */
  ratherGoingOn: 0.2,

  /** × patience. The awaited answer is in the words, and Smart Turn agrees. */
  answeredMs: 200,
  /** × patience. The same with one or two words only: a bare "yes" is often followed by the rest ("… in the morning"). */
  answeredBrieflyMs: 450,
  /** × patience. The awaited answer is in the words; Smart Turn has not agreed ("yes… but"). */
  answeredAloneMs: 500,
  /** × patience. A whole sentence, and Smart Turn is sure, rather sure, unsure, or against it. */
  completeSureMs: 220,
  completeRatherMs: 380,
  completeUnsureMs: 800,
  /** × patience. No end of a sentence in the words, and Smart Turn is sure, or rather sure. */
  openSureMs: 380,
  openRatherMs: 650,
  /** × patience. A date, number, name or list was asked for and is not in the words yet. */
  awaitedSureMs: 700,
  awaitedLimitMs: 1_600,
  /**
   * × patience. A list was asked for, the words read like a whole one, and Smart Turn is sure, rather sure,
   * or unsure while the recogniser wrote a full stop.
   */
  listSureMs: 450,
  listRatherMs: 800,
  listUnsureMs: 1_000,
  /** × patience. The words end in the middle ("and", "March", a hesitation), whatever Smart Turn says. */
  unfinishedSureMs: 1_200,
  unfinishedLimitMs: 2_200,
  /** × patience. Voice in which no words were found. */
  wordlessMs: 700,
  /** × patience. Silence that ends any other turn. */
  silenceLimitMs: 1_200,
  /**
   * No patience waits longer than this, except for the rest of a date, a number or medicines: to a
   * caller two seconds are already a line that seems dead.
   */
  longestSilenceMs: 2_000,

  /** A stretch longer than this is settled at its next pause of settlePauseMs: what follows is recognised by itself. */
  settleAfterMs: 8_000,
  settlePauseMs: 224,
  /** So is a shorter one, down to this length, when it was a whole sentence and Smart Turn heard it end. */
  settleSentenceAfterMs: 2_500,
  /**
   * A stretch without pause is cut at its quietest moment when it reaches this length. Whisper hears 30 s,
   * but what is said last must not wait for the decoding of so much.
   */
  longestStretchMs: 16_000,
  /** The quietest moment is looked for in the stretch from here on. */
  cutFromMs: 9_000,
  /** Recognition of one stretch is tried this often before its words are given up, and said to be. */
  recognitionAttempts: 2,
  /** Silence after which a turn ends even though recognition has not answered. */
  recognitionLimitMs: 12_000,
} as const;
