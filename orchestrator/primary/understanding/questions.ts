import { plainText } from './plain-words.js';

const opensQuestion =
  /^(?:(?:well|so|and|but|oh|okay|ok|um|actually|by the way|also|listen|wait|yes|yeah|no|hey|one (?:thing|question)|i was wondering) )*(?:(?:can|could|should|may|might|must|shall|would|will|is|are|was|were|do|does|did|has|have) (?:i|you|we|it|that|this|they|there|he|she|my|the|someone)\b(?! (?:have|know) to say)|(?:what|when|where|why|how|who|which)(?: (?:about|if|is|are|do|does|did|should|can|could|will|would|was|were|kind|much|many|long|often|time|else|happens|come))\b|(?:i (?:was|am) wondering|i (?:want|wanted|would like|need) to (?:know|ask)|i have (?:a|one|another|some) questions?|my question is|is it (?:ok|okay|safe|all right|alright|true|bad|normal)|can you tell me|do you know|tell me (?:if|what|why|how|when)|what about))/;

const tag = /^(?:you know|right|okay|ok|see|huh|understand|got it|what)\??$/i;

/** An utterance taken apart: what was stated, and what was asked of the agent. */
export interface Spoken {
  /** The sentences that are no questions, joined; empty when there are none. */
  readonly statement: string;
  /** The sentences that ask something, joined; empty when there are none. */
  readonly question: string;
}

/** Separates questions from statements by punctuation and by how each sentence begins. */
export function separateQuestions(text: string): Spoken {
  const statements: string[] = [];
  const questions: string[] = [];
  for (const sentence of sentences(text)) {
    const bare = sentence.replace(/[.!?,]+$/, '').trim();
    if (bare === '') continue;
    if (!tag.test(bare) && isQuestion(sentence)) questions.push(sentence.trim());
    else statements.push(sentence.trim());
  }
  return { statement: statements.join(' '), question: questions.join(' ') };
}

function isQuestion(sentence: string): boolean {
  if (opensQuestion.test(plainText(sentence))) return true;
  if (/,\s*(?:you know|right|okay|see|huh)\?$/i.test(sentence)) return false;
  // A rising "one eighty-seven?" is an unsure answer, not a question: three words or more make one.
  return /\?\s*$/.test(sentence) && plainText(sentence).split(' ').length > 3;
}

/** Sentence by sentence; where there is no punctuation, also before "can I", "should I" and their like. */
function sentences(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+/).flatMap((sentence) => {
    const at = sentence.search(unmarkedQuestion);
    if (at <= 0 || questionWord.test(sentence.slice(0, at).trim())) return [sentence];
    return [sentence.slice(0, at).replace(/[,\s]+$/, ''), sentence.slice(at).replace(/^[,\s]+/, '')];
  });
}

const unmarkedQuestion =
  /(?:,?\s+(?:but|and|so|also|oh))?,?\s+(?:(?:can|should|could|may) i\b|can you (?:tell|explain)\b|is it (?:ok|okay|safe|all right|alright)\b|what (?:about|if)\b|how about\b|i was wondering\b|i have a question\b)/i;

const questionWord = /\b(?:what|when|where|why|how|who|which|much|often|long|many|medicines?|pills?)$/i;
