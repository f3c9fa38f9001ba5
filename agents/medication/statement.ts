import type { Token } from '../spoken/tokens.js';

/** What somebody does with a medicine, by the words around its name. */
export type Act =
  /** "Can I take …?" */
  | 'question'
  /** Takes it, took it, is going to. */
  | 'takes'
  /** "I don't take …", "no …". */
  | 'denies'
  /** "I stopped …", "I ran out of …". */
  | 'stopped'
  /** "I forgot my …", "I missed …". */
  | 'missed'
  /** Named without any of these. */
  | 'mentions';

export interface Statement {
  readonly act: Act;
  /** True when it is about what was already taken ("I took"). */
  readonly taken: boolean;
  /** "patient", or the other person as named. */
  readonly experiencer: string;
}

const asks =
  /(^| )(can i|could i|may i|should i|am i allowed|is it (ok|okay|safe|alright|all right|fine|bad|good|dangerous|a problem|true)|is there (any|a) (problem|harm|interaction|danger|risk)|would it be (ok|okay|safe|alright|fine)|what about|how about|do you think i|do i (need|have)|ok to|okay to|ok if|okay if|safe to|what if i|are there any|does it|is that (ok|okay|safe)|how (much|many|often)|what('s| is) the (most|maximum|max|highest|limit|right dose|usual dose|safe dose)|does|will|interacts?|mix|mixing|go together|safe (with|for|together))( |$)/;
const denies =
  /(^| )(don't|do not|didn't|did not|doesn't|never|not|no|without|haven't|have not|wasn't|isn't)( \S+){0,4}$/;
const stopped =
  /(^| )(stopped|((told|asked|wants|wanted) me to|said to|had to) (stop|quit)|used to (take|use|be on|have)|quit|ran out|out of|no longer|off( of)?|gave up|not (been )?taking( \S+)? anymore|discontinued|took me off|can't afford|cannot afford|couldn't get)( \S+){0,4}$/;
/** A dose that was left out, told or asked about: "I forgot my …", "if I miss a dose of …". */
const leftOut =
  /(^| )(missed|forgot|forgotten|skipped|(if|when|what if|because|since) (i|you)( \S+){0,2} (miss|forget|skip)|(didn't|did not|haven't|have not|never) (take|taken|took|use|used|get) (my|the|last|yesterday's|this morning's|today's)|(didn't|did not) remember( to take)?|(remember|know|sure|forgot) (whether|if) i( already| have)? (took|taken|had)|been (missing|skipping|forgetting)|keep (missing|forgetting|skipping))( \S+){0,6}$/;
/** "I never miss my …" leaves nothing out. */
const neverLeftOut =
  /(^| )(never|don't|do not|didn't|did not|haven't|not|no|without|rarely|hardly ever) (ever |once )?(miss|missed|missing|forget|forgot|forgotten|skip|skipped|skipping)( |$)/;
/** "I forgot my birth control pill yesterday, I take …" */
const leftOutBefore =
  /(^| )(forgot|missed|skipped) ((to take )?(my|a|the|one|two) )?(\S+ ){0,3}(pill|pills|dose|doses|medicine|medication|shot|injection)( \S+){0,5} i( \S+){0,3}$/;
const leftOutAfter =
  /^(\S+ ){0,4}(i |and |but |which )*(missed|forgot|skipped|didn't take|did not take|forgot to take) (it|that|them|a dose|one|my dose|last|this|yesterday|the|two|three|several)( |$)/;
const missed = /(^| )(forgot|forget|missed|miss|skip|skipped|skipping|missing|forgotten)( \S+){0,5}$/;
const others =
  /(^| )(husband|wife|mother|mom|mama|father|dad|son|daughter|sister|brother|friend|neighbor|roommate|partner|grandmother|grandfather|aunt|uncle|cousin|boss|dog|cat|he|she|they)(?='s |s | )/;
/** "My daughter picked up Advil": who buys it does not say who takes it. */
const obtained = /(^| )(picked up|got|bought|brought|ordered|found|grabbed|handed|offered|sent)( |$)/;
const forOthers = /(^| )for (him|her|himself|herself|them|themselves|his|their)( |$)/;
const forMe = /(^| )(for (me|my|myself)|can i|could i|may i|should i|if i)( |$)/;
/** "… Is that all right for me?" asks about what the sentence before named. */
const asksOfIt =
  /^(so )?((is|was|would|will) (that|it|this|they)( be)? (\S+ )?(ok|okay|all right|alright|fine|safe|bad|good|a problem|dangerous|too much|too many)|(can|could|may|should) i (take|use|have|try) (it|that|this|them|one|some))( |$)/;
const meAgain = /(^| )(me|i|i'm|i've|i'll|i'd|us|we)( |$)/;
const takes =
  /(^| )(take|takes|taking|took|taken|taken|on|use|using|used|had|have|got|started|popped|swallowed|need|double|doubled|been)( |$)/;
const tookPast = /(^| )(took|taken|had|used|swallowed|popped|doubled|just had)( |$)/;

/**
 * Reads the words around a medicine.
 * @param tokens of the whole utterance
 * @param start index of the name's first word
 * @param end index after its last word
 */
export function statementOf(tokens: readonly Token[], start: number, end: number): Statement {
  const before = joined(tokens, clauseStart(tokens, start), start);
  const after = joined(tokens, end, clauseEnd(tokens, end));
  const sentence = joined(tokens, sentenceStart(tokens, start), start);
  const next = nextSentence(tokens, end);
  const experiencer = takerOf(sentence, joined(tokens, end, clauseEnd(tokens, end)), next);
  const taken = tookPast.test(before);
  const neverDoes = neverLeftOut.test(before) && !/(whether|if) i /.test(before);
  if (
    (!neverDoes && leftOut.test(before) && !/(^| )any( \S+)?$/.test(before)) ||
    leftOutAfter.test(after) ||
    leftOutBefore.test(sentence)
  )
    return { act: 'missed', taken: false, experiencer };
  if (asks.test(sentence) || asks.test(` ${after}`) || asksOfIt.test(next))
    return { act: 'question', taken: false, experiencer };
  if (!neverDoes && missed.test(before)) return { act: 'missed', taken: false, experiencer };
  if (stopped.test(before) || /^(ran out|anymore|any more)( |$)/.test(after))
    return { act: 'stopped', taken: false, experiencer };
  // "My doctor said no ibuprofen, but I took one" is taking it.
  const still =
    /(^| )but i(?:'ve| have| did|'m| am)?( \S+){0,2}? ?(took|take|taking|had|used|use|did)( |$)/.test(
      joined(tokens, end, Math.min(tokens.length, end + 9)),
    );
  if (still) return { act: 'takes', taken: true, experiencer };
  if (denies.test(before) && !/(^| )not (only|just)( |$)/.test(before))
    return { act: 'denies', taken: false, experiencer };
  return { act: takes.test(before) || takes.test(after) ? 'takes' : 'mentions', taken, experiencer };
}

/** "my husband takes warfarin" is the husband's; "my daughter gave me Advil" is the patient's. */
export function experiencerOf(before: string): string {
  const other = others.exec(before);
  if (!other) return 'patient';
  const rest = before.slice(other.index + other[0].length);
  return meAgain.test(rest) ? 'patient' : (other[2] ?? 'other');
}

/** Whose medicine it is; what somebody else got is the patient's when it is for the patient, or asked about so. */
function takerOf(before: string, after: string, next: string): string {
  const experiencer = experiencerOf(before);
  if (experiencer === 'patient' || !obtained.test(before) || forOthers.test(after)) return experiencer;
  return forMe.test(after) || forMe.test(next) ? 'patient' : experiencer;
}

/** The sentence after the one that the name stands in; empty when it is the last. */
function nextSentence(tokens: readonly Token[], at: number): string {
  const ends = (index: number): boolean => /[.!?]["')]*$/.test(tokens[index]?.written ?? '');
  let start = at;
  while (start < tokens.length && !ends(start)) start += 1;
  let end = start + 1;
  while (end < tokens.length && !ends(end)) end += 1;
  return joined(tokens, start + 1, end + 1);
}

function joined(tokens: readonly Token[], start: number, end: number): string {
  return tokens
    .slice(start, end)
    .map((token) => token.text)
    .join(' ');
}

/** A clause begins after a comma, "but", or "and I". */
function clauseStart(tokens: readonly Token[], at: number): number {
  for (let start = at; start > 0; start -= 1) {
    const previous = tokens[start - 1];
    const word = tokens[start]?.text;
    if (previous?.endsClause) return start;
    if (start < at && (word === 'but' || (word === 'and' && tokens[start + 1]?.text === 'i'))) return start;
  }
  return 0;
}

function clauseEnd(tokens: readonly Token[], at: number): number {
  let end = at;
  while (end < tokens.length && tokens[end]?.text !== 'but') {
    end += 1;
    if (tokens[end - 1]?.endsClause) break;
  }
  return end;
}

function sentenceStart(tokens: readonly Token[], at: number): number {
  let start = at;
  while (start > 0 && !/[.!?]["')]*$/.test(tokens[start - 1]?.written ?? '')) start -= 1;
  return start;
}
