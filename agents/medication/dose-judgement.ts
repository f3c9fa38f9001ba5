import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { Medicine as KnownMedicine } from '../../clinical-kb/medicines/schema.js';
import { strengthsInMg } from './dose.js';
import { productOf, type IngredientIntake, type Intake } from './intake.js';
import { listOf } from './rules.js';

type Medicine = Omit<KnownMedicine, 'cite'>;

export type DoseSeverity = 'within' | 'over-label' | 'danger' | 'duplicate';

/** What is to be said of a dose. */
export interface DoseFinding {
  readonly severity: DoseSeverity;
  readonly subjects: readonly string[];
  readonly text: string;
  readonly citation: string;
  readonly against: 'prescription' | 'label';
  /** In 24 hours, in mg, when known. */
  readonly perDayMg: number | undefined;
  /** The limit that was passed or kept, in mg in 24 hours. */
  readonly limitMg: number | undefined;
  /** The most that was said, at a time or in 24 hours, in mg; undefined when unknown. */
  readonly mostMg?: number;
  /** The label's limit at a time in mg, where it was passed. */
  readonly passedSingleMg?: number;
  /** True for what adds up over the call. */
  readonly total?: boolean;
  /** True for a limit that holds for this patient's age or condition. */
  readonly personal?: boolean;
}

/** A dose lower than prescribed, or taken less often. */
export interface AdherenceFinding {
  readonly subjects: readonly string[];
  readonly text: string;
}

/** Judges one intake against the prescription, or else against the label. */
export function judgeIntake(
  intake: Intake,
  knowledge: MedicineKnowledge,
): { doses: DoseFinding[]; adherence: AdherenceFinding[] } {
  if (!intake.dose.said) return { doses: [], adherence: [] };
  const prescribed = againstPrescription(intake, knowledge);
  if (prescribed) {
    // What a prescribed combination hides has its own limit, whatever was prescribed.
    const hidden = intake.parts
      .slice(1)
      .flatMap((part) => againstLabel(part, intake, knowledge))
      .filter((finding) => finding.severity !== 'within');
    return { ...prescribed, doses: [...prescribed.doses, ...hidden] };
  }
  const doses = intake.parts.flatMap((part) => againstLabel(part, intake, knowledge));
  const product = againstProduct(intake, knowledge);
  // Its own directions allow a combination what another product of one ingredient would not.
  const own = product?.severity === 'within' ? doses.filter((dose) => dose.severity !== 'over-label') : doses;
  return { doses: [...own, ...(product ? [product] : [])], adherence: [] };
}

function againstPrescription(
  intake: Intake,
  knowledge: MedicineKnowledge,
): { doses: DoseFinding[]; adherence: AdherenceFinding[] } | undefined {
  const { chart, dose } = intake;
  const part = intake.parts[0];
  if (!chart || chart.doseMg === undefined || !part) return undefined;
  const medicine = knowledge.medicines.get(part.ingredient);
  const prescribedDay = chart.timesPerDay === undefined ? undefined : chart.doseMg * chart.timesPerDay;
  // A strength that is not the prescribed one counts as one tablet of it unless a count was said.
  const perDose = part.perDoseMg ?? (dose.timesPerDay === undefined ? undefined : chart.doseMg);
  const perDay = part.perDayMg;
  const [taken, ordered, per] =
    perDay !== undefined && prescribedDay !== undefined
      ? [perDay, prescribedDay, 'a day']
      : [perDose, chart.doseMg, 'at a time'];
  if (taken === undefined) return undefined;
  const ratio = taken / ordered;
  const label =
    `${format(taken)} ${per} was said; the prescription is ${chart.dose} ${chart.frequency}`.trim();
  const base = {
    subjects: [part.ingredient],
    text: `${label}.`,
    citation: medicine?.citation ?? 'prescription on the chart',
    against: 'prescription' as const,
    perDayMg: perDay,
    limitMg: prescribedDay,
  };
  if (ratio <= 1.001 && ratio >= 0.999) return { doses: [{ ...base, severity: 'within' }], adherence: [] };
  if (ratio < 1) return { doses: [], adherence: [{ subjects: [part.ingredient], text: base.text }] };
  const overLimit = medicine?.maxDailyMg !== undefined && taken > medicine.maxDailyMg;
  const risky = medicine?.highAlert === true && ratio >= 1.5;
  return {
    doses: [{ ...base, severity: overLimit || risky || ratio >= 3 ? 'danger' : 'over-label' }],
    adherence: [],
  };
}

function againstLabel(part: IngredientIntake, intake: Intake, knowledge: MedicineKnowledge): DoseFinding[] {
  const medicine = knowledge.medicines.get(part.ingredient);
  if (!medicine || (part.perDoseMg === undefined && part.perDayMg === undefined)) return [];
  const { otc } = medicine;
  const danger = otc ? otc.dangerDailyMg : medicine.maxDailyMg;
  const { limit, singleMg } = limitsOf(medicine, part.unitMg, intake);
  const most = Math.max(part.perDayMg ?? 0, part.perDoseMg ?? 0);
  if (limit === undefined && singleMg === undefined) return [];
  let severity: DoseSeverity = 'within';
  let passed = limit;
  if (limit !== undefined && most > limit) severity = 'over-label';
  if (singleMg !== undefined && (part.perDoseMg ?? 0) > singleMg) severity = 'over-label';
  if (danger !== undefined && most > danger) {
    severity = 'danger';
    passed = danger;
  }
  // How often was not said: of a medicine from the shelf one dose is still within what its label allows.
  const openEnded = part.perDayMg === undefined && !otc;
  if (severity === 'within' && (openEnded || (part.atLeast && !isWithinAtAny(part, medicine, intake))))
    return [];
  const what =
    part.perDayMg === undefined
      ? `${format(part.perDoseMg ?? 0)} at a time`
      : `${format(part.perDayMg)} in 24 hours`;
  const limits = [
    limit === undefined ? [] : [`at most ${format(limit)} in 24 hours`],
    singleMg === undefined ? [] : [`${format(singleMg)} at a time`],
  ].flat();
  return [
    {
      severity,
      subjects: [part.ingredient],
      text: `${part.atLeast ? 'At least ' : ''}${what} of ${part.ingredient} was said; the label allows adults ${listOf(limits)}.`,
      citation: medicine.citation,
      against: 'label',
      perDayMg: part.perDayMg,
      limitMg: passed,
      mostMg: most,
      ...(singleMg !== undefined && (part.perDoseMg ?? 0) > singleMg ? { passedSingleMg: singleMg } : {}),
    },
  ];
}

/** The label's limits in 24 hours and at a time, as they stand for one strength and one brand. */
function limitsOf(
  { otc, maxDailyMg }: Medicine,
  unitMg: number | undefined,
  { name }: Intake,
): { limit: number | undefined; singleMg: number | undefined } {
  const strength = String(unitMg ?? '');
  const alone = name.product === undefined;
  return {
    limit: (alone ? otc?.dailyMgByStrength?.[strength] : undefined) ?? otc?.dailyMg ?? maxDailyMg,
    singleMg:
      (alone ? (otc?.singleMgByStrength?.[strength] ?? otc?.byName?.[name.written]?.singleMg) : undefined) ??
      otc?.singleMg,
  };
}

/** Whichever strength that is sold it was, the count that was said is within the label. */
function isWithinAtAny(part: IngredientIntake, medicine: Medicine, intake: Intake): boolean {
  const { dose } = intake;
  if (dose.count === undefined || dose.strengthMg !== undefined || part.unitMg === undefined) return false;
  const unitMg = part.unitMg;
  return strengthsInMg(medicine.strengths).every((mg) => {
    const { limit, singleMg } = limitsOf(medicine, mg, intake);
    return (
      ((part.perDoseMg ?? 0) * mg) / unitMg <= (singleMg ?? Number.POSITIVE_INFINITY) &&
      (Math.max(part.perDayMg ?? 0, part.perDoseMg ?? 0) * mg) / unitMg <= (limit ?? 0)
    );
  });
}

/**
 * True where the strength was not said, and the answer decides: with the smallest strength sold the dose
 * is within the limit, with the largest one it is not.
 */
export function strengthDecides(intake: Intake, knowledge: MedicineKnowledge): boolean {
  const part = intake.parts[0];
  const otc = knowledge.medicines.get(part?.ingredient ?? '')?.otc;
  const { dose } = intake;
  if (!part?.atLeast || !otc?.dailyMg || dose.strengthMg !== undefined || dose.count === undefined)
    return false;
  const strengths = strengthsInMg(knowledge.medicines.get(part.ingredient)?.strengths ?? []);
  // Higher strengths than one labelled dose are prescriptions.
  const largest = Math.max(...strengths.filter((mg) => mg <= (otc.singleMg ?? Number.POSITIVE_INFINITY)));
  const smallest = part.unitMg ?? largest;
  const perDay = part.perDayMg ?? part.perDoseMg ?? 0;
  return perDay <= otc.dailyMg && (perDay * largest) / smallest > otc.dailyMg;
}

/** Tablets of a combination product against its own directions. */
function againstProduct(intake: Intake, knowledge: MedicineKnowledge): DoseFinding | undefined {
  const product = productOf(intake.name, knowledge);
  const { timesPerDay, countIsPerDay, pieces } = intake.dose;
  const several = pieces.length > 1;
  const count = several ? Math.max(...pieces) : intake.dose.count;
  if (!product?.directions || count === undefined) return undefined;
  const habit = timesPerDay === undefined ? undefined : count * timesPerDay;
  const perDay = several ? pieces.reduce((sum, of) => sum + of, 0) : countIsPerDay ? count : habit;
  const { maxUnitsPer24h, unitsPerDose } = product.directions;
  const over = (perDay ?? 0) > maxUnitsPer24h || (!countIsPerDay && count > unitsPerDose);
  return {
    severity: over ? 'over-label' : 'within',
    subjects: [product.product],
    text: `The label of ${product.product} allows ${unitsPerDose} at a time and ${maxUnitsPer24h} in 24 hours.`,
    citation: product.citation,
    against: 'label',
    perDayMg: undefined,
    limitMg: undefined,
  };
}

/** As it is spoken: "4,000 milligrams", "17 grams". */
export function spokenAmount(mg: number): string {
  return mg >= 10_000 ? `${amountText(mg / 1000)} grams` : `${amountText(mg)} milligrams`;
}

/** "6,000 mg", "0.125 mg". */
export function format(mg: number): string {
  return `${amountText(mg)} mg`;
}

/** "6,000", "0.125". */
export function amountText(mg: number): string {
  const rounded = Math.round(mg * 1000) / 1000;
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 3 });
}
