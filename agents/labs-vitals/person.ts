import type { EffectMedicine } from '../../clinical-kb/labs/load-effects.js';
import type { Condition } from '../../clinical-kb/medicines/schema.js';
import { splitSelector } from '../../clinical-kb/medicines/load-medicines.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { numbersIn } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { medicinesIn } from './medicine-names.js';
import type { ChartedCondition, LabsMind } from './mind.js';

/** Who was measured, as far as limits depend on it. */
export interface Person {
  /** female, male, or anything else when it is not known. */
  readonly sex: string;
  /** Years; undefined when it is not known. */
  readonly age: number | undefined;
  readonly conditions: ReadonlySet<string>;
  readonly medicines: readonly EffectMedicine[];
}

/** What judging needs of a chart, and of what the patient told of themself in the same breath. */
export function personOf(mind: LabsMind, patient: Patient | undefined, said: readonly Token[] = []): Person {
  const conditions = new Set<string>();
  const add = (text: string): void => {
    for (const { ids, phrases } of mind.conditions)
      if (phrases.some((phrase) => text.includes(phrase))) for (const id of ids) conditions.add(id);
  };
  for (const written of patient?.conditions ?? []) add(` ${plain(written)} `);
  const own = ` ${said.map(({ text }) => text).join(' ')} `;
  if (!deniesOrTellsOfOthers.test(own) && !onlyFeared.test(own)) add(own);
  const written = (patient?.medications ?? []).flatMap(({ name }) =>
    medicinesIn(mind, plain(name).split(' ')).flatMap(({ medicines }) => medicines),
  );
  const told = deniesOrTellsOfOthers.test(own)
    ? []
    : medicinesIn(
        mind,
        said.map(({ text }) => text),
      ).flatMap(({ medicines }) => medicines);
  return {
    sex: patient?.sex ?? '',
    age: patient && patient.age > 0 ? patient.age : ageIn(said),
    conditions,
    medicines: [...written, ...told],
  };
}

export function takes({ medicines }: Pick<Person, 'medicines'>, selector: string): boolean {
  const [kind, value] = splitSelector(selector);
  return medicines.some(({ ingredient, classes }) =>
    kind === 'class' ? classes.includes(value) : ingredient === value,
  );
}

const deniesOrTellsOfOthers =
  / (not|don't|no|never|isn't|wasn't|without|stopped|quit|off|used to|husband|wife|mother|mom|father|dad|son|daughter|sister|brother|friend) /;

/** "Does 6.5 mean I have diabetes?" */
const onlyFeared =
  / (mean|means|worried|risk|chance|family|prevent|if i|do i have|am i|becoming|considered|count as|pre|called) /;

/** "I am 74 years old." */
function ageIn(said: readonly Token[]): number | undefined {
  for (const { value, end } of numbersIn(said)) {
    const after = said
      .slice(end, end + 2)
      .map(({ text }) => text)
      .join(' ');
    if (after === 'years old' && value >= 18 && value < 120) return value;
  }
  return undefined;
}

/** The conditions of the knowledge base as a text of lower-case words is searched for them. */
export function chartedConditions(conditions: readonly Condition[]): ChartedCondition[] {
  return conditions.map(({ id, implies, phrases }) => ({
    ids: [id, ...(implies ?? [])],
    phrases: phrases.map((phrase) => ` ${plain(phrase)} `),
  }));
}

/** Lower case, without marks. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}
