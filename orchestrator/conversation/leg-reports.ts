import type { BargeIn, Played, TurnTiming } from '../../protos/generated/asterism/v1/conversation.js';
import type { CallEventOf } from '../call/events.js';

/** A number that JSON can hold; what comes over the wire is never trusted to be one. */
export function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

/** The end of a sentence as the log holds it. @param mediaMs media time of the end */
export function sentencePlayed(played: Played, mediaMs: number): CallEventOf<'sentence-played'> {
  const { sentenceId, playedText, complete } = played;
  return {
    type: 'sentence-played',
    sentenceId,
    mediaMs,
    playedText,
    playedMs: finite(played.playedMs),
    complete,
  };
}

/** A barge-in as the log holds it. */
export function bargedIn(bargeIn: BargeIn, mediaMs: number): CallEventOf<'barged-in'> {
  const { sentenceId, playedMs, yieldMs } = bargeIn;
  return { type: 'barged-in', sentenceId, mediaMs, playedMs: finite(playedMs), yieldMs: finite(yieldMs) };
}

/** A turn's times as the log holds them, in milliseconds. */
export function turnTimed(timing: TurnTiming): CallEventOf<'turn-timed'> {
  return {
    type: 'turn-timed',
    utteranceId: timing.utteranceId,
    endOfTurnMs: finite(timing.endOfTurnMs),
    finalTextMs: finite(timing.finalTextMs),
    responseMs: finite(timing.responseMs),
    firstAudioMs: finite(timing.firstAudioMs),
    voiceToVoiceMs: finite(timing.voiceToVoiceMs),
  };
}
