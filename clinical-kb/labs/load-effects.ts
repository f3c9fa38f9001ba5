import { AsterismError } from '../../platform/errors.js';
import { citationOf, citationText } from '../citation.js';
import { joinVersions, loadKnowledge } from '../load.js';
import { splitSelector, type MedicineKnowledge } from '../medicines/load-medicines.js';
import type { MeasureKnowledge } from './load-measures.js';
import { effectsFile, type EffectsFile, type LabEffect } from './schema.js';

/** A medicine as far as laboratory values are concerned. */
export interface EffectMedicine {
  readonly ingredient: string;
  readonly classes: readonly string[];
}

/** An effect with its citation as one line. */
export type KnownEffect = Omit<LabEffect, 'cite'> & { readonly citation: string };

/** All that is known of what medicines do to laboratory values. */
export interface EffectKnowledge {
  /** What a name, lower case, stands for: one medicine, or those of a combination product. */
  readonly names: ReadonlyMap<string, readonly EffectMedicine[]>;
  readonly classes: EffectsFile['classes'];
  readonly topics: EffectsFile['topics'];
  readonly effects: readonly KnownEffect[];
  /** Those of one medicine, or of a class where no ingredient is named. */
  effectsOf(medicine: EffectMedicine): readonly KnownEffect[];
  /** The measures whose effects count for a measure, itself first. */
  sameAs(measure: string): readonly string[];
  readonly version: string;
}

/**
 * @param measures whose identifiers the effects name
 * @throws AsterismError KNOWLEDGE_INVALID when the file names what no other knows, or a medicine both raises and lowers a value
 */
export async function loadEffects(measures: MeasureKnowledge): Promise<EffectKnowledge> {
  const effects = await loadKnowledge('labs/drug-effects.json', effectsFile);
  const { medicines } = measures;
  const known = allMedicines(medicines, effects.data);
  checkEffects(effects.data, [...known.values()], new Set(measures.measures.map(({ id }) => id)));
  const all: KnownEffect[] = effects.data.effects.map(({ cite, ...effect }) => ({
    ...effect,
    citation: citationText(citationOf(effects.data.sources, cite)),
  }));
  const found = new Map<string, readonly KnownEffect[]>();
  return {
    names: namesOf(medicines, effects.data, known),
    classes: effects.data.classes,
    topics: effects.data.topics,
    effects: all,
    effectsOf: (medicine) => {
      const key = `${medicine.ingredient} ${medicine.classes.join(' ')}`;
      const own = found.get(key) ?? all.filter((effect) => isEffectOf(effect, medicine));
      found.set(key, own);
      return own;
    },
    sameAs: (measure) => {
      const same = effects.data.sameAnalyte.find((group) => group.includes(measure)) ?? [];
      return [measure, ...same.filter((other) => other !== measure)];
    },
    version: joinVersions([effects.version, medicines.version]),
  };
}

/** True for an effect of this medicine, by its ingredient or one of its classes. */
export function isEffectOf(
  { medicines, except }: Pick<LabEffect, 'medicines' | 'except'>,
  medicine: EffectMedicine,
): boolean {
  const selects = (selector: string): boolean =>
    selector === `ingredient:${medicine.ingredient}` ||
    medicine.classes.some((of) => selector === `class:${of}`);
  return medicines.some(selects) && !(except ?? []).some(selects);
}

function allMedicines(medicines: MedicineKnowledge, file: EffectsFile): Map<string, EffectMedicine> {
  const known = new Map<string, EffectMedicine>();
  for (const { ingredient, classes } of [...file.medicines, ...medicines.medicines.values()])
    known.set(ingredient, { ingredient, classes });
  return known;
}

function namesOf(
  medicines: MedicineKnowledge,
  file: EffectsFile,
  known: ReadonlyMap<string, EffectMedicine>,
): Map<string, readonly EffectMedicine[]> {
  const names = new Map<string, readonly EffectMedicine[]>();
  const add = (name: string, of: readonly EffectMedicine[]): void => {
    const key = plainName(name);
    if (key !== '' && !names.has(key) && of.length > 0) names.set(key, of);
  };
  for (const { ingredient, brands, classes } of medicines.medicines.values())
    for (const name of [ingredient, ...brands]) add(name, [{ ingredient, classes }]);
  for (const { product, names: others, ingredients } of medicines.products) {
    const of = ingredients.flatMap(({ ingredient }) => known.get(ingredient) ?? []);
    for (const name of [product, ...others]) add(name, of);
  }
  for (const { ingredient, names: others, classes } of file.medicines)
    for (const name of [ingredient, ...others]) add(name, [known.get(ingredient) ?? { ingredient, classes }]);
  return names;
}

/** A name as its words are compared: lower case, no marks. */
export function plainName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}

function checkEffects(
  file: EffectsFile,
  medicines: readonly EffectMedicine[],
  measures: ReadonlySet<string>,
): void {
  const classes = new Set(medicines.flatMap((medicine) => medicine.classes));
  const ingredients = new Set(medicines.map(({ ingredient }) => ingredient));
  for (const { medicines: named, except = [], with: partner, analytes } of file.effects) {
    for (const selector of [...named, ...except, ...(partner === undefined ? [] : [partner])]) {
      const [kind, value] = splitSelector(selector);
      if (!(kind === 'class' ? classes : ingredients).has(value)) wrong(`no medicine "${selector}"`);
    }
    for (const analyte of analytes) if (!measures.has(analyte)) wrong(`no measure "${analyte}"`);
  }
  for (const { class: of } of file.classes) if (!classes.has(of)) wrong(`no class "${of}"`);
  for (const id of [...file.sameAnalyte.flat(), ...file.topics.flatMap(({ analytes }) => analytes)])
    if (!measures.has(id)) wrong(`no measure "${id}"`);
  for (const medicine of medicines) checkMedicine(medicine, file.effects);
}

/** One medicine does one thing to one value. */
function checkMedicine(medicine: EffectMedicine, effects: readonly LabEffect[]): void {
  const found = new Map<string, LabEffect['effect']>();
  for (const effect of effects) {
    if (!isEffectOf(effect, medicine)) continue;
    for (const analyte of effect.analytes) {
      const key = `${analyte} ${effect.with ?? ''} ${effect.testOnly === true ? 'test' : ''}`;
      const other = found.get(key);
      if (other !== undefined && other !== effect.effect)
        wrong(`${medicine.ingredient} has two effects on ${analyte}: ${other} and ${effect.effect}`);
      found.set(key, effect.effect);
    }
  }
}

function wrong(what: string): never {
  throw new AsterismError('KNOWLEDGE_INVALID', `lab effects: ${what}`);
}
