import { policyCitation, type PolicyDocument } from '../../clinical-kb/policy/schema.js';
import { isSpeakable, spoken, spokenSentences } from './spoken.js';

/** A stretch of a document that can answer: one section, or a part of a long one. */
export interface Passage {
  readonly document: PolicyDocument;
  readonly heading: string;
  /** As they are read out, in their order. */
  readonly sentences: readonly Sentence[];
  /** For a nurse: title, section, version, effective date. */
  readonly citation: string;
}

export interface Sentence {
  readonly text: string;
  /** False where it holds what a voice cannot say: an address of the web, a formula. */
  readonly speakable: boolean;
}

/** Longer sections are parted at paragraphs, so that one passage is about one thing. */
const MAX_WORDS = 120;

/** The passages of all documents, in their order. */
export function passagesOf(documents: readonly PolicyDocument[]): Passage[] {
  return documents.flatMap((document) =>
    document.sections.flatMap(({ heading, paragraphs }) =>
      parts(paragraphs.map(spoken)).map((part) => ({
        document,
        heading,
        sentences: part.flatMap(spokenSentences).map((text) => ({ text, speakable: isSpeakable(text) })),
        citation: policyCitation(document, heading),
      })),
    ),
  );
}

function parts(paragraphs: readonly string[]): string[][] {
  const found: string[][] = [];
  let words = 0;
  for (const paragraph of paragraphs) {
    const length = paragraph.split(' ').length;
    const last = found.at(-1);
    if (last && words + length <= MAX_WORDS) {
      last.push(paragraph);
      words += length;
    } else {
      found.push([paragraph]);
      words = length;
    }
  }
  return found;
}
