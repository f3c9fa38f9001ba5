import type { Observed, ObservedFact, ObservedReview } from './observed.js';
import type { EntityMatch, FactMatch } from './task.js';

/** Whether two names are the same but for case, punctuation, and a form behind them ("fluticasone nasal"). */
export function sameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

export function isOneOf(name: string, names: readonly string[]): boolean {
  return names.some((candidate) => sameName(candidate, name));
}

/** Like isOneOf, where a combination written with slashes counts as each of its parts. */
function isOrHasOneOf(name: string, names: readonly string[]): boolean {
  return isOneOf(name, names) || name.split('/').some((part) => isOneOf(part, names));
}

/** Like isOneOf, where a combination written with slashes counts when all of its parts do. */
export function isMadeOf(name: string, names: readonly string[]): boolean {
  return isOneOf(name, names) || name.split('/').every((part) => isOneOf(part, names));
}

export function factsOf(observed: Observed): ObservedFact[] {
  return observed.reviews.flatMap(({ facts }) => facts);
}

/** Same kind and about all the subjects, whatever its severity. */
export function isAboutTheSame(fact: ObservedFact, match: FactMatch): boolean {
  return (
    isOneOf(fact.kind, match.kind) &&
    match.subjects.every((names) => fact.subjects.some((subject) => isOrHasOneOf(subject, names)))
  );
}

export function isFact(fact: ObservedFact, match: FactMatch): boolean {
  return (
    isAboutTheSame(fact, match) && (match.severity === undefined || isOneOf(fact.severity, match.severity))
  );
}

/** An entity as far as grading reads it; fields that a specialist left out have their empty value. */
export interface NamedThing {
  readonly kind: string;
  readonly name: string;
  readonly alternatives: readonly string[];
  readonly value: number | undefined;
  readonly unit: string;
  readonly negated: boolean;
}

export function namedThings(review: ObservedReview): NamedThing[] {
  return review.entities.map((entity) => ({
    kind: textOf(entity['kind']),
    name: textOf(entity['name']),
    alternatives: Array.isArray(entity['alternatives']) ? entity['alternatives'].map(textOf) : [],
    value: typeof entity['value'] === 'number' ? entity['value'] : undefined,
    unit: textOf(entity['unit']),
    negated: entity['negated'] === true,
  }));
}

/** Right name, kind and negation; its value is looked at by hasValue. */
export function isNamed(thing: NamedThing, match: EntityMatch): boolean {
  return (
    isOrHasOneOf(thing.name, match.names) &&
    (match.kind === undefined || isOneOf(thing.kind, match.kind)) &&
    (match.negated === undefined || thing.negated === match.negated)
  );
}

/** Half a per cent apart is the same number after a conversion of units. */
const SAME_VALUE = 0.005;

export function hasValue(thing: NamedThing, match: EntityMatch): boolean {
  const near =
    match.value === undefined ||
    (thing.value !== undefined && Math.abs(thing.value - match.value) <= Math.abs(match.value) * SAME_VALUE);
  return near && (match.unit === undefined || match.unit.includes(thing.unit));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** How a medicine is given, behind its name; whether it was named right does not hang on that. */
const form =
  /(?<=\w)(?: (?:nasal|spray|cream|ointment|gel|patch|topical|inhaled|inhaler|oral|eye|drops|enema))+$/;

function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(form, '');
}
