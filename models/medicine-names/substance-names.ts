/** One row of the FDA's substance names that is a brand or an official name; lower case. */
export interface SubstanceName {
  readonly name: string;
  readonly kind: 'brand' | 'official';
  /** The substance's display name, with its salt. */
  readonly substance: string;
}

/**
 * Reads UNII_Names.txt, a table with tabs: name, type, code, display name. Of its types only `bn` (brand) and
 * `of` (official) are kept; the rest are systematic and laboratory names.
 * @throws RangeError when the columns are not those
 */
export function readSubstanceNames(text: string): SubstanceName[] {
  const found: SubstanceName[] = [];
  let at = text.indexOf('\n') + 1;
  const header = text.slice(0, Math.max(0, at - 1)).trimEnd();
  if (header !== 'Name\tTYPE\tUNII\tDisplay Name')
    throw new RangeError('the columns are not the expected ones');
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    const isBrand = line.includes('\tbn\t');
    if (!isBrand && !line.includes('\tof\t')) continue;
    const [name = '', , , display = ''] = line.trimEnd().split('\t');
    if (name === '' || display === '') continue;
    found.push({
      name: name.toLowerCase(),
      kind: isBrand ? 'brand' : 'official',
      substance: display.toLowerCase(),
    });
  }
  return found;
}

const salts = new Set(
  (
    'sodium potassium calcium magnesium disodium dipotassium zinc hydrochloride dihydrochloride trihydrochloride hcl ' +
    'hydrobromide bromide chloride iodide sulfate bisulfate hydrogen phosphate diphosphate acetate citrate tartrate ' +
    'bitartrate succinate fumarate hemifumarate maleate malate mesylate mesilate besylate besilate tosylate tosilate ' +
    'napsylate edisylate camsylate isethionate nitrate mononitrate lactate gluconate palmitate stearate pamoate embonate ' +
    'propionate dipropionate valerate butyrate benzoate salicylate pivalate pivoxil medoxomil anhydrous monohydrate ' +
    'dihydrate trihydrate hemihydrate sesquihydrate hexahydrate hydrate tromethamine trometamol meglumine lysine ' +
    'arginine olamine erbumine xinafoate furoate acetonide unspecified form ester hippurate mandelate orotate carbonate ' +
    'bicarbonate etexilate cilexetil axetil proxetil mofetil alafenamide disoproxil enanthate cypionate decanoate ' +
    'undecanoate'
  ).split(' '),
);

/**
 * The ways in which a substance's name could be written without its salt, longest first:
 * "metoprolol tartrate" gives itself and "metoprolol".
 */
export function withoutSalt(substance: string): string[] {
  const words = substance
    .replace(/,/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const ways = [substance];
  while (words.length > 1 && salts.has(words.at(-1) ?? '')) {
    words.pop();
    // "potassium citrate" is not potassium: a part of a salt is no name of its own.
    if (words.length > 1 || !salts.has(words[0] ?? '')) ways.push(words.join(' '));
  }
  return ways;
}
