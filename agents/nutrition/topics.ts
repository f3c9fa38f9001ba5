import type { KnownTopic } from '../../clinical-kb/nutrition/load-nutrition.js';
import {
  Disposition,
  Verdict,
  type Fact,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import { clausesOf } from '../language/clauses.js';
import { wordsBetween } from '../language/phrase.js';
import type { Reading } from '../language/reading.js';
import { reasonFor } from './findings.js';
import type { NutritionMind } from './mind.js';
import type { Person } from './person.js';

/** The answer to a question about eating, or that nothing was said of it. */
export function aboutTopic(
  mind: NutritionMind,
  reading: Reading,
  person: Person,
  verified: boolean,
): Partial<Review> {
  const topic = topicOf(mind, reading, person);
  if (!topic) return { reason: 'No food that is known was named.', relevant: false };
  const facts: Fact[] = [
    { kind: 'diet', subjects: [topic.id], severity: 'minor', text: topic.text, citation: topic.citation },
  ];
  if (!verified) return { reason: 'Asked about eating before identity was known.', relevant: true };
  return {
    verdict: Verdict.SAY,
    disposition: Disposition.NONE,
    say: topic.say,
    facts,
    reason: topic.text,
    confidence: 0.9,
    relevant: true,
  };
}

const ofAnother = / (?:husband|wife|mother|father|son|daughter|friend) /;
/** "My wife says that I should …", "my wife makes me …": it is about the patient after all. */
const toldMe =
  / (?:husband|wife|mother|father|son|daughter|friend) (?:says|said|told|tells|makes|wants|gives|thinks|keeps telling) (?:that )?(?:i|me|us|we) /;

/**
 * The topic that is asked about and that is for this person.
 * @param urgentOnly only those that a mere statement calls for
 */
export function topicOf(
  mind: NutritionMind,
  reading: Reading,
  person: Person,
  urgentOnly = false,
): KnownTopic | undefined {
  const clauses = clausesOf(reading);
  for (const topic of mind.knowledge.topics) {
    if (urgentOnly && topic.alsoTold !== true) continue;
    if (!reasonFor(topic, person)) continue;
    for (const { from, to, question } of clauses.sentences) {
      const text = ` ${wordsBetween(reading, from, to)} `;
      if (
        !question &&
        topic.alsoTold !== true &&
        !/ (?:can|should|may|how much|what|which|wonder|wondering|know) /.test(text)
      )
        continue;
      if (/ (?:not|no|never) (?:been )?(?:any )?(?:low|too low)/.test(text)) continue;
      if (ofAnother.test(text) && !toldMe.test(text)) continue;
      if (topic.unless.some((pattern) => pattern.test(text))) continue;
      if (topic.asks.some((pattern) => pattern.test(text))) return topic;
    }
  }
  return undefined;
}
