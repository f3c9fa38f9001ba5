import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { turnSettings as settings } from './turn-settings.js';
import { holdsPartOfAnswer, listMayBeOver, wordsSoFar, type WordsSoFar } from './words-so-far.js';

/**
 * Why a turn ended: the awaited answer was there; it sounded and read complete; silence; no words were
 * found; recognition failed, so that words are missing.
 */
export type EndOfTurnReason = 'answered' | 'complete' | 'silence' | 'no-words' | 'recognition-failed';

/** What the agent listens for. */
export interface Listening {
  awaited: AwaitedAnswer;
  /** The call's own terms, most important first. */
  vocabulary: readonly string[];
  /** 1 is ordinary; 2 waits twice as long. */
  patience: number;
}

/** The silence after the last voiced sample that ends the turn, in milliseconds, and the reason it then has. */
export interface RequiredSilence {
  silenceMs: number;
  reason: EndOfTurnReason;
}

/**
 * Weighs words, sound and awaited answer.
 * @param text the utterance so far
 * @param finished Smart Turn's probability that the speaker has finished; undefined when it is not known (yet)
 */
export function requiredSilence(
  text: string,
  finished: number | undefined,
  listening: Listening,
): RequiredSilence {
  const words = wordsSoFar(text, listening.awaited, listening.vocabulary);
  const brief = text.trim().split(/\s+/).length <= 2;
  const overAsList = listening.awaited === AwaitedAnswer.LIST && listMayBeOver(text, listening.vocabulary);
  const { silenceMs, reason } = unhurried({ words, brief, overAsList }, finished, listening.awaited);
  const patience = Number.isFinite(listening.patience) ? Math.min(4, Math.max(0.5, listening.patience)) : 1;
  const waited = silenceMs * patience;
  const waitsOn = words === 'unfinished' && holdsPartOfAnswer(text, listening.awaited, listening.vocabulary);
  return { silenceMs: waitsOn ? waited : Math.min(waited, settings.longestSilenceMs), reason };
}

/** What is read in the words. */
interface Reading {
  words: WordsSoFar;
  /** One or two words only. */
  brief: boolean;
  /** A list is awaited, and these words read as one that may be over. */
  overAsList: boolean;
}

function unhurried(
  { words, brief, overAsList }: Reading,
  finished: number | undefined,
  awaited: AwaitedAnswer,
): RequiredSilence {
  const sure = finished !== undefined && finished >= settings.surelyFinished;
  const rather = finished !== undefined && finished >= settings.ratherFinished;
  switch (words) {
    case 'none':
      return { silenceMs: settings.wordlessMs, reason: 'no-words' };
    case 'answered': {
      const agreedMs = brief ? settings.answeredBrieflyMs : settings.answeredMs;
      return { silenceMs: rather ? agreedMs : settings.answeredAloneMs, reason: 'answered' };
    }
    case 'unfinished':
      return { silenceMs: sure ? settings.unfinishedSureMs : settings.unfinishedLimitMs, reason: 'silence' };
    case 'complete':
    case 'open': {
      if (overAsList && rather) {
        return { silenceMs: sure ? settings.listSureMs : settings.listRatherMs, reason: 'complete' };
      }
      if (overAsList && words === 'complete') {
        return finished === undefined || finished >= settings.ratherGoingOn
          ? { silenceMs: settings.listUnsureMs, reason: 'complete' }
          : { silenceMs: settings.silenceLimitMs, reason: 'silence' };
      }
      if (wantsMore(awaited)) {
        return sure
          ? { silenceMs: settings.awaitedSureMs, reason: 'complete' }
          : { silenceMs: settings.awaitedLimitMs, reason: 'silence' };
      }
      const complete = words === 'complete';
      if (sure)
        return { silenceMs: complete ? settings.completeSureMs : settings.openSureMs, reason: 'complete' };
      if (rather)
        return {
          silenceMs: complete ? settings.completeRatherMs : settings.openRatherMs,
          reason: 'complete',
        };
      if (complete && (finished === undefined || finished >= settings.ratherGoingOn)) {
        return { silenceMs: settings.completeUnsureMs, reason: 'complete' };
      }
      return { silenceMs: settings.silenceLimitMs, reason: 'silence' };
    }
  }
}

/** Answers that come in pieces: until the words hold them, a whole sentence is not yet the end. */
function wantsMore(awaited: AwaitedAnswer): boolean {
  switch (awaited) {
    case AwaitedAnswer.NUMBER:
    case AwaitedAnswer.DATE:
    case AwaitedAnswer.NAME:
    case AwaitedAnswer.LIST:
      return true;
    case AwaitedAnswer.UNSPECIFIED:
    case AwaitedAnswer.OPEN:
    case AwaitedAnswer.YES_NO:
    case AwaitedAnswer.MEDICINE:
    case AwaitedAnswer.UNRECOGNIZED:
      return false;
  }
}
