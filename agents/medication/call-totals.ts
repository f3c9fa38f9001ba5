import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import { numbersIn } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import type { Chart, ChartMedicine } from './chart.js';
import { format, type DoseFinding } from './dose-judgement.js';
import { productOf, type IngredientIntake, type Intake } from './intake.js';
import { listOf } from './rules.js';

/** One telling of an intake in this call. */
export interface Occasion {
  readonly intake: Intake;
  /** When in the day, as it was said: "morning", "night"; empty when it was not said. */
  readonly when: string;
  /** True for "two more", "another one", "again". */
  readonly more: boolean;
}

const dayParts: readonly (readonly [RegExp, string])[] = [
  [/ (yesterday|the day before) /, 'yesterday'],
  [/ (this|in the|every|each|at) morning | breakfast | woke up | when i got up | a m | am /, 'morning'],
  [/ noon | lunch | midday | around lunchtime /, 'noon'],
  [/ afternoon /, 'afternoon'],
  [/ evening | dinner | supper /, 'evening'],
  [/ night | tonight | bedtime | bed | midnight | p m | pm /, 'night'],
  [/ hours? ago | just now | earlier | today /, 'earlier'],
];
const again = / (another|again|more|additional|second time) /;
const noMore = / (no|any|not) more | more than /;

/**
 * Reads when it was, and whether it came on top; "two this morning, two at noon and one at night" is three.
 * @param words of the sentence around the intake
 */
export function occasionsOf(intake: Intake, words: readonly Token[]): Occasion[] {
  const whole = occasion(intake, words);
  const numbers = numbersIn(words).filter(({ value }) => value > 0 && value <= 20);
  const told = numbers.flatMap((number, at): Occasion[] => {
    const rest = words.slice(number.end, numbers[at + 1]?.start ?? words.length);
    const when = whenOf(rest);
    const parts = intake.parts.map((part) => ({
      ...part,
      perDayMg: undefined,
      perDoseMg: part.unitMg === undefined ? undefined : part.unitMg * number.value,
    }));
    return when === '' ? [] : [{ intake: { ...intake, parts }, when, more: false }];
  });
  return new Set(told.map(({ when }) => when)).size > 1 && intake.dose.timesPerDay === undefined
    ? told
    : [whole];
}

function occasion(intake: Intake, words: readonly Token[]): Occasion {
  const text = textOf(words);
  return { intake, when: whenOf(words), more: again.test(text) && !noMore.test(text) };
}

function whenOf(words: readonly Token[]): string {
  const text = textOf(words);
  if (text.includes(' last night ')) return 'last night';
  return dayParts.find(([pattern]) => pattern.test(text))?.[1] ?? '';
}

function textOf(words: readonly Token[]): string {
  return ` ${words.map((word) => word.text).join(' ')} `;
}

interface Source {
  readonly spoken: string;
  /** Highest amount a day that was told as a habit, in mg. */
  habitMg: number;
  /** Amounts at a time by when they were taken, in mg. */
  readonly times: Map<string, number>;
  /** Strength of one tablet in mg, once it was said: later tablets of the same name are taken as the same. */
  unitMg: number | undefined;
}

/**
 * What adds up over the call: one ingredient from two sources, or from one source at several times of the
 * day, against what is safe in 24 hours. Told twice without another time of day it counts once.
 */
export function callTotals(
  occasions: readonly Occasion[],
  chart: Chart,
  knowledge: MedicineKnowledge,
): DoseFinding[] {
  const sources = new Map<string, Map<string, Source>>();
  for (const occasion of occasions) {
    for (const part of partsOf(occasion.intake, knowledge))
      tell(sourceOf(sources, part.ingredient, occasion.intake.name.written), part, occasion);
  }
  for (const entry of chart.medicines) addCharted(sources, entry, occasions, knowledge);
  return [...sources].flatMap(([ingredient, bySpoken]) =>
    judgeTotal(ingredient, [...bySpoken.values()], knowledge),
  );
}

/** Every ingredient of an intake, also those whose amount is not known. */
function partsOf({ name, parts }: Intake, knowledge: MedicineKnowledge): IngredientIntake[] {
  return ingredientsOf(name.ingredients, knowledge).map(
    (ingredient) =>
      parts.find((part) => part.ingredient === ingredient) ?? {
        ingredient,
        perDoseMg: undefined,
        perDayMg: undefined,
        unitMg: undefined,
        atLeast: true,
      },
  );
}

/** The ingredients with those that fixed combinations hold. */
function ingredientsOf(ingredients: readonly string[], knowledge: MedicineKnowledge): string[] {
  const held = ingredients.flatMap((of) => knowledge.medicines.get(of)?.holds ?? []);
  return [...new Set([...ingredients, ...held.map((part) => part.ingredient)])];
}

function sourceOf(sources: Map<string, Map<string, Source>>, ingredient: string, spoken: string): Source {
  const bySpoken = sources.get(ingredient) ?? new Map<string, Source>();
  sources.set(ingredient, bySpoken);
  const known = bySpoken.get(spoken);
  if (known) return known;
  const made: Source = { spoken, habitMg: 0, times: new Map(), unitMg: undefined };
  bySpoken.set(spoken, made);
  return made;
}

function tell(source: Source, part: IngredientIntake, { when, more }: Occasion): void {
  if (!part.atLeast) source.unitMg ??= part.unitMg;
  const factor =
    part.atLeast && part.unitMg !== undefined && source.unitMg !== undefined
      ? source.unitMg / part.unitMg
      : 1;
  if (part.perDayMg !== undefined) {
    source.habitMg = Math.max(source.habitMg, part.perDayMg * factor);
    return;
  }
  if (part.perDoseMg === undefined || when === 'yesterday') return;
  const mg = part.perDoseMg * factor;
  const before = source.times.get(when) ?? 0;
  source.times.set(when, more ? before + mg : Math.max(before, mg));
}

/** In 24 hours; an amount without a time of day is one of those with a time. */
function totalOf({ habitMg, times }: Source): number {
  let timed = 0;
  for (const [when, mg] of times) if (when !== '') timed += mg;
  return Math.max(habitMg, timed, times.get('') ?? 0);
}

/** A charted medicine is another source where the patient takes its ingredient in something else as well. */
function addCharted(
  sources: Map<string, Map<string, Source>>,
  entry: ChartMedicine,
  occasions: readonly Occasion[],
  knowledge: MedicineKnowledge,
): void {
  for (const ingredient of ingredientsOf(entry.name.ingredients, knowledge)) {
    const other = occasions.some(
      ({ intake }) =>
        intake.name.canonical !== entry.name.canonical &&
        ingredientsOf(intake.name.ingredients, knowledge).includes(ingredient),
    );
    // The chart's own medicine under another name is the same tablet; only a different product adds up.
    if (!other) continue;
    const source = sourceOf(sources, ingredient, entry.name.written);
    const held = entry.name.ingredients
      .flatMap((of) => knowledge.medicines.get(of)?.holds ?? [])
      .find((part) => part.ingredient === ingredient);
    const product = productOf(entry.name, knowledge)?.ingredients.find((of) => of.ingredient === ingredient);
    const mg = held?.mgPerUnit ?? product?.mgPerUnit ?? (held || product ? undefined : entry.doseMg);
    if (mg !== undefined && entry.timesPerDay !== undefined)
      source.habitMg = Math.max(source.habitMg, mg * entry.timesPerDay);
  }
}

function judgeTotal(
  ingredient: string,
  sources: readonly Source[],
  knowledge: MedicineKnowledge,
): DoseFinding[] {
  const medicine = knowledge.medicines.get(ingredient);
  const times = sources.reduce((count, of) => count + of.times.size, 0);
  if (!medicine || (sources.length < 2 && times < 2)) return [];
  const sum = sources.reduce((total, of) => total + totalOf(of), 0);
  const danger = medicine.otc ? medicine.otc.dangerDailyMg : medicine.maxDailyMg;
  const limit = medicine.otc?.dailyMg ?? medicine.maxDailyMg;
  const spoken = sources.map((of) => of.spoken);
  const several = sources.length > 1;
  const held = several ? `${listOf(spoken)} ${spoken.length > 2 ? 'all' : 'both'} hold ${ingredient}` : '';
  const added = sum > 0 ? `together at least ${format(sum)} in 24 hours was said` : '';
  const base = {
    subjects: several ? [ingredient, ...spoken] : [ingredient],
    citation: medicine.citation,
    against: 'label' as const,
    perDayMg: sum > 0 ? sum : undefined,
    text: `${[held, added].filter((part) => part !== '').join('; ')}${limit === undefined ? '' : `; the label allows adults ${format(limit)}`}.`,
    total: true,
  };
  const text = base.text.slice(0, 1).toUpperCase() + base.text.slice(1);
  if (danger !== undefined && sum > danger) return [{ ...base, text, severity: 'danger', limitMg: danger }];
  const duplicate: DoseFinding[] = several
    ? [{ ...base, text, severity: 'duplicate', limitMg: danger ?? limit }]
    : [];
  if (limit !== undefined && sum > limit)
    return [{ ...base, text, severity: 'over-label', limitMg: limit }, ...duplicate];
  if (several) return duplicate;
  return sum > 0 && limit !== undefined ? [{ ...base, text, severity: 'within', limitMg: limit }] : [];
}
