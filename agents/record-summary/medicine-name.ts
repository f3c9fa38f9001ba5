/** What an RxNorm name of a product says. */
export interface MedicineName {
  /** The ingredients, as a person says them: "sacubitril and valsartan". */
  readonly name: string;
  /** Of one tablet or capsule, "40 mg"; empty for several ingredients or when the name does not say it. */
  readonly strength: string;
}

const PRODUCT =
  /^(?:\d+ (?:HR|ML) )?(?<names>.+?) (?<value>\d[\d.]*) (?<unit>MG|MCG|G|UNT|MEQ)\b(?<rest>.*)$/i;
const SOLID = /\b(?:tablet|capsule)\b/i;

/**
 * The plain name in "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet [Toprol]" and its strength.
 * A name that is no product stays as it is.
 */
export function readMedicineName(written: string): MedicineName {
  const parts = written.replace(/\s*\[[^\]]*\]\s*$/, '').split(' / ');
  const read = parts.map((part) => PRODUCT.exec(part.trim())?.groups);
  const names = read.map((groups) => groups?.['names']?.trim());
  if (names.some((name) => name === undefined)) return { name: written.trim(), strength: '' };
  const name = names.join(' and ').toLowerCase();
  const [only] = read;
  const { value, unit, rest } = only ?? {};
  if (read.length > 1 || value === undefined || unit === undefined || !SOLID.test(rest ?? '')) {
    return { name, strength: '' };
  }
  return { name, strength: `${value} ${unit.toLowerCase()}` };
}
