import type { Protocol, ProtocolItem } from './schema.js';
import { phraseSlots, type PhraseKey, type Wording } from './wording-schema.js';

export interface LintFinding {
  /** Path of the field, for example items.3.ask.0. */
  readonly field: string;
  readonly problem: string;
}

const alwaysKnown = ['organisation', 'telephone', 'givenName', 'daysSinceDischarge', 'topic'];

/** The slots that an item of each kind can fill. */
const slotsOfKind: Readonly<Record<ProtocolItem['kind'], readonly string[]>> = {
  open: [],
  'yes-no': [],
  number: ['pounds'],
  medicines: ['medicine', 'purpose', 'dose', 'frequency', 'heard'],
  appointment: ['appointmentWith', 'appointmentWhen', 'appointmentPlace'],
  'teach-back': ['missing'],
  questions: [],
};

/** Answers that an item of each kind can end with, for "when". */
const outcomesOfKind: Readonly<Record<ProtocolItem['kind'], readonly string[]>> = {
  open: ['done'],
  'yes-no': ['yes', 'no', 'unsure'],
  number: ['measured', 'none'],
  medicines: ['done'],
  appointment: ['yes', 'no', 'none'],
  'teach-back': ['complete', 'incomplete'],
  questions: ['done'],
};

/** What a schema can not see: items that are never reached, sources and slots that do not exist. */
export function lintProtocol(protocol: Protocol): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const cited = new Set<string>();
  const earlier = new Map<string, ProtocolItem>();
  visitStrings(protocol.cite, 'cite', (key, field) => checkCite(key, field));
  protocol.items.forEach((item, index) => {
    const at = `items.${index}`;
    if (earlier.has(item.id)) findings.push({ field: `${at}.id`, problem: `${item.id} is used twice` });
    findings.push(...conditionProblems(item, earlier, at));
    findings.push(...slotProblems(item, [...alwaysKnown, ...slotsOfKind[item.kind]], at));
    visitCites(item, at, checkCite);
    earlier.set(item.id, item);
  });
  findings.push(...slotProblems({ purpose: protocol.purpose }, alwaysKnown, ''));
  findings.push(...slotProblems({ closing: protocol.closing }, alwaysKnown, ''));
  const unused = Object.keys(protocol.sources).find((key) => !cited.has(key));
  if (unused !== undefined) findings.push({ field: `sources.${unused}`, problem: 'nothing cites it' });
  return findings;

  function checkCite(key: string, field: string): void {
    cited.add(key);
    if (!Object.hasOwn(protocol.sources, key)) findings.push({ field, problem: `no source "${key}"` });
  }
}

export function lintWording(wording: Wording): readonly LintFinding[] {
  return (Object.keys(phraseSlots) as PhraseKey[]).flatMap((key) =>
    slotProblems({ [key]: wording.phrases[key] }, phraseSlots[key], 'phrases'),
  );
}

function conditionProblems(
  item: ProtocolItem,
  earlier: ReadonlyMap<string, ProtocolItem>,
  at: string,
): readonly LintFinding[] {
  if (!item.when) return [];
  const asked = earlier.get(item.when.item);
  if (!asked) {
    return [
      {
        field: `${at}.when.item`,
        problem: `${item.id} is never reached: no earlier item "${item.when.item}"`,
      },
    ];
  }
  const outcomes = outcomesOfKind[asked.kind];
  if (outcomes.includes(item.when.is)) return [];
  return [
    {
      field: `${at}.when.is`,
      problem: `${item.id} is never reached: ${asked.id} ends with ${outcomes.join(', ')}, not "${item.when.is}"`,
    },
  ];
}

function slotProblems(node: unknown, known: readonly string[], at: string): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  visitStrings(node, at, (text, field) => {
    for (const [, slot] of text.matchAll(/\{([^}]*)\}/g)) {
      if (slot !== undefined && !known.includes(slot))
        findings.push({ field, problem: `unknown slot {${slot}}` });
    }
  });
  return findings;
}

function visitStrings(node: unknown, at: string, visit: (text: string, field: string) => void): void {
  if (typeof node === 'string') visit(node, at);
  else if (typeof node === 'object' && node !== null) {
    for (const [key, child] of Object.entries(node))
      visitStrings(child, at === '' ? key : `${at}.${key}`, visit);
  }
}

function visitCites(node: unknown, at: string, visit: (key: string, field: string) => void): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    if (key === 'cite' && typeof child === 'string') visit(child, `${at}.cite`);
    else visitCites(child, `${at}.${key}`, visit);
  }
}
