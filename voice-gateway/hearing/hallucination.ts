/**
 * What Whisper writes when it is given noise, learnt from the captions it was trained on. Patients say
 * some of these too, so a phrase alone condemns nothing: see isHallucination.
 */
const CAPTION_PHRASES: ReadonlySet<string> = new Set([
  'thank you',
  'thank you very much',
  'thank you so much',
  'thanks for watching',
  'thank you for watching',
  'thanks for listening',
  'please subscribe',
  'please subscribe to my channel',
  'like and subscribe',
  'subtitles by the amara org community',
  'see you next time',
  'see you in the next video',
  'bye',
  'bye bye',
  'you',
  'okay',
  'so',
  'the',
  'the end',
  'i',
  'oh',
  'hmm',
  'mm',
]);

/** Spoken words need about this many milliseconds of voice each, even fast ones ("okay yeah no"). */
const MIN_VOICED_MS_PER_WORD = 55;

/**
 * Decides whether recognised words are noise taken for words.
 * @param meanConfidence mean of the word confidences, 0 to 1
 * @param noSpeechProbability Whisper's own, 0 to 1
 * @param voicedMs milliseconds that voice activity found in the stretch
 */
export function isHallucination(heard: {
  text: string;
  meanConfidence: number;
  noSpeechProbability: number;
  voicedMs: number;
}): boolean {
  const { text, meanConfidence, noSpeechProbability, voicedMs } = heard;
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return false;
  if (voicedMs < words.length * MIN_VOICED_MS_PER_WORD && words.length >= 4) return true;
  if (noSpeechProbability > 0.6 && meanConfidence < 0.4) return true;
  if (!CAPTION_PHRASES.has(words.join(' '))) return false;
  return meanConfidence < 0.45 || (voicedMs < 160 && meanConfidence < 0.75) || noSpeechProbability > 0.6;
}
