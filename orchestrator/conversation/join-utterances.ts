import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';

/**
 * Two utterances that became one: the patient went on speaking before anything was answered. Readings
 * of one part are completed with the best reading of the other.
 */
export function joinUtterances(first: Utterance, second: Utterance): Utterance {
  const words = [...first.words, ...second.words];
  const alternatives = [
    ...first.alternatives.map(({ text, confidence }) => ({ text: joined(text, second.text), confidence })),
    ...second.alternatives.map(({ text, confidence }) => ({ text: joined(first.text, text), confidence })),
  ].sort((one, other) => other.confidence - one.confidence);
  return {
    utteranceId: second.utteranceId,
    text: joined(first.text, second.text),
    words,
    alternatives,
    confidence: meanConfidence(first, second),
    startedMs: first.startedMs,
    endedMs: second.endedMs,
  };
}

function joined(one: string, other: string): string {
  return [one.trim(), other.trim()].filter((text) => text !== '').join(' ');
}

/** Weighted by words; an utterance in which nothing was recognised weighs nothing. */
function meanConfidence(first: Utterance, second: Utterance): number {
  const weight = (utterance: Utterance): number =>
    utterance.text === '' ? 0 : Math.max(1, utterance.words.length);
  const total = weight(first) + weight(second);
  if (total === 0) return 0;
  return (first.confidence * weight(first) + second.confidence * weight(second)) / total;
}
