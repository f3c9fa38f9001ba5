import type { CallContext } from '../../protos/generated/asterism/v1/specialist.js';
import { readText } from '../language/reading.js';

/** Kind of a fact that says who may hear about the patient; its subjects are relations: "daughter". */
const PERMISSION = 'permission';

/**
 * Relations, or names, of those who may hear about the patient because a specialist found a permission on
 * file: a fact of kind "permission" whose subjects name the relation.
 */
export function permittedOnFile(context: CallContext | undefined): readonly string[] {
  return (context?.findings ?? []).flatMap(({ kind, subjects }) => (kind === PERMISSION ? subjects : []));
}

/** Whether words that say who has the telephone name somebody who may hear. */
export function isPermitted(words: string, permitted: readonly string[]): boolean {
  return permitted.some((relation) => words.includes(` ${relation.toLowerCase()} `));
}

/** Whom a patient names: "my daughter", "mister carter". */
export function namedIn(text: string, relations: readonly string[]): string[] {
  const reading = readText(text).text;
  const titled = [...reading.matchAll(/ (?:mister|mr|missus|mrs|miss|ms) (?:\. )?([a-z]+) /g)].map(
    ([, name]) => name,
  );
  return [
    ...relations.filter((relation) => new RegExp(` my (?:[a-z]+ )?${relation} `).test(reading)),
    ...titled.filter((name) => name !== undefined),
  ];
}
