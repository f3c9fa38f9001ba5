import type { Utterance, Word } from '../../protos/generated/asterism/v1/hearing.js';
import { textOf } from './recognition.js';
import type { Heard } from './turn-state.js';
import { utteranceAlternatives } from './word-alternatives.js';

const MAX_ALTERNATIVES = 3;

/** The contract's utterance of what was heard: word times become media time and never run backwards. */
export function utteranceOf(heard: Heard): Utterance {
  const { startedMs, lastVoicedMs } = heard;
  const within = (mediaMs: number): number => Math.min(lastVoicedMs, Math.max(startedMs, mediaMs));
  const words: Word[] = [];
  for (const { fromMs, recognition } of heard.parts) {
    for (const word of recognition.words) {
      const startMs = Math.max(words.at(-1)?.startMs ?? startedMs, within(fromMs + word.startMs));
      words.push({
        text: word.text,
        confidence: word.confidence,
        startMs,
        endMs: Math.max(startMs, within(fromMs + word.endMs)),
        alternatives: [...word.alternatives],
      });
    }
  }
  const total = words.reduce((sum, word) => sum + word.confidence, 0);
  return {
    utteranceId: `u${heard.utteranceNumber}`,
    text: textOf(words),
    words,
    alternatives: utteranceAlternatives(words, MAX_ALTERNATIVES),
    confidence: words.length > 0 ? total / words.length : 0,
    startedMs,
    endedMs: lastVoicedMs,
  };
}
