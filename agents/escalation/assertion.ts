import type { Clauses } from '../language/clauses.js';
import { wordsBetween, type PhraseMatch } from '../language/phrase.js';
import type { Reading } from '../language/reading.js';

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

interface Surroundings {
  readonly before: string;
  readonly sentenceBefore: string;
  readonly matched: string;
  readonly clause: string;
  readonly after: string;
  readonly sentence: string;
  readonly nextSentence: string;
  readonly gap: string;
  readonly question: boolean;
}

function statusOf(around: Surroundings, setting: Setting, experiencer: string): Status {
  // "I have never had chest pain like this" says that it is there.
  if (/ (?:never|not) /.test(around.before) && likeNeverBefore.test(around.after)) return 'present';
  const denial = denialOf(around);
  if (denial === 'denied') return 'absent';
  if (isHypothetical(around, setting)) return 'hypothetical';
  if (denial === 'half') return 'unsure';
  const now = nowWords.test(around.clause) || nowWords.test(around.after);
  const past = pastWords.test(around.before) || pastInside.test(around.matched);
  if (remoteWords.test(around.sentence) && !now) return 'history';
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

// --- denial ---------------------------------------------------------------------------------

const answerNo = / no ,/;
const denyingNo =
  / (?:no|without|denies|deny|denied|zero|neither|nor|none of|free of|nothing like|negative for|no longer|no more|ruled out|rule out)(?= )/g;
const denyingNot = / (?:not|never)(?= )/g;
/** "not only", "not sure", and what is not said of the symptom but of its going away. */
const notAboutIt =
  /^ (?:only|just|sure|certain|kidding|joking|lying|going away|go away|stop|stopping|better|getting better|any better|until|when|long)/;
/** Between "not" and the symptom: verbs of which the symptom is the cause or the object, so it is there. */
const opaque =
  / (?:sleep|slept|sleeping|stand|take|tell|told|telling|like|help|helps|helping|helped|call|called|calling|stop|stops|walk|go|work|tolerate|bear|ignore|explain|eat|eating|move|rest|control|shake|understand|wait|want|lie|lay|right|well|good|okay|ok|great|feel like myself|handle|live|do|mention|mentioned|worry|worried|touch|deal|forget|miss|care|with this|with the|from the|from this|of the|due to) /;
const likeNeverBefore = /^ (?:like (?:this|that)|this bad|that bad|so bad|as bad|before like)/;
const deniedAfter =
  /^ (?:[,.?] )?(?:no|none|never|nope|negative|not at all|not really|i do not|i have not|not me|not today|not that)(?: [,.]| i do not| i have not| not| none| sir| maam|(?= ?$))/;
const ruledOut =
  /^ (?:free |(?:has|have|is|was|were|are|did|does) not (?:been|there|happening|happened|present|bothering|a problem|an issue)|(?:was|is|has been|were) ruled out|(?:is|are) not (?:what|something|it))/;

function denialOf(around: Surroundings): 'denied' | 'half' | 'none' {
  if (/ (?:not|no|never|without) /.test(around.gap) && !/ not (?:go|going|gone|stop)/.test(around.gap)) {
    return 'denied';
  }
  const asserted = / (?:i|he|she) (?:have|am|has|is|feel|got|keep|had|was) | there is | my $/.test(
    around.before,
  );
  if (!asserted && deniedAfter.test(`${around.after.trimEnd()} `)) return 'denied';
  if (
    !asserted &&
    around.after.trim().replace(/[.?,]/g, '').trim() === '' &&
    startsWithDenial(around.nextSentence)
  ) {
    return 'denied';
  }
  if (ruledOut.test(around.after)) return 'denied';
  const triggers = triggersOf(around);
  if (triggers.length === 0) return answerNo.test(around.before) && !asserted ? 'half' : 'none';
  if (triggers.length > 1) {
    // "I can not walk without chest pain" says that it is there; "no, I have never had it" that it is not.
    if (triggers.includes('without')) return 'none';
    return 'denied';
  }
  if (/ not (?:really )?(?:think|believe|feel like) /.test(around.before)) return 'half';
  return 'denied';
}

function startsWithDenial(sentence: string): boolean {
  return /^ (?:no|none|nope|never|not really|not at all|i do not|i have not|negative|no i|no ,)(?: |$)/.test(
    sentence,
  );
}

function triggersOf(around: Surroundings): string[] {
  const found: string[] = [];
  const before = around.before;
  for (const match of before.matchAll(denyingNo)) {
    const rest = before.slice(match.index + match[0].length);
    if (/^ ,/.test(rest) || /^ (?:doubt|relief|better|change|idea|reason|matter|problem|one)/.test(rest))
      continue;
    found.push(match[0].trim());
  }
  for (const match of before.matchAll(denyingNot)) {
    const rest = before.slice(match.index + match[0].length);
    if (notAboutIt.test(rest) || opaque.test(rest)) continue;
    if (/ never (?:had|felt|experienced|been)/.test(match[0] + rest) && / (?:such|this) /.test(rest))
      continue;
    found.push(match[0].trim());
  }
  return found;
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

function isHypothetical(around: Surroundings, setting: Setting): boolean {
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

// --- time -------------------------------------------------------------------------------------

const nowWords =
  / (?:right now|now|again|still|currently|at the moment|at this moment|this minute|this second|presently|since|ever since|keeps?|keep on|started|starting|starts|began|begun|ongoing|all day|all morning|all night|constantly|nonstop|will not stop|will not go away|does not go away|not going away|coming back|came back|come back|comes back|back again|worse|getting worse|worsening|have been|has been|i am having|is having|suddenly|all of a sudden|just (?!had)|as we speak) /;
const pastWords =
  / (?:had|was|were|used to have|used to get|felt|experienced|did|(?<! have )(?<! has )got|noticed|woke|went through|suffered|gave me|died of|died from|passed from) /;
const pastInside = / (?:had|was|were|felt|got|hurt me) /;
const remoteWords =
  / (?:last (?:year|month|summer|winter|spring|fall|autumn|christmas|thanksgiving|january|february|march|april|may|june|july|august|september|october|november|december)|(?:\w+ )?(?:years?|months|decades) (?:ago|back)|a (?:long time|while|year|month) (?:ago|back)|when i was (?:in|at) the (?:hospital|er|emergency|icu|emergency room)|(?:while|during) (?:i was )?(?:in|at|my|the) (?:the )?(?:hospital|stay|hospital stay|admission)|(?:in|at) the (?:hospital|icu)|before (?:the|my|i had (?:the|my)) (?:surgery|operation|hospital|stent|stents|bypass|admission|discharge|pacemaker|procedure)|before i (?:went|came|was|got) |back then|used to|in (?:19|20)\d\d|as a (?:kid|child|boy|girl|teenager)|when i was (?:a kid|a child|young|younger|little|a boy|a girl|\d+|in my)|history of|(?:that is|this is|the reason) (?:why )?i (?:went|was)|why i (?:went|was)|(?:put|landed|brought|took|sent) me (?:in|to|into) the (?:hospital|er|emergency)|in the past|went to the hospital (?:for|with)|admitted (?:for|with)|hospitalized (?:for|with)|runs? in (?:my|the) family|in my family|family history) /;
const recentWords =
  / (?:yesterday|last night|earlier|the other (?:day|night|morning)|(?:a few|few|couple|couple of|two|three|four|five|six|several|some|\d+|a|an) (?:minutes|hours?|days?|nights|weeks?) (?:ago|back)|over the weekend|last week|the day before|night before last|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)) /;
const overWords =
  / (?:is gone|are gone|all gone|has gone|have gone|gone now|went away|goes away|go away|gone away|has stopped|have stopped|it stopped|that stopped|stopped (?:now|after|on its own|by itself|hurting)|resolved|cleared up|passed(?: now)?|it passed|that passed|better now|fine now|okay now|is better|is much better|is a lot better|feels better|all right now|good now|feel fine|i am fine|not anymore|not any more|no more|subsided|eased|let up|settled down|lasted) /;
const notOver =
  / (?:not|never|will not|does not|has not|have not|did not) (?:really |completely |all the way )?(?:go|gone|going|stop|stopped|went|resolved|passed|pass|eased|better|let)|(?:came|comes|come|coming|is|are) back|passed out/;
const habitual =
  / (?:when|whenever|every time|sometimes|occasionally|once in a while|from time to time|now and then) /;
const presentVerb =
  / (?:i am|is|are|hurts|hurt|hurting|feels?|have(?! had)|has(?! had)|can not|aches|aching) /;

function isOver(around: Surroundings): boolean {
  const told = `${around.clause}|${around.after}|${around.nextSentence}`.replaceAll(
    / (?:passed|past) out /g,
    ' ',
  );
  return overWords.test(told) && !notOver.test(told);
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

/** The nearest subject before the symptom: "my husband had …" is not the patient's. */
function experiencerOf(around: Surroundings): string {
  if (/ (?:me|myself|mine) /.test(around.matched)) return 'patient';
  const words = around.sentenceBefore.trim().split(' ');
  const corrected = correctedTo.exec(`${around.after}${around.nextSentence}`);
  const named = corrected?.[1] ?? corrected?.[2];
  if (named !== undefined && others.has(named)) return named;
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
