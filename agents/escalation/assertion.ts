import type { Clauses } from '../language/clauses.js';
import { wordsBetween, type PhraseMatch } from '../language/phrase.js';
import type { Reading } from '../language/reading.js';
import { assertsDespiteNever, denialOf } from './denial.js';
import type { Surroundings } from './surroundings.js';
import {
  gotOver,
  habitual,
  illAgain,
  justHad,
  isOver,
  nowWords,
  pastInside,
  pastWords,
  presentAfterPast,
  presentVerb,
  recentWords,
  remoteWords,
} from './time-words.js';

/**
 * Whether a symptom that was named is there, now, and the patient's own.
 *
 * present      said of the person now
 * over         said of the person, lately, or with no word on whether it goes on
 * history      said of the person, long ago or before this hospital stay
 * unsure       asked about, or half denied
 * absent       denied
 * hypothetical "if I get …", a warning sign repeated, a side effect feared
 */
export type Status = 'present' | 'over' | 'history' | 'unsure' | 'absent' | 'hypothetical';

export interface Assertion {
  readonly status: Status;
  /** "patient", or the other person as named: "husband", "he". */
  readonly experiencer: string;
}

/** What was going on when the words were said. */
export interface Setting {
  /** The agent had asked the patient to repeat the warning signs in their own words. */
  readonly teachBack: boolean;
}

/** Reads the words around a match. */
export function assertionOf(
  reading: Reading,
  clauses: Clauses,
  match: PhraseMatch<unknown>,
  setting: Setting,
): Assertion {
  const clause = clauses.clauseOf(match.from);
  const sentence = clauses.sentenceOf(match.from);
  const next = clauses.sentences.find(({ from }) => from === sentence.to);
  const around: Surroundings = {
    before: ` ${wordsBetween(reading, clause.from, match.from)} `,
    sentenceBefore: ` ${wordsBetween(reading, sentence.from, match.from)} `,
    matched: ` ${wordsBetween(reading, match.from, match.to)} `,
    clause: ` ${wordsBetween(reading, clause.from, Math.max(clause.to, match.to))} `,
    after: ` ${wordsBetween(reading, match.to, sentence.to)} `,
    sentence: ` ${wordsBetween(reading, sentence.from, sentence.to)} `,
    nextSentence: next ? ` ${wordsBetween(reading, next.from, Math.min(next.to, next.from + 12))} ` : ' ',
    gap: ` ${match.between} `,
    question: sentence.question,
  };
  const experiencer = experiencerOf(around);
  return { status: statusOf(around, setting, experiencer), experiencer };
}

function statusOf(around: Surroundings, setting: Setting, experiencer: string): Status {
  if (assertsDespiteNever(around)) return 'present';
  const denial = denialOf(around);
  if (denial === 'denied') return 'absent';
  if (isHypothetical(around, setting, experiencer)) return 'hypothetical';
  if (denial === 'half') return 'unsure';
  const now = nowWords.test(around.clause) || nowWords.test(around.after);
  const past =
    pastWords.test(around.before) ||
    (pastInside.test(around.matched) && !presentAfterPast.test(around.matched));
  if (experiencer !== 'patient' && past && gotOver.test(around.after) && !illAgain.test(around.after))
    return 'history';
  if (remoteWords.test(around.sentence) && !now) return 'history';
  if (experiencer !== 'patient' && justHad.test(around.before)) return 'present';
  if (experiencer !== 'patient' && past && !now) return 'history';
  const resolved = isOver(around);
  if (resolved) return 'over';
  if (isAskedAbout(around)) return 'unsure';
  if (habitual.test(around.before) && !now) return 'over';
  if (past && !now) return 'over';
  if (recentWords.test(around.clause) && !now && !presentVerb.test(around.before + around.matched))
    return 'over';
  return 'present';
}

// --- hypothetical ----------------------------------------------------------------------------

const ifBefore = / (?:if|unless|in case|suppose|supposing) (?!it kills)/;
const notAnIf = / (?:as|know|sure|wonder|wondering|see|tell|even|asked|ask) if /;
const warnings =
  / (?:signs?|symptoms?|risk|risks|chance|chances|danger|side effects?|prevent|prevents|avoid|avoiding|watch|watching|look|looking|lookout|wait|afraid|scared|history|causes?|reduce|lower|rule|screening|test|tested|checked|check|looked) (?:for|of|out for|against|out) | (?:worry|worried|worries|worrying|nervous|afraid|scared|fear) (?:about|of) (?:having|getting|ever having|another) | (?:prevent|prevents|avoid|protects?|from having|from getting|so i do not|so that i do not|keeps? me from) /;
const callIf =
  / (?:would|will|should|must|to|supposed to|need to|have to|can|then|you|i) (?:just )?(?:call|dial|phone|tell|go to|contact|ring) (?:911|988|you|the nurse|a nurse|the doctor|my doctor|the clinic|them|an ambulance|the office|the hospital|the er|the emergency room|someone|somebody|for help|right away)/;
const saidNow =
  / (?:right now|now|today|currently|at the moment|this minute|as we speak) | (?:i am|i have been|i am really) (?:having|feeling|getting)|actually/;

function isHypothetical(around: Surroundings, setting: Setting, experiencer: string): boolean {
  if (story.test(around.sentence) && experiencer !== 'patient') return true;
  if (setting.teachBack && !saidNow.test(around.clause)) return true;
  const before = around.before;
  const conditional = ifBefore.test(before) && !notAnIf.test(before);
  if (conditional && !/ (?:right now|now) /.test(around.clause.replace(/ if .*? (?=right now|now)/, ' ')))
    return true;
  if (warnings.test(before) && !/ (?:my|this|these) $/.test(before)) return true;
  const instructs = callIf.test(around.sentenceBefore) && !/ should i /.test(around.sentenceBefore);
  if (instructs && !/ (?:because|since|i am having|i have) /.test(around.clause)) {
    return / (?:if|for|when|whenever|in case|about) /.test(around.sentenceBefore);
  }
  if (callIf.test(around.after) && / (?:if|when|whenever|for) /.test(before)) return true;
  return false;
}

/** Told of somebody on the screen or on a page. */
const story =
  / (?:on (?:the )?(?:tv|television|radio|news|computer|internet|screen)|(?:book|movie|show|story|program) (?:is|was) about|in (?:the|a|my|this) (?:movie|film|show|book|story|program|series|novel|magazine|newspaper|paper)|the (?:movie|film|show|program|actor|character)|my (?:show|shows|soap|soaps|program|stories)|watching|i read (?:about|that)|i saw (?:a|this) (?:video|commercial|ad)|commercial) /;

/** Asked about in general, not told of: "should I worry about chest pain?", "is dizziness normal?" */
function isAskedAbout(around: Surroundings): boolean {
  // "Can lisinopril cause …", "I am scared I might have …"
  if (
    / (?:can|could|may|might|does|do|will|would) (?:[a-z]+ ){0,4}(?:cause|lead to|bring on|give you|give me|give people) /.test(
      around.before,
    )
  )
    return true;
  if (/ (?:might|may|could|would|will) $/.test(around.before) && /^ (?:have|get) /.test(around.matched))
    return true;
  if (!around.question) return false;
  return (
    !/ (?:my|this|these|i am|i have|i feel|i keep|i got|me) /.test(around.before + around.matched) ||
    / (?:do|should|would|could|did|will) (?:you think )?i (?:have|be|get) /.test(around.before)
  );
}

// --- whose -----------------------------------------------------------------------------------

const others = new Set([
  'husband',
  'wife',
  'spouse',
  'son',
  'daughter',
  'mother',
  'mom',
  'mum',
  'mama',
  'father',
  'dad',
  'papa',
  'brother',
  'sister',
  'friend',
  'neighbor',
  'neighbour',
  'uncle',
  'aunt',
  'cousin',
  'grandma',
  'grandmother',
  'grandpa',
  'grandfather',
  'grandson',
  'granddaughter',
  'coworker',
  'roommate',
  'boyfriend',
  'girlfriend',
  'partner',
  'boss',
  'nephew',
  'niece',
  'baby',
  'kid',
  'kids',
  'children',
  'grandkids',
  'grandchildren',
  'parents',
  'neighbors',
  'child',
  'dog',
  'cat',
  'guy',
  'lady',
  'man',
  'woman',
  'family',
  'people',
  'somebody',
  'he',
  'she',
  'him',
  'people',
  'everyone',
  'law',
  'patient',
]);
const reports =
  /^(?:says?|said|thinks?|thought|noticed|notices|told|tells|sees|saw|heard|worries|worried|is worried|was worried|wants|wanted|made|makes|called|asked|drove|found)$/;
const besideThem = new Set([
  'with',
  'to',
  'from',
  'by',
  'at',
  'near',
  'for',
  'told',
  'asked',
  'and',
  'like',
  'help',
  'see',
  'tell',
]);
const correctedTo =
  / (?:it|that|this) (?:was|is) (?:about |for |with )?(?:my|the|a|his|her) (\w+)|not me (?:,|it was|but)? ?(?:my|the)? ?(\w+)?/;

const toldOf = / (?:about|of|where) (?:that|this|a|an|some|the) (?:\w+ ){0,3}?(\w+) who (?:\w+ )?$/;

/** The nearest subject before the symptom: "my husband had …" is not the patient's. */
function experiencerOf(around: Surroundings): string {
  if (/ (?:me|myself|mine) /.test(around.matched)) return 'patient';
  const words = around.sentenceBefore.trim().split(' ');
  const corrected = correctedTo.exec(`${around.after}${around.nextSentence}`);
  const named = corrected?.[1] ?? corrected?.[2];
  if (named !== undefined && others.has(named)) return named;
  // "About that singer who took …": told of the singer.
  const told = toldOf.exec(around.sentenceBefore)?.[1];
  if (told !== undefined) return told;
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (word === 'i' || word === 'me' || word === 'myself') return 'patient';
    if (word === 'his' || word === 'her') return word === 'his' ? 'he' : 'she';
    if (others.has(word)) {
      if (reports.test(next)) continue;
      const owner = words[at - 1] ?? '';
      const beforeOwner = words[at - 2] ?? '';
      if (owner === 'my' && besideThem.has(beforeOwner)) {
        at -= 1;
        continue;
      }
      return word;
    }
    if (word === 'my' && !others.has(next)) return 'patient';
  }
  return 'patient';
}
