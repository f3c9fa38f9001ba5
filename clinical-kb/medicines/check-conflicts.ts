import type { Checkable } from './checkable.js';
import type { InteractionSeverity } from './schema.js';

/** Everything that is said twice and not alike, as sentences. */
export function contradictions(knowledge: Checkable): string[] {
  return [
    ...interactionConflicts(knowledge),
    ...contraindicationConflicts(knowledge),
    ...substanceConflicts(knowledge),
    ...studiedConflicts(knowledge),
  ];
}

interface Claim {
  readonly id: string;
  readonly severity: InteractionSeverity;
  readonly overrides: readonly string[];
  /** How much the rule is about: of two the one about less is the more exact. */
  readonly reach: number;
}

const gravity: readonly InteractionSeverity[] = ['contraindicated', 'major', 'moderate', 'minor'];

/** A milder rule must say which one it overrides; a graver one must be about less. */
function agree(one: Claim, other: Claim): boolean {
  if (one.severity === other.severity) return true;
  if (one.overrides.includes(other.id) || other.overrides.includes(one.id)) return true;
  const [graver, milder] =
    gravity.indexOf(one.severity) < gravity.indexOf(other.severity) ? [one, other] : [other, one];
  return graver.reach <= milder.reach;
}

/** Two rules that give one pair of medicines different severities, as sentences. */
function interactionConflicts(knowledge: Checkable): string[] {
  const claims = new Map<string, Claim[]>();
  const conflicts: string[] = [];
  for (const { id, a, b, also, except, severity, overrides } of knowledge.interactions) {
    if (also) continue;
    const left = knowledge.members.of(a, except);
    const right = knowledge.members.of(b, except);
    const claim: Claim = { id, severity, overrides: overrides ?? [], reach: left.size * right.size };
    const own = new Set<string>();
    for (const first of left)
      for (const second of right)
        if (first !== second) own.add(first < second ? `${first} + ${second}` : `${second} + ${first}`);
    if (own.size === 0) conflicts.push(`interaction ${id} is about no pair`);
    record(claims, own, claim, conflicts);
  }
  return conflicts;
}

/** Two rules that give one medicine in one condition different severities, as sentences. */
function contraindicationConflicts(knowledge: Checkable): string[] {
  const claims = new Map<string, Claim[]>();
  const conflicts: string[] = [];
  for (const rule of knowledge.contraindications) {
    const selected = knowledge.members.of(rule.medicines, rule.except);
    const own = new Set<string>();
    for (const ingredient of selected)
      for (const condition of rule.conditions) own.add(`${ingredient} in ${condition}`);
    const claim: Claim = {
      id: rule.id,
      severity: rule.severity,
      overrides: rule.overrides ?? [],
      reach: selected.size * rule.conditions.length,
    };
    record(claims, own, claim, conflicts);
  }
  return conflicts;
}

/** Two rules that give one medicine with one food or drink different severities, as sentences. */
function substanceConflicts(knowledge: Checkable): string[] {
  const claims = new Map<string, Claim[]>();
  const conflicts: string[] = [];
  for (const rule of knowledge.substanceRules) {
    const selected = knowledge.members.of(rule.medicines, rule.except);
    const claim: Claim = { id: rule.id, severity: rule.severity, overrides: [], reach: selected.size };
    record(
      claims,
      [...selected].map((of) => `${of} with ${rule.substance}`),
      claim,
      conflicts,
    );
  }
  return conflicts;
}

/** Pairs that were found harmless and that a rule warns of, as sentences. */
function studiedConflicts(knowledge: Checkable): string[] {
  return knowledge.studied.flatMap(({ pair: [one, other] }) =>
    knowledge.interactions
      .filter(({ also, severity }) => !also && severity !== 'minor')
      .filter(({ a, b, except }) => {
        const left = knowledge.members.of(a, except);
        const right = knowledge.members.of(b, except);
        return (left.has(one) && right.has(other)) || (left.has(other) && right.has(one));
      })
      .map(({ id }) => `${id} warns of ${one} with ${other}, which no-interaction.json calls harmless`),
  );
}

function record(
  claims: Map<string, Claim[]>,
  keys: Iterable<string>,
  claim: Claim,
  conflicts: string[],
): void {
  for (const key of keys) {
    const others = claims.get(key) ?? [];
    for (const other of others)
      if (!agree(claim, other))
        conflicts.push(`${other.id} says ${other.severity} and ${claim.id} says ${claim.severity} of ${key}`);
    claims.set(key, [...others, claim]);
  }
}
