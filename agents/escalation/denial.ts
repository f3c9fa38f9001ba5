import type { Surroundings } from './surroundings.js';

const answerNo = / no ,/;
const denyingNo =
  / (?:no|without|denies|deny|denied|zero|neither|nor|none of|free of|nothing like|negative for|no longer|no more|ruled out|rule out)(?= )/g;
const denyingNot = / (?:not|never)(?= )/g;
/** "not only", "not sure", and what is not said of the symptom but of its going away. */
const notAboutIt =
  /^ (?:hardly|barely|scarcely|only|just|sure|certain|kidding|joking|lying|going away|go away|stop|stopping|better|getting better|any better|until|when|long)/;
/** Between "not" and the symptom: verbs of which the symptom is the cause or the object, so it is there. */
const opaque =
  / (?:sleep|slept|sleeping|stand|take|tell|told|telling|like|help|helps|helping|helped|call|called|calling|stop|stops|walk|go|work|tolerate|bear|ignore|explain|eat|eating|move|rest|control|shake|understand|wait|want|lie|lay|right|well|good|okay|ok|great|feel like myself|handle|live|do|mention|mentioned|worry|worried|touch|deal|forget|miss|care|with this|with the|from the|from this|of the|due to) /;
/** "I have never had chest pain like this" says that it is there. */
const likeNeverBefore = /^ (?:like (?:this|that)|this bad|that bad|so bad|as bad|before like)/;
const deniedAfter =
  /^ (?:[,.?] )?(?:and )?(?:i (?:said|told (?:her|him|them|you)) no|no|none|never|nope|negative|not at all|not really|i do not|i have not|not me|not today|not that)(?: [,.]| i do not| i have not| not| none| sir| maam|(?= ?$))/;
const ruledOut =
  /^ (?:free |(?:has|have|is|was|were|are|did|does) not (?:been|there|happening|happened|present|bothering|a problem|an issue)|(?:was|is|has been|were) ruled out|(?:is|are) not (?:what|something|it))/;

/** Whether a sign is denied: before it ("no chest pain"), inside it ("my chest does not hurt"), or after it ("chest pain? no"). */
export function denialOf(around: Surroundings): 'denied' | 'half' | 'none' {
  if (/ (?:not|no|never|without) /.test(around.gap) && !/ not (?:go|going|gone|stop)/.test(around.gap)) {
    return 'denied';
  }
  // "Nobody is hurting me."
  if (
    / (?:no one|nobody|none of them) (?:is |are |has |was |here |ever |else |been |there )*$/.test(
      around.before,
    )
  )
    return 'denied';
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
    // "I can't hardly breathe" says that it is there.
    if (rest === ' ' && /^ (?:hardly|barely) /.test(around.matched)) continue;
    if (/ never (?:had|felt|experienced|been)/.test(match[0] + rest) && / (?:such|this) /.test(rest))
      continue;
    found.push(match[0].trim());
  }
  return found;
}

/** True for "never had chest pain like this before". */
export function assertsDespiteNever({ before, after }: Surroundings): boolean {
  return / (?:never|not) /.test(before) && likeNeverBefore.test(after);
}
