/** A long utterance is weighed in this many parts; what is beyond stays together in the last. */
const MOST_PARTS = 4;

/** The sentences of a text, as they are written. */
export function writtenSentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.?!])\s+/)
    .map((part) => part.trim())
    .filter((part) => /[a-z]/i.test(part));
}

/** What of a text is weighed on its own: the point of a whole text would hide one sentence in it. */
export function partsOf(text: string): readonly string[] {
  const sentences = writtenSentences(text);
  return sentences.length <= MOST_PARTS
    ? sentences
    : [...sentences.slice(0, MOST_PARTS - 1), sentences.slice(MOST_PARTS - 1).join(' ')];
}
