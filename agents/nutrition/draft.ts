import {
  Disposition,
  Verdict,
  Verification,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { readText } from '../language/reading.js';
import { ruleFact } from './facts.js';
import { findingsOf } from './findings.js';
import { reviewHeard } from './heard.js';
import { mentionsIn, type Mention } from './mentions.js';
import type { NutritionMind } from './mind.js';
import { personOf } from './person.js';
import { filled } from './sentences.js';

const recommends =
  /\b(?:you (?:can|could|may|should) (?:have|eat|drink|use|try|enjoy|add|go ahead)|go ahead|feel free|try (?:some |a |an |to )?|have (?:some|a|an|more|plenty)|eat (?:some|more|plenty|lots)|drink (?:some|more|plenty|lots)|add (?:some|more)|use (?:some|a|more)|i (?:suggest|recommend)|(?:is|are) (?:fine|okay|ok|safe|good|great|healthy|a good choice|no problem)|goes well)\b/i;
const warns =
  /\b(?:avoid|limit|do not|don't|not|never|leave out|less|low-sodium|go easy|small|except|too much|stay away|only (?:a )?little|hold (?:a lot|much)|steady|about the same|apart|wait)\b/i;
const forbidsGreens = /\b(?:avoid|stop|do not|don't|never|give up|leave out|cut out|no more)\b/i;
const forLowSugar = /\blow (?:blood )?sugar\b|\bsugar is (?:below|low|under)\b|\bfast sugar\b/i;

/** The second look: a sentence must not recommend a food that a rule speaks against for this patient. */
export function reviewDraft(mind: NutritionMind, request: ReviewRequest): Partial<Review> {
  const draft = request.draft.trim();
  // "… instead of canned soup" recommends something else.
  const told = draft.replace(/\b(?:instead of|rather than) [^,.;]+/gi, '');
  const mentions = mentionsIn(readText(told), mind.index);
  if (mentions.length === 0) return { reason: 'The sentence names no food.', relevant: false };
  if (request.context?.verification !== Verification.VERIFIED)
    return { reason: 'The chart is not spoken of before identity is known.', relevant: true };
  const heard = request.heard ? (reviewHeard(mind, request).say ?? '') : '';
  if (heard !== '' && heard.includes(draft))
    return { reason: 'The sentence is this specialist’s own.', relevant: true };
  const person = personOf(request.patient, mind.knowledge);
  const findings = mentions.flatMap((mention) =>
    findingsOf({ ...mention, ...plainly }, person, mind.knowledge),
  );
  const recommended =
    recommends.test(told) && !warns.test(told) && !draft.endsWith('?') && !forLowSugar.test(draft);
  const against = recommended
    ? findings.filter(({ rule }) => rule.kind === 'avoid' || rule.kind === 'limit')
    : [];
  const steady =
    forbidsGreens.test(draft) && !draft.endsWith('?')
      ? findings.filter(({ rule }) => rule.id === 'warfarin-vitamin-k')
      : [];
  const gravest = [...against].sort((a, b) =>
    a.rule.kind === b.rule.kind ? 0 : a.rule.kind === 'avoid' ? -1 : 1,
  )[0];
  // Another rule may well speak against greens: then forbidding them is right.
  const forbidsOnly = findings.some(({ rule }) => rule.kind === 'avoid' || rule.kind === 'limit')
    ? undefined
    : steady[0];
  const objection = gravest ?? forbidsOnly;
  if (!objection) return { reason: 'The sentence agrees with what is known of the food.', relevant: true };
  return {
    verdict: Verdict.REWRITE,
    disposition: Disposition.NONE,
    say: filled(objection.rule.say, objection),
    facts: [ruleFact(objection)],
    reason: `The sentence ${gravest ? 'recommends' : 'forbids'} ${objection.mention.food.id}: ${ruleFact(objection).text}`,
    confidence: 0.9,
    relevant: true,
  };
}

/** In a draft, food is spoken of, not eaten. */
const plainly: Pick<Mention, 'large' | 'negated' | 'experiencer' | 'asked' | 'askedOf'> = {
  large: false,
  negated: false,
  experiencer: 'patient',
  asked: false,
  askedOf: [],
};
