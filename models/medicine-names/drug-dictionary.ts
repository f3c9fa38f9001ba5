import bunzip from 'seek-bzip';
import { readPlainPickle, type Plain } from './read-pickle.js';

/** What the drug dictionary knows of names. All lower case. */
export interface DrugDictionary {
  /** Ingredients and combinations that MedlinePlus describes: what is prescribed or sold in the United States. */
  readonly described: ReadonlySet<string>;
  /** Other entries of DrugBank's open vocabulary. */
  readonly listed: ReadonlySet<string>;
  /** A name → the entry it stands for, where there is only one. */
  readonly entryOf: ReadonlyMap<string, string>;
}

/**
 * Reads drug_ner_dictionary.pkl.bz2. Entries that stand on nothing but a Wikipedia article (CC BY-SA) or
 * on MeSH alone (mostly substances of the laboratory) are left out.
 * @throws RangeError when it is not what it was
 */
export function readDrugDictionary(compressed: Uint8Array): DrugDictionary {
  const root = mapOf(readPlainPickle(bunzip.decode(compressed)), 'the file');
  const described = new Set<string>();
  const listed = new Set<string>();
  for (const [entry, data] of mapOf(root.get('drug_canonical_to_data'), 'drug_canonical_to_data')) {
    const fields = mapOf(data, 'an entry');
    if (fields.has('medline_plus_id')) described.add(entry);
    else if (fields.has('drugbank_id')) listed.add(entry);
  }
  const entryOf = new Map<string, string>();
  for (const [name, entries] of mapOf(root.get('drug_variant_to_canonical'), 'drug_variant_to_canonical')) {
    const [only, ...more] = Array.isArray(entries) ? entries : [];
    if (typeof only !== 'string' || more.length > 0) continue;
    if (described.has(only) || listed.has(only)) entryOf.set(name, only);
  }
  return { described, listed, entryOf };
}

function mapOf(value: Plain | undefined, what: string): Map<string, Plain> {
  if (value instanceof Map) return value;
  throw new RangeError(`${what} is no dictionary`);
}
