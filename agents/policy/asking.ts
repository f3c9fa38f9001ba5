import { readText } from '../language/reading.js';
import { inDocumentWords } from './everyday.js';
import { contentWords } from './words.js';

const subject =
  '(?:i|we|you|he|she|it|they|that|this|there|my|our|your|the|a|an|some|someone|somebody|anyone|anybody|people|visitors?|kids|children)';
const auxiliary =
  '(?:can|could|should|may|might|must|shall|would|will|is|are|was|were|do|does|did|has|have|am)';
const lead =
  '(?:(?:well|so|and|but|okay|actually|also|listen|wait|yes|no|hey|please|hi|hello|excuse me|one (?:thing|question|more thing)|by the way) (?:, )?)*';

/** Ways of asking, in the normalised text of one sentence. */
const asks = [
  new RegExp(`^ ${lead}${auxiliary} (?:not )?${subject} `),
  new RegExp(`^ ${lead}(?:what|when|where|why|how|who|whom|which|until when|till when) `),
  new RegExp(
    `(?: , | and | but | so )(?:what|when|where|how|who|whom|which) (?:${auxiliary}|far|long|much|many|late|early|often|time|about|now|needs?|has|to|else) `,
  ),
  new RegExp(`(?: , | and | but | so )${auxiliary} ${subject} `),
  / (?:who|whom|where|when|how|what) (?:do|can|should|could|must) (?:i|we|you|they) /,
  / (?:wondering|tell me|let me know|want to know|like to know|need to know|know (?:if|whether|what|when|where|who|how)|ask (?:about|if|whether|you)) /,
];

/** Ways of wanting something that a policy may tell how to get, without asking. */
const wants = [
  / (?:i|we) (?:also |just |really |still )?(?:need|want|would like|have|wish|am trying|am calling|got) (?:to|an?|some|somebody|someone|the|my|another) /,
  / (?:i|we) (?:can not|could not|am not able to|am unable to|never|lost|forgot|misplaced|left) /,
  / (?:i|we) (?:am|are) (?:out of|locked out of|looking for) /,
  / (?:i|we) do not (?:know|have|understand) /,
  / (?:never|did not|has not) (?:came|come|arrived?|show(?:ed)? up) /,
];

/** Asked of the agent itself or of one's own body: no document of an organisation answers it. */
const notOfPolicy =
  /^ (?:(?:so|and|but|well|okay) )*(?:why |could it be |is (?:it|that|this) (?:the |my |from |because |normal|bad|dangerous|serious)|should i (?:be |worry)|what (?:does|did) [a-z]+ do |what (?:was|is) my |(?:is|are) my [a-z ]+ (?:too |still |okay |normal |high |low )|(?:can|could|would) you (?:please )?(?:repeat|say|speak|spell|hear)|what did (?:you|the|my) |(?:when|where) did (?:i|we|my|the doctor) |what [a-z]+ (?:am|was) i |is [a-z ]{2,30}(?:okay|safe|bad|healthy|dangerous|good for) |are you (?:a |an |real |there |human ))/;

/** What was asked, as it was said. */
export interface Asked {
  readonly text: string;
  /** A question, or only a wish from which one can be guessed. */
  readonly kind: 'question' | 'wish';
}

/** Longer than any question that a passage answers. */
const MOST_WORDS = 40;

/**
 * The sentences of an utterance that ask, or wish for, something; "and how late?" with the sentence before it.
 * Statements and short answers give nothing, so that most of what patients say costs no embedding.
 */
export function askedIn(text: string): Asked[] {
  const sentences = text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence.trim() !== '');
  return sentences.flatMap((sentence, index): Asked[] => {
    const reading = readText(sentence).text;
    const marked = sentence.trim().endsWith('?');
    const words = reading
      .replace(/ [.?,](?= )/g, '')
      .trim()
      .split(' ').length;
    if (words > MOST_WORDS || (words < 3 && !marked) || notOfPolicy.test(reading)) return [];
    const question = marked || asks.some((pattern) => pattern.test(reading));
    if (!question && !wants.some((pattern) => pattern.test(reading))) return [];
    const subjects = contentWords(inDocumentWords(sentence).text).length;
    const before = subjects === 0 ? sentences[index - 1] : undefined;
    if (subjects === 0 && before === undefined) return [];
    return [
      {
        text: before === undefined ? sentence : `${before} ${sentence}`,
        kind: question ? 'question' : 'wish',
      },
    ];
  });
}
