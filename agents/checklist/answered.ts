import type { ProtocolItem } from '../../clinical-kb/protocols/schema.js';
import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { assertionOf } from '../escalation/assertion.js';
import { clausesOf } from '../language/clauses.js';
import type { Reading } from '../language/reading.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOf } from '../spoken/tokens.js';
import type { Marked } from './facts.js';
import type { Guide } from './guide.js';

/** What an utterance says to the question that was asked. */
export type Answered = Pick<Marked, 'answer' | 'missing'> & { readonly mark: 'covered' | 'partial' };

const saysYes =
  /^ (?:well |so |and |, )*(?:yes|yea|right|correct|sure|exactly|absolutely|of course|mhm|(?:i (?:did|do|have|am)|it (?:is|did|does))(?= (?:[.,]|$))) /;
const saysNo =
  /^ (?:well |so |and |, )*(?:no|not|never|none|neither|(?:i (?:did|do|have|am)|it (?:is|did|does)) not(?= (?:[.,]|$))) /;
const unsure =
  / (?:not sure|do not know|can not (?:remember|recall|say|tell)|do not (?:remember|recall)|hard to say|no idea|maybe|i guess|could be|might be) /;
const notOfToday =
  / (?:yesterday|last (?:night|week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|time)|the other day|(?:a|one|two|three|four|five|six|few|couple of) (?:days?|weeks?|months?) (?:ago|back)|in the hospital|at the (?:hospital|doctor|clinic|office)|when i (?:left|came|was|got)|before|used to) /;
const ofToday = / (?:today|this morning|just now|right now|now) /;
const noScale =
  / (?:no scale|not (?:have|own) (?:a |any )?scale|not (?:weigh|weighed|yet|today)|forgot|scale is broken|not been weighed) /;
const regimenWords =
  / (?:\d+|once|twice|one|two|three|half|daily|nightly|every|each|morning|evening|night|bedtime|noon|breakfast|dinner|milligrams?|mg|tablets?|pills?|capsules?|times|as needed) /;
const way =
  / (?:drive|drives|driving|ride|bus|taxi|cab|uber|lyft|van|walk|takes? me|taking me|brings? me|bringing me|pick(?:s|ing)? me up|car|shuttle) /;

/** @returns undefined when the utterance says nothing to it */
export function answeredBy(
  guide: Guide,
  item: ProtocolItem,
  utterance: Utterance,
  reading: Reading,
): Answered | undefined {
  const { text } = reading;
  switch (item.kind) {
    case 'open':
      return words(reading) >= 2 ? { mark: 'covered' } : undefined;
    case 'yes-no':
      return yesNo(guide, item.id, reading);
    case 'number': {
      if (numbersIn(tokensOf(utterance)).some(({ value }) => value >= 50 && value < 1000)) {
        const old = notOfToday.test(text) && !ofToday.test(text);
        return old ? { mark: 'partial', missing: 'the reading of today' } : { mark: 'covered' };
      }
      if (noScale.test(text) || saysNo.test(text)) return { mark: 'covered', answer: 'no' };
      return saysYes.test(text) ? { mark: 'partial', missing: 'the number' } : undefined;
    }
    case 'medicines': {
      if (unsure.test(text)) return { mark: 'partial', missing: 'whether and how it is taken' };
      if (regimenWords.test(text)) return { mark: 'partial', missing: 'missed doses and problems' };
      if (saysYes.test(text)) return { mark: 'partial', missing: 'how much and how often' };
      return undefined;
    }
    case 'appointment': {
      if (way.test(text)) return { mark: 'covered' };
      return saysYes.test(text) || saysNo.test(text)
        ? { mark: 'partial', missing: 'a way to get there' }
        : undefined;
    }
    case 'teach-back': {
      const missing = item.concepts.filter((concept) => !concept.words.some((word) => names(text, word)));
      if (missing.length === item.concepts.length) return undefined;
      if (missing.length === 0) return { mark: 'covered' };
      return { mark: 'partial', missing: missing.map(({ id }) => id).join(', ') };
    }
    case 'questions':
      return words(reading) > 0 ? { mark: 'covered' } : undefined;
  }
}

/** The words of the item weigh more than a bare yes or no; when they contradict each other, nothing is decided. */
function yesNo(guide: Guide, itemId: string, reading: Reading): Answered | undefined {
  if (unsure.test(reading.text)) return { mark: 'partial', missing: 'a clear yes or no' };
  const plain = saysYes.test(reading.text) ? 'yes' : saysNo.test(reading.text) ? 'no' : undefined;
  const clauses = clausesOf(reading);
  const named = new Set(
    (guide.answers.get(itemId)?.find(reading) ?? []).flatMap((match) => {
      const { status, experiencer } = assertionOf(reading, clauses, match, { teachBack: false });
      if (experiencer !== 'patient') return [];
      if (status === 'absent') return match.meaning === 'yes' ? ['no' as const] : [];
      return status === 'present' || status === 'over' ? [match.meaning] : [];
    }),
  );
  if (named.size > 1) return { mark: 'partial', missing: 'a clear yes or no' };
  const [only] = named;
  const answer = only ?? plain;
  return answer === undefined ? undefined : { mark: 'covered', answer };
}

function names(text: string, word: string): boolean {
  return text.includes(word.endsWith('*') ? ` ${word.slice(0, -1)}` : ` ${word} `);
}

function words({ tokens }: Reading): number {
  return tokens.filter(({ text }) => /[a-z0-9]/.test(text)).length;
}
