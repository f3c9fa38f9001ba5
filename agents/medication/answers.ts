import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import { Disposition, Verdict, type Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { Token } from '../spoken/tokens.js';
import { format, spokenAmount } from './dose-judgement.js';
import { productOf } from './intake.js';
import type { MedicineName } from './name-index.js';
import type { Outcome } from './outcome.js';
import { listOf, type Beside } from './rules.js';
import { sentences, spokenName, type Voice } from './sentences.js';

const howMuch =
  /(^| )(how (much|many)|the (most|maximum|max|highest|limit)|(maximum|max|highest|safe|right|usual|daily) (dose|amount|limit)|what dose|how often)( |$)/;

/** True for "how much Tylenol can I take a day?" */
export function asksHowMuch(tokens: readonly Token[]): boolean {
  return howMuch.test(tokens.map((token) => token.text).join(' '));
}

/** What the label allows, as a fact, for a question about a dose. */
export function doseLimitFacts(name: MedicineName, knowledge: MedicineKnowledge): Fact[] {
  const product = productOf(name, knowledge);
  const own: Fact[] =
    product?.directions === undefined
      ? []
      : [
          {
            kind: 'dose',
            subjects: [product.product],
            severity: 'within',
            text: `The label of ${product.product} allows ${product.directions.unitsPerDose} at a time and ${product.directions.maxUnitsPer24h} in 24 hours.`,
            citation: product.citation,
          },
        ];
  const parts = name.ingredients.flatMap((ingredient): Fact[] => {
    const medicine = knowledge.medicines.get(ingredient);
    const single = medicine?.otc?.singleMg;
    const daily = medicine?.otc?.dailyMg ?? medicine?.maxDailyMg;
    if (!medicine || (single === undefined && daily === undefined)) return [];
    const byStrength = Object.entries(medicine.otc?.dailyMgByStrength ?? {});
    const limits = [
      ...(single === undefined ? [] : [`${format(single)} at a time`]),
      ...(daily === undefined ? [] : [`at most ${format(daily)} in 24 hours`]),
      ...byStrength.map(([mg, most]) => `${format(most)} with tablets of ${mg} mg`),
    ];
    return [
      {
        kind: 'dose',
        subjects: [ingredient],
        severity: 'within',
        text: `The label of ${ingredient} allows adults ${listOf(limits)}.`,
        citation: medicine.citation,
      },
    ];
  });
  return [...own, ...parts];
}

/** The spoken answer to "how much can I take": what the list says, else what the package says, else a nurse. */
export function doseLimitAnswer(voice: Voice, name: MedicineName): Outcome {
  const { knowledge } = voice;
  const spoken = spokenName(name);
  const charted = voice.chart.medicines.find((entry) => entry.name.canonical === name.canonical);
  const product = productOf(name, knowledge);
  const medicine = knowledge.medicines.get(name.ingredients[0] ?? '');
  const otc = product === undefined ? medicine?.otc : undefined;
  const say =
    charted && charted.dose !== '' && voice.verified
      ? sentences.listDose(spoken, charted.dose, charted.frequency)
      : product?.otc === true && product.directions
        ? sentences.packageUnits(
            spoken,
            product.directions.unitsPerDose,
            product.directions.maxUnitsPer24h,
            product.unit,
            name.ingredients,
          )
        : otc?.dailyMg !== undefined
          ? sentences.packageDose(
              spoken,
              otc.singleMg === undefined ? undefined : spokenAmount(otc.singleMg),
              spokenAmount(otc.dailyMg),
              otc.dailyMgByStrength !== undefined,
            )
          : sentences.nurseConfirms(spoken);
  return {
    verdict: Verdict.ADVISE,
    disposition: Disposition.ROUTINE,
    say,
    reason: `A question about how much ${name.canonical} is safe.`,
    confidence: 0.8,
  };
}

/**
 * For a question where no rule fires: pairs that studies found harmless, and otherwise that nothing was found,
 * which is said to be no proof.
 */
export function nothingFoundFacts(
  name: MedicineName,
  beside: readonly Beside[],
  conditions: readonly string[],
  knowledge: MedicineKnowledge,
): Fact[] {
  const others = [...new Set(beside.flatMap((other) => other.ingredients))];
  const studied = knowledge.studied.flatMap(({ pair: [one, other], text, citation }): Fact[] => {
    const first = name.ingredients.includes(one) ? one : name.ingredients.includes(other) ? other : '';
    const second = first === one ? other : one;
    return first !== '' && others.includes(second)
      ? [{ kind: 'interaction', subjects: [first, second], severity: 'none', text, citation }]
      : [];
  });
  const known = new Set(studied.flatMap((fact) => fact.subjects));
  const rest = others.filter((other) => !known.has(other) && !name.ingredients.includes(other)).slice(0, 4);
  const citation = `Asterism medicine knowledge ${knowledge.version}, no rule found`;
  const ingredient = name.ingredients[0] ?? name.canonical;
  return [
    ...studied,
    ...rest.map((other): Fact => ({
      kind: 'interaction',
      subjects: [ingredient, other],
      severity: 'none',
      text: `No rule of this knowledge base is about ${ingredient} with ${other}; that is no proof that there is nothing.`,
      citation,
    })),
    ...conditions.slice(0, 4).map((condition): Fact => ({
      kind: 'contraindication',
      subjects: [ingredient, condition],
      severity: 'none',
      text: `No rule of this knowledge base is about ${ingredient} with ${condition}; that is no proof that there is nothing.`,
      citation,
    })),
  ];
}
