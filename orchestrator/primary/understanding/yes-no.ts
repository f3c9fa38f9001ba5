import { plainClauses } from './plain-words.js';

export interface YesNoAnswer {
  readonly answer: 'yes' | 'no' | 'unsure';
  /** True for "I guess", "not really", "yeah no": worth repeating back where it matters. */
  readonly hedged: boolean;
}

type Lead = 'yes' | 'no' | 'soft-yes' | 'soft-no';

/** Phrases that answer, longest first where one begins another. "$" means that the clause must end there. */
const leads: readonly (readonly [RegExp, Lead])[] = [
  [
    /^(?:of course not|absolutely not|definitely not|certainly not|no way|not at all|not once|not one)\b/,
    'no',
  ],
  [/^(?:not that i (?:know|am aware|noticed|have noticed|can (?:tell|think))(?: of)?)\b/, 'soft-no'],
  [
    /^(?:i (?:do not|would not) (?:think|believe|say) so|i guess not|i hope not|probably not|i do not think i (?:am|do|have|did))\b/,
    'soft-no',
  ],
  [
    /^(?:not really|not much|not too (?:much|bad)|not so (?:much|far)|not (?:yet|today|any ?more|lately|recently|usually|often)|not (?:so|that) (?:much|bad))\b/,
    'soft-no',
  ],
  [/^(?:i )?hardly (?:ever|any)?\b/, 'soft-no'],
  [
    /^(?:nope|nah|naw|never|none|nothing|negative|neither|no longer|no sir|no maam|no thank you|no thanks)\b/,
    'no',
  ],
  [/^no\b/, 'no'],
  [
    /^(?:i|we|it|that|they|she|he|there)(?: still| really| just)? (?:am|do|does|did|have|has|had|was|were|is|are|can|could|will|would)(?: really| actually| just| still)? not\b(?! (?:miss|missed|skip|skipped|forget|forgotten|mind))/,
    'no',
  ],
  [
    /^(?:am|do|did|have|has|can|will|is|are) not\b(?! (?:miss|missed|skip|skipped|forget|forgotten|mind))/,
    'no',
  ],
  [
    /^(?:of course|you bet|for sure|that is (?:right|correct|true|it|me)|sure(?: am| do| did| have| thing)?|most definitely|without fail|every (?:single )?(?:day|morning|night|time))\b/,
    'yes',
  ],
  [
    /^(?:i (?:guess|suppose|think|believe|would say|reckon) (?:so|yes|yeah|i (?:am|do|have|did)))\b/,
    'soft-yes',
  ],
  [
    /^(?:maybe |just |only )?(?:a (?:little|bit|touch|few)|some ?times?|some(?: of it)?|kind of|sort of|once in a while|now and then|on and off|off and on|more or less|pretty much|mostly|most of the time|usually|occasionally|from time to time)\b/,
    'soft-yes',
  ],
  [
    /^(?:yes|yeah|yep|yup|yea|yah|ya|aye|yessir|absolutely|definitely|certainly|correct|indeed|exactly|affirmative|always|both|all of them|true)\b/,
    'yes',
  ],
  [/^right\b(?! (?:now|after|before|away|here|there|leg|foot|arm|side|ankle|hand|knee))/, 'yes'],
  [
    /^(?:i|we|it|that|they|there) (?:am|do|does|did|have|has|was|is|are|can|will|sure (?:am|do|did))(?= (?:[.,]|yes|too|every|it|them|that|some|all|both|still)\b|$| [.,])/,
    'yes',
  ],
  [/^i still (?:am|do|have)\b/, 'yes'],
  [/^i (?:try|am trying)\b/, 'soft-yes'],
];

const permissionLeads: readonly (readonly [RegExp, Lead])[] = [
  [
    /^(?:no problem|no worries|no objections?|not a problem|no i do not mind|no not at all|i do not mind|i would not mind|why not|no issue)\b/,
    'yes',
  ],
  [
    /^(?:i (?:would )?(?:rather|prefer|prefer that you|would rather you) (?:not|did not|do not)|please do not|do not (?:record|do that)|i do not want|i do not (?:consent|agree|like that)|rather not|i object|i refuse)\b/,
    'no',
  ],
  [
    /^(?:ok|okay|alright|all right|fine|go (?:right )?ahead|go for it|please(?: do)?|you (?:can|may)|by all means|sounds (?:good|fine|okay|ok)|(?:that|it) is (?:just |perfectly |totally )?(?:fine|ok|okay|alright|all right|good)|i (?:agree|consent|am (?:ok|okay|fine|good) with (?:that|it))|fine (?:with|by) me|if you (?:want|like|need|must)(?: to)?|be my guest|good)\b/,
    'yes',
  ],
];

const skippable =
  /^(?:[.,]|well|oh|so|actually|honestly|hi|hello|hey|um|you know|let me (?:see|think)|i mean|look|okay|ok|and|like|thank you|thanks|dear|honey|maam|sir|please)(?: |$)/;

const unsure =
  /\b(?:i (?:really )?(?:do not|could not|can not) (?:know|remember|recall|say|tell(?: you)?)|i am not (?:really )?(?:too )?sure|not (?:too |quite |really )?sure|no idea|hard to say|i forget|i forgot if|yes and no|who knows|depends|i have no (?:idea|clue))\b/;

const afterNoStillYes =
  /\b(?:but|except|only|just|maybe)(?: [.,])? (?:(?:maybe|just|only|for|i (?:do|did|have)) )?(?:a little|a bit|some ?times?|some|once|occasionally|when|at night|at times|in the (?:morning|evening)|yesterday|last|on the stairs|if i)\b/;

/**
 * The yes or no in an utterance; undefined when there is none.
 * The last of several leading words counts ("yeah, no"), and a plain "no" that goes on with
 * "but a little …" is a hedged yes, because a symptom denied and then described is there.
 * @param options.permission true when leave was asked ("may I…?"), where "go ahead" and "no problem" mean yes
 */
export function yesNo(
  text: string,
  options: { readonly permission?: boolean } = {},
): YesNoAnswer | undefined {
  const clauses = plainClauses(text);
  if (clauses === '') return undefined;
  if (/\byes and no\b/.test(clauses)) return { answer: 'unsure', hedged: true };
  const permission = options.permission === true;
  if (
    permission &&
    /^(?:no [.,] |no )?that is (?:fine|ok|okay|alright)\b/.test(clauses) &&
    clauses.startsWith('no')
  )
    return undefined;
  const lead = leading(clauses, permission) ?? trailing(clauses);
  if (unsure.test(clauses) && !(lead && /^(?:yes|no)\b/.test(clauses)))
    return { answer: 'unsure', hedged: true };
  if (!lead) return undefined;
  if ((lead.meaning === 'no' || lead.meaning === 'soft-no') && !permission && afterNoStillYes.test(clauses)) {
    return { answer: 'yes', hedged: true };
  }
  return {
    answer: lead.meaning === 'yes' || lead.meaning === 'soft-yes' ? 'yes' : 'no',
    hedged: lead.meaning === 'soft-yes' || lead.meaning === 'soft-no' || lead.mixed,
  };
}

interface Found {
  readonly meaning: Lead;
  readonly mixed: boolean;
}

function leading(clauses: string, permission: boolean): Found | undefined {
  const table = permission ? [...permissionLeads, ...leads] : leads;
  let rest = clauses;
  let meaning: Lead | undefined;
  let mixed = false;
  for (let taken = 0; taken < 4;) {
    const skip = permission && /^(?:ok|okay|please)\b/.test(rest) ? undefined : skippable.exec(rest);
    if (skip) {
      rest = rest.slice(skip[0].length);
      continue;
    }
    const match = table
      .map(([pattern, means]) => ({ match: pattern.exec(rest), means }))
      .find((row) => row.match);
    if (!match?.match) break;
    const before = meaning;
    meaning = match.means;
    if (before && isYes(before) !== isYes(meaning)) mixed = true;
    rest = rest.slice(match.match[0].length).trimStart();
    taken++;
  }
  return meaning === undefined ? undefined : { meaning, mixed };
}

/** "My ankles? No." and "Furosemide, yes." */
function trailing(clauses: string): Found | undefined {
  const last =
    /(?:^|[.,] |\s)(yes|yeah|yep|no|nope)(?: (?:sir|maam|i (?:am|do|have|did)(?: not)?))?(?: [.,])?$/.exec(
      clauses,
    );
  const word = last?.[1];
  if (word === undefined) return undefined;
  return { meaning: word.startsWith('n') ? 'no' : 'yes', mixed: false };
}

function isYes(lead: Lead): boolean {
  return lead === 'yes' || lead === 'soft-yes';
}
