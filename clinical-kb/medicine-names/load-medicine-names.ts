import { AsterismError } from '../../platform/errors.js';
import { citationOf, citationText } from '../citation.js';
import { loadKnowledge } from '../load.js';
import { lookAlikesFile, type OtherName } from './schema.js';

/** What is known of names beside the medicines themselves. */
export interface MedicineNameKnowledge {
  /** Names that stand in a pair and not in medicines.json. */
  readonly others: readonly Omit<OtherName, 'cite'>[];
  readonly lookAlikes: readonly { readonly names: readonly [string, string]; readonly citation: string }[];
  readonly version: string;
}

/** @throws AsterismError KNOWLEDGE_INVALID when a file does not pass its schema or lists a pair twice */
export async function loadMedicineNames(): Promise<MedicineNameKnowledge> {
  const lookAlikes = await loadKnowledge('medicine-names/look-alikes.yaml', lookAlikesFile);
  const { sources, others, pairs } = lookAlikes.data;
  const seen = new Set<string>();
  for (const { names } of pairs) {
    const key = names
      .map((name) => name.toLowerCase())
      .sort()
      .join('/');
    if (seen.has(key)) {
      throw new AsterismError('KNOWLEDGE_INVALID', `medicine-names/look-alikes.yaml: ${key} is there twice`);
    }
    seen.add(key);
  }
  return {
    others: others.map(({ cite: _cite, ...other }) => other),
    lookAlikes: pairs.map(({ names, cite }) => ({
      names,
      citation: citationText(citationOf(sources, cite)),
    })),
    version: lookAlikes.version,
  };
}
