import { Verification, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import type { Reading } from '../language/reading.js';

/** Kind of a fact that says who may hear about the patient; its subjects are relations: "daughter". */
const PERMISSION = 'permission';

/**
 * Whether the relative who speaks may hear about the patient: the patient said so on this call, or a
 * specialist found a permission on file (a fact of kind "permission" whose subjects name the relation).
 */
export function mayHear({ context }: ReviewRequest, reading: Reading): boolean {
  const verified = context?.verification === Verification.VERIFIED;
  const relations = (context?.findings ?? []).flatMap(({ kind, subjects }) => {
    if (kind === PERMISSION) return subjects;
    return kind === 'identity' && verified && subjects[0] === 'permission-given' ? subjects.slice(1) : [];
  });
  return relations.some((relation) => reading.text.includes(` ${relation.toLowerCase()} `));
}
