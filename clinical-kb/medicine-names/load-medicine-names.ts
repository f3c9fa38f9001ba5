import { AsterismError } from '../../platform/errors.js';
import { citationOf, citationText } from '../citation.js';
import { joinVersions, loadKnowledge } from '../load.js';
import { lookAlikesFile, pronunciationsFile, type OtherName } from './schema.js';

/** What is known of names beside the medicines themselves. */
export interface MedicineNameKnowledge {
  /** Names that stand in a pair and not in medicines.json. */
  readonly others: readonly Omit<OtherName, 'cite'>[];
  readonly lookAlikes: readonly { readonly names: readonly [string, string]; readonly citation: string }[];
  /** Name in lower case → IPA, where the spelling misleads. */
  readonly pronunciations: ReadonlyMap<string, string>;
  readonly version: string;
}

/** @throws AsterismError KNOWLEDGE_INVALID when a file does not pass its schema or lists a pair twice */
export async function loadMedicineNames(): Promise<MedicineNameKnowledge> {
  const [lookAlikes, pronunciations] = await Promise.all([
    loadKnowledge('medicine-names/look-alikes.yaml', lookAlikesFile),
    loadKnowledge('medicine-names/pronunciations.yaml', pronunciationsFile),
  ]);
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
    pronunciations: new Map(pronunciations.data.pronunciations.map(({ name, ipa }) => [name, ipa])),
    version: joinVersions([lookAlikes.version, pronunciations.version]),
  };
}
