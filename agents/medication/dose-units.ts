/** Milligrams in one unit of mass. */
const massUnits: Readonly<Record<string, number>> = {
  mg: 1,
  mgs: 1,
  milligram: 1,
  milligrams: 1,
  mcg: 0.001,
  microgram: 0.001,
  micrograms: 0.001,
  mics: 0.001,
  g: 1000,
  gram: 1000,
  grams: 1000,
};

/** Words for one piece of a medicine. */
const doseForms = new Set(
  (
    'tablet tablets pill pills capsule capsules caplet caplets puff puffs drop drops patch patches gummy gummies ' +
    'packet packets dose doses gelcap gelcaps liquicap liquicaps tab tabs cap caps spray sprays'
  ).split(' '),
);

/** True for a word that belongs to a dose and never to a medicine's name. */
export function isDoseWord(text: string): boolean {
  return (
    Object.hasOwn(massUnits, text) ||
    Object.hasOwn(volumeUnits, text) ||
    doseForms.has(text) ||
    text === 'units' ||
    text === 'unit'
  );
}

/** Millilitres in one unit of a household or metric measure. */
const volumeUnits: Readonly<Record<string, number>> = {
  ml: 1,
  mls: 1,
  milliliter: 1,
  milliliters: 1,
  millilitre: 1,
  millilitres: 1,
  cc: 1,
  ccs: 1,
  teaspoon: 5,
  teaspoons: 5,
  tablespoon: 15,
  tablespoons: 15,
  ounce: 30,
  ounces: 30,
  oz: 30,
};

/** The volume in mL of one unit that a word names. */
export function volumeUnit(text: string): number | undefined {
  return Object.hasOwn(volumeUnits, text) ? volumeUnits[text] : undefined;
}

/** Units that count no tablets and weigh nothing by themselves. */
export const otherUnits = /^(units?|iu|meq|milliequivalents?|%|percent)$/;

/** The mass in mg of one unit that a word names. */
export function massUnit(text: string): number | undefined {
  return Object.hasOwn(massUnits, text) ? massUnits[text] : undefined;
}
