import type { RedFlag, Urgency } from '../../clinical-kb/escalation/red-flags.js';
import type { Sign } from './rule-book.js';

/** What one sign asks for. */
export type Action =
  | { readonly kind: 'act'; readonly urgency: Urgency }
  /** Unsure: ask first; with "no" it is still worth ifNo. */
  | { readonly kind: 'ask'; readonly ifNo: Urgency | undefined }
  | { readonly kind: 'note'; readonly why: string };

/** What is known beside the words. */
export interface Background {
  /** Groups that the patient belongs to, by chart or by own words: "anticoagulant", "pregnancy". */
  readonly groups: ReadonlySet<string>;
  /** Identifiers of rules that were acted on earlier in this call and not taken back. */
  readonly raised: ReadonlySet<string>;
  /** Identifiers of rules that were asked about and denied earlier in this call. */
  readonly settled: ReadonlySet<string>;
}

export interface Weighed {
  readonly sign: Sign;
  readonly action: Action;
}

/** Below this word probability a sign was not surely heard. */
const SURELY_HEARD = 0.4;

const order: readonly Urgency[] = [
  'call-911',
  'call-988',
  'urgent-nurse',
  'same-day',
  'within-days',
  'routine',
];

/** 0 is the most urgent. */
export function rankOf(urgency: Urgency): number {
  return order.indexOf(urgency);
}

export function isEmergency(urgency: Urgency): boolean {
  return urgency === 'call-911' || urgency === 'call-988';
}

/** Decides for every sign; most urgent first, rules in their own order. */
export function weigh(signs: readonly Sign[], rules: readonly RedFlag[], background: Background): Weighed[] {
  const there = new Set([
    ...background.raised,
    ...signs.filter(({ status }) => status === 'present' || status === 'over').map(({ rule }) => rule.id),
  ]);
  return signs
    .map((sign) => ({ sign, action: actionOf(sign, there, background) }))
    .sort(
      (a, b) => rankOfAction(a) - rankOfAction(b) || rules.indexOf(a.sign.rule) - rules.indexOf(b.sign.rule),
    );
}

/** A certain emergency, then a question about one, then everything else by urgency. */
function rankOfAction({ sign, action }: Weighed): number {
  switch (action.kind) {
    case 'act':
      return isEmergency(action.urgency) ? rankOf(action.urgency) : 10 + rankOf(action.urgency);
    case 'ask':
      return isEmergency(sign.rule.disposition) ? 5 + rankOf(sign.rule.disposition) : 20;
    case 'note':
      return 30;
  }
}

function actionOf(sign: Sign, there: ReadonlySet<string>, background: Background): Action {
  const { rule, status } = sign;
  const needs = rule['with-rule'];
  if (needs?.every((other) => !there.has(other)) === true)
    return note(`only together with ${needs.join(' or ')}`);
  if (rule.needs && !isAmong(rule.needs, background)) {
    return note(`only with ${[...rule.needs.conditions, ...rule.needs.medicines].join(' or ')}`);
  }
  switch (status) {
    case 'absent':
      return note('denied');
    case 'hypothetical':
      return note('not said of something that is happening');
    case 'history':
      return rule['ask-if-history'] && sign.experiencer === 'patient' && !background.settled.has(rule.id)
        ? { kind: 'ask', ifNo: undefined }
        : note('long ago, before this hospital stay, or of another person in the past');
    case 'present':
    case 'over':
    case 'unsure':
      return sign.experiencer === 'patient' ? ofPatient(sign, background) : ofAnother(sign, status);
  }
}

function ofPatient(sign: Sign, background: Background): Action {
  const { rule, status } = sign;
  const raised = rule.raise !== undefined && isAmong(rule.raise, background);
  const urgency = raised ? (rule.raise?.disposition ?? rule.disposition) : rule.disposition;
  const recent = raised ? urgency : (rule.recent ?? rule.disposition);
  const emergency = isEmergency(urgency);
  if (emergency && sign.certain && sign.confidence < SURELY_HEARD) return doubt(rule, undefined, background);
  switch (status) {
    case 'present':
      if (sign.certain) return { kind: 'act', urgency };
      return emergency || rule['ask-first']
        ? doubt(rule, undefined, background)
        : { kind: 'act', urgency: recent };
    case 'over':
      if (!sign.certain)
        return emergency || rule['ask-first']
          ? doubt(rule, recent, background)
          : { kind: 'act', urgency: recent };
      // What happened and is over: a faint yesterday needs no question, a pain that may go on does.
      if (!emergency || rule.event || isEmergency(recent)) return { kind: 'act', urgency: recent };
      return { kind: 'ask', ifNo: recent };
    default:
      return emergency || urgency === 'urgent-nurse'
        ? doubt(rule, undefined, background)
        : note('asked about in general');
  }
}

const animals: ReadonlySet<string> = new Set(['dog', 'cat']);

function ofAnother(sign: Sign, status: 'present' | 'over' | 'unsure'): Action {
  const { rule } = sign;
  if (animals.has(sign.experiencer)) return note(`of an animal: ${sign.experiencer}`);
  if (!isEmergency(rule.disposition) || !rule['others-count'])
    return note(`of another person: ${sign.experiencer}`);
  if (status === 'present' && sign.certain && sign.confidence >= SURELY_HEARD) {
    return { kind: 'act', urgency: rule.disposition };
  }
  return note(`of another person, and not going on: ${sign.experiencer}`);
}

/** Asks once; a doubt that was settled with "no" does not come back at every mention. */
function doubt(rule: RedFlag, ifNo: Urgency | undefined, background: Background): Action {
  return background.settled.has(rule.id)
    ? note('asked about and denied earlier in this call')
    : { kind: 'ask', ifNo };
}

function isAmong(patients: NonNullable<RedFlag['needs']>, { groups }: Background): boolean {
  return [...patients.medicines, ...patients.conditions].some((group) => groups.has(group));
}

function note(why: string): Action {
  return { kind: 'note', why };
}
