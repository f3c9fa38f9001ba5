import type { EffectMedicine } from '../../clinical-kb/labs/load-effects.js';
import { writtenSpan, type Token } from '../spoken/tokens.js';
import type { Direction } from './effects.js';
import { medicinesIn } from './medicine-names.js';
import type { LabsMind } from './mind.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A medicine, or a whole class, that was named. */
export interface NamedMedicine extends EffectMedicine, Span {
  /** What a fact calls it. */
  readonly called: string;
  /** As it was said. */
  readonly spoken: string;
}

/** A value that was named. */
export interface NamedValue extends Span {
  readonly measures: readonly string[];
  /** What a fact calls it, where one name stands for several measures. */
  readonly subject: string | undefined;
  /** As the agent calls it. */
  readonly spoken: string;
  /** True for the level of a medicine itself. */
  readonly isLevel: boolean;
}

/** A question, or a statement, about what medicines do to values. */
export interface EffectQuestion {
  readonly medicines: readonly NamedMedicine[];
  readonly values: readonly NamedValue[];
  /** The direction that was asked for or told; undefined for "what does it do to". */
  readonly direction: Direction | undefined;
  readonly asks: boolean;
  /** Of the medicines on the chart: "could any of my medicines …", "why is my potassium low". */
  readonly ofChart: boolean;
  /** "What does it do to my blood tests?" */
  readonly ofAllValues: boolean;
}

const verbs =
  / (affect\w*|effects?|rais\w*|lower\w*|increas\w*|decreas\w*|reduc\w*|drop\w*|elevat\w*|chang\w*|mess\w*|impact\w*|do (to|anything|something|much)|does to|show|shows|off|doing to|did to|do for|do with|caus\w*|why|because|due to|make|makes|making|made|push\w*|driv\w*|spik\w*|bring\w*|responsible|blame|reason|interfer\w*|throw\w*|deplet\w*|hurt\w*|influenc\w*|rise|rises|rising|fall|falls|falling|go up|goes up|went up|go down|goes down|went down|run high|run low|wash\w*|bump\w*|behind|related|linked|up|down|high|low|strain\w*|damag\w*|skew\w*|alter\w*|boost\w*) /;
const asking =
  /^ (is|are) |(^ ?|[,.] | and | so | but | or | then )(could|can|does|do|did|will|would|might|may|should|what|what's|why|how|is (it|that|this|my|the|there|a)|are (my|the|they|there)) | (wonder|wondering|tell me|be why|is why|you think|heard|read|know (if|whether|what)|told me) /;
/** A statement that lays a value at a medicine's door. */
const claims =
  / (rais\w*|lower\w*|increas\w*|decreas\w*|caus\w*|because|due to|from (my|the)|started|starting|began|makes? my|made my|dropp\w*|mess\w*|affect\w*|blame) /;
const up = / (rais\w*|increas\w*|elevat\w*|high|higher|spik\w*|rise|rises|rising|up|boost\w*) /;
const down = / (lower\w*|decreas\w*|reduc\w*|drop\w*|deplet\w*|low|fall|falls|falling|fell|down|wash\w*) /;
const anyMedicine =
  / (why|any of my|my (other )?(medicine|medicines|meds|medication|medications|pills|drugs|prescriptions)|something i('m| am)? (take|taking)|what i('m| am)? tak\w+) /;
const stops = / (stop|stopped|stopping|quit|quitting|cut|cutting|without|come off|coming off|came off) /;
const allValues =
  / (labs?|lab work|lab tests?|lab results?|blood ?work|blood tests?|test results?|lab values?) /;
const takingIt =
  / (take|takes|taking|took|eat|eating|ate|drink|use|using|add|adding|buy|with) (a |an |some |any |my |extra |the |more )?$/;

/** Reads such a question; undefined when none is put. */
export function effectQuestionIn(mind: LabsMind, tokens: readonly Token[]): EffectQuestion | undefined {
  const words = tokens.map(({ text }) => text);
  const text = ` ${words.join(' ')} `;
  const clauses = ` ${tokens.map(({ text: word, endsClause }) => (endsClause ? `${word} ,` : word)).join(' ')} `;
  const asks = tokens.some(({ written }) => written.includes('?')) || asking.test(clauses);
  if (!verbs.test(text) || (!asks && !claims.test(text))) return undefined;
  const { medicines, values } = namesIn(mind, tokens);
  const rest = words
    .filter((_, at) => ![...medicines, ...values].some(({ start, end }) => at >= start && at < end))
    .join(' ');
  // "Would stopping it bring my sugar down" asks the reverse; only what the medicine does is told.
  const direction = stops.test(text) ? undefined : directionIn(` ${rest} `);
  const common = { medicines, values, direction, asks };
  if (medicines.length > 0 && values.length > 0) return { ...common, ofChart: false, ofAllValues: false };
  if (values.length > 0 && asks && anyMedicine.test(text) && (direction !== undefined || !/ why /.test(text)))
    return { ...common, ofChart: true, ofAllValues: false };
  if (medicines.length > 0 && asks && allValues.test(text))
    return { ...common, ofChart: false, ofAllValues: true };
  return undefined;
}

/** The medicines and the values that were named, each word counted once. */
export function namesIn(
  mind: LabsMind,
  tokens: readonly Token[],
): { readonly medicines: readonly NamedMedicine[]; readonly values: readonly NamedValue[] } {
  return apart(namedMedicines(mind, tokens), namedValues(mind, tokens));
}

function directionIn(text: string): Direction | undefined {
  const raises = up.test(text);
  const lowers = down.test(text);
  return raises === lowers ? undefined : raises ? 'raises' : 'lowers';
}

function namedMedicines(mind: LabsMind, tokens: readonly Token[]): NamedMedicine[] {
  const words = tokens.map(({ text }) => text);
  const byName = medicinesIn(mind, words).flatMap(({ medicines, start, end }) =>
    medicines.map((medicine) => ({
      ...medicine,
      called: medicine.ingredient,
      spoken: writtenSpan(tokens, start, end).replace(/'s$/, ''),
      start,
      end,
    })),
  );
  const byClass = mind.effects.classes.flatMap(({ class: of, names }) =>
    names.flatMap((name) =>
      placesOf(words, name).map((span) => ({
        ingredient: '',
        classes: [of],
        called: of.replaceAll('-', ' '),
        spoken: name,
        ...span,
      })),
    ),
  );
  return [...byName, ...byClass.filter((one) => !byName.some((other) => overlap(one, other)))];
}

function namedValues(mind: LabsMind, tokens: readonly Token[]): NamedValue[] {
  const words = tokens.map(({ text }) => text);
  const cues = mind.index.cuesIn(tokens).filter(({ measure, start }) => {
    const before = ` ${words.slice(Math.max(0, start - 3), start).join(' ')} `;
    return measure.alsoTaken !== true || !takingIt.test(before);
  });
  const topics = mind.effects.topics.flatMap(({ subject, names, analytes }) =>
    names.flatMap((name) =>
      placesOf(words, name).map((span) => ({
        measures: analytes,
        subject: analytes.length === 1 ? subject : undefined,
        spoken: name,
        isLevel: false,
        ...span,
      })),
    ),
  );
  const single = cues.map(({ measure, start, end }) => ({
    measures: [measure.id],
    subject: undefined,
    spoken: measure.spoken,
    isLevel: / (level|trough)$/.test(measure.id),
    start,
    end,
  }));
  return [...longest(topics), ...single.filter((one) => !topics.some((other) => overlap(one, other)))];
}

/** "liver enzymes" and not "liver" beside it. */
function longest(values: readonly NamedValue[]): NamedValue[] {
  return values.filter(
    (one) =>
      !values.some(
        (other) => other !== one && overlap(one, other) && other.end - other.start > one.end - one.start,
      ),
  );
}

/**
 * "Lithium" and "iron" are both. The longer name wins; else it is a value where another medicine is named and no
 * other value; where every name is both, the last is the value ("does phenytoin lower vitamin D").
 */
function apart(
  medicines: readonly NamedMedicine[],
  values: readonly NamedValue[],
): { medicines: NamedMedicine[]; values: NamedValue[] } {
  const length = ({ start, end }: Span): number => end - start;
  const clearMedicine = medicines.some((one) => !values.some((other) => overlap(one, other)));
  const clearValue = values.some(
    (one) => !medicines.some((other) => overlap(one, other) && length(other) >= length(one)),
  );
  const lastStart = Math.max(...values.map(({ start }) => start));
  const several = new Set(values.map(({ start }) => start)).size > 1;
  const valueWins = (medicine: Span, value: NamedValue): boolean => {
    if (length(value) !== length(medicine)) return length(value) > length(medicine);
    if (clearMedicine) return !clearValue || !value.isLevel;
    return !clearValue && several && value.start === lastStart;
  };
  return {
    medicines: medicines.filter(
      (one) => !values.some((other) => overlap(one, other) && valueWins(one, other)),
    ),
    values: values.filter((one) => !medicines.some((other) => overlap(one, other) && !valueWins(other, one))),
  };
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function placesOf(words: readonly string[], name: string): Span[] {
  const parts = name.split(' ');
  return words.flatMap((_, start) =>
    parts.every((part, at) => words[start + at]?.replace(/'s$/, '') === part)
      ? [{ start, end: start + parts.length }]
      : [],
  );
}
