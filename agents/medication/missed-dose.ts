import type { Cited, MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { MissedDose } from '../../clinical-kb/medicines/schema.js';
import { Disposition, Verdict, type Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { Token } from '../spoken/tokens.js';
import type { MedicineName } from './name-index.js';
import type { Outcome } from './outcome.js';
import { sentences, spokenName } from './sentences.js';

const doubling =
  /(^| )(double|doubling|two at once|take two|take both|twice as much|catch up|make up for|an extra (one|dose|pill|tablet)|both pills)( |$)/;
const long =
  /(^| )(week|weeks|month|months|several days|a few days|many days|couple of days|(two|three|four|five|six|seven|\d+) days)( |$)/;

/** A dose that may have been taken is never taken again. */
const unsure = /(^| )(whether|if) i( already| have)? (took|taken|had)( |$)/;
/** Later than the same day, on which most labels let a dose be made good. */
const past = /(^| )(yesterday|the day before|the other day)( |$)/;

/** What to do about a dose that was left out: what the label says of it, and never two at once. */
export function missedDose(
  name: MedicineName,
  tokens: readonly Token[],
  charted: boolean,
  knowledge: MedicineKnowledge,
  confidence: number,
): { fact: Fact; outcome: Outcome } {
  const rule = missedDoseRule(name, knowledge);
  const text = tokens.map((token) => token.text).join(' ');
  const highAlert = name.ingredients.some((of) => knowledge.medicines.get(of)?.highAlert === true);
  const told = `${unsure.test(text) ? `The patient does not know whether ${name.canonical} was taken` : `The patient missed doses of ${name.canonical}`}${charted ? '' : ', which is not on the list'}.`;
  const sameDay = rule?.sameDay === true || highAlert || long.test(text);
  // Who missed many doses needs more than the rule for one.
  const uncertain = unsure.test(text);
  const late = past.test(text) && rule?.anyDay !== true;
  const advice = uncertain
    ? ' If you are not sure whether you took it, please leave it out, and take your next dose at the usual time.'
    : !rule || long.test(text)
      ? ''
      : late
        ? ' Take your next dose at the usual time.'
        : ` ${rule.say}`;
  return {
    fact: {
      kind: 'adherence',
      subjects: [name.canonical],
      severity: '',
      text: rule && !unsure.test(text) ? `${told} One missed dose: ${rule.say}` : told,
      citation: rule?.citation ?? 'said by the patient; prescription on the chart',
    },
    outcome: {
      verdict: doubling.test(text) ? Verdict.SAY : Verdict.ADVISE,
      disposition: sameDay ? Disposition.SAME_DAY : Disposition.WITHIN_DAYS,
      say: sentences.missed(spokenName(name), {
        advice,
        sameDay,
        never: rule?.twoOnOneDay !== true || advice === '',
      }),
      reason: told,
      confidence,
    },
  };
}

/** The rule for a medicine: by its brand, else by its ingredient, else by its class. */
export function missedDoseRule(
  name: MedicineName,
  knowledge: MedicineKnowledge,
): Cited<MissedDose> | undefined {
  const fitting = knowledge.missedDoses.filter(({ medicines }) => {
    const members = knowledge.members.of(medicines);
    return name.ingredients.some((ingredient) => members.has(ingredient));
  });
  const brand = name.written.toLowerCase();
  return (
    fitting.find((rule) => rule.brand?.toLowerCase() === brand) ??
    fitting.find(
      (rule) =>
        rule.brand === undefined &&
        name.ingredients.some((ingredient) => rule.medicines.includes(`ingredient:${ingredient}`)),
    ) ??
    fitting.find((rule) => rule.brand === undefined)
  );
}
