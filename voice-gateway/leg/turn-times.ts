import type { TurnTiming } from '../../protos/generated/asterism/v1/conversation.js';

/** When the steps from the patient's last sample to the agent's first happened, in milliseconds of one clock. */
export interface TurnTimes {
  readonly utteranceId: string;
  /** The patient's last voiced sample. */
  readonly voicedUntilMs: number;
  readonly endOfTurnAtMs: number;
  readonly finalTextAtMs: number;
  readonly finalSentAtMs: number;
  /** Undefined until the first Speak command that follows. */
  readonly firstSpeakAtMs: number | undefined;
  /** Undefined until its first clause was synthesised. */
  readonly firstAudioAtMs: number | undefined;
}

/** Notes the first Speak command after the turn. */
export function firstSpeak(turn: TurnTimes | undefined, atMs: number): TurnTimes | undefined {
  return withFirst(turn, 'firstSpeakAtMs', atMs);
}

/** Notes a step the first time it happens; audio of a sentence that was asked for before the turn is none of its own. */
export function withFirst(
  turn: TurnTimes | undefined,
  step: 'firstSpeakAtMs' | 'firstAudioAtMs',
  atMs: number,
): TurnTimes | undefined {
  if (!turn || turn[step] !== undefined) return turn;
  if (step === 'firstAudioAtMs' && turn.firstSpeakAtMs === undefined) return turn;
  return { ...turn, [step]: atMs };
}

/** The turn's figures once the answer is audible; undefined while its answer has not been asked for. */
export function timingOf(turn: TurnTimes, audibleAtMs: number): TurnTiming | undefined {
  const { firstSpeakAtMs, firstAudioAtMs } = turn;
  if (firstSpeakAtMs === undefined || firstAudioAtMs === undefined) return undefined;
  return {
    utteranceId: turn.utteranceId,
    endOfTurnMs: turn.endOfTurnAtMs - turn.voicedUntilMs,
    finalTextMs: turn.finalTextAtMs - turn.voicedUntilMs,
    responseMs: firstSpeakAtMs - turn.finalSentAtMs,
    firstAudioMs: firstAudioAtMs - firstSpeakAtMs,
    voiceToVoiceMs: audibleAtMs - turn.voicedUntilMs,
  };
}
