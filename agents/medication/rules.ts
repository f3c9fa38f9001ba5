import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { InteractionSeverity } from '../../clinical-kb/medicines/schema.js';
import type { Chart } from './chart.js';
import { compiledRules, type CompiledInteraction } from './compiled-rules.js';
import type { MedicineName } from './name-index.js';
import { nameKey } from './name-index.js';

/** Why a medicine is a problem for this patient. */
export interface Problem {
  readonly kind: 'interaction' | 'contraindication' | 'allergy';
  readonly severity: InteractionSeverity | 'avoid' | 'caution' | 'ok';
  /** The ingredient in question, first; then what it meets. */
  readonly subjects: readonly string[];
  readonly text: string;
  readonly citation: string;
  /** Completes "it can …" for the patient; empty for allergies. */
  readonly harm: string;
  /** True when the patient can leave the medicine out until a nurse calls. */
  readonly avoid: boolean;
  /** Spoken names of the patient's medicines and conditions that make it a problem. */
  readonly medicines: readonly string[];
  readonly conditions: readonly string[];
  /** The conditions as conditions.yaml names them. */
  readonly conditionIds: readonly string[];
}

/** A medicine that stands beside the one in question. */
export interface Beside {
  readonly ingredients: readonly string[];
  /** As the patient would say it. */
  readonly spoken: string;
}

const order = { contraindicated: 0, avoid: 0, major: 1, moderate: 2, caution: 2, minor: 3, ok: 4 } as const;

/**
 * All problems of one medicine beside others and on a chart, worst first.
 * A rule between two of three medicines is left out where a rule over all three fires.
 */
export function problemsOf(
  medicine: MedicineName,
  beside: readonly Beside[],
  chart: Chart,
  knowledge: MedicineKnowledge,
): Problem[] {
  const problems = medicine.ingredients.flatMap((ingredient) => [
    ...interactionsOf(ingredient, beside, knowledge),
    ...contraindicationsOf(ingredient, chart, knowledge),
    ...allergiesOf(ingredient, chart, knowledge),
  ]);
  problems.sort(
    (a, b) =>
      order[a.severity] - order[b.severity] ||
      b.medicines.length - a.medicines.length ||
      Number(b.avoid) - Number(a.avoid),
  );
  return withoutParts(problems);
}

function interactionsOf(
  ingredient: string,
  beside: readonly Beside[],
  knowledge: MedicineKnowledge,
): Problem[] {
  const found = compiledRules(knowledge)
    .interactionsOf(ingredient)
    .flatMap((rule) => applied(rule, ingredient, beside));
  return found
    .filter(
      ({ problem }) =>
        !found.some(
          (other) =>
            other.overrides.includes(problem.id) &&
            problem.subjects.every((subject) => other.problem.subjects.includes(subject)),
        ),
    )
    .map(({ problem }) => problem);
}

/** A rule in which one medicine has a part, as often as its partners are there: three times at most. */
function applied(
  { rule, a, b, also }: CompiledInteraction,
  ingredient: string,
  beside: readonly Beside[],
): { problem: Problem & { readonly id: string }; overrides: readonly string[] }[] {
  type Part = ReadonlySet<string>;
  const isOther = (of: string, part: Part): boolean => of !== ingredient && part.has(of);
  const partners = (part: Part, but?: Beside): Beside[] =>
    beside.filter((other) => other !== but && other.ingredients.some((of) => isOther(of, part)));
  const report = (
    side: 'a' | 'b',
    met: readonly Beside[],
    parts: readonly Part[],
  ): ReturnType<typeof applied>[number] => {
    const names = met.map(
      (other, at) => other.ingredients.find((of) => isOther(of, parts[at] ?? a)) ?? other.spoken,
    );
    const problem = {
      id: rule.id,
      kind: 'interaction' as const,
      severity: rule.severity,
      subjects: [ingredient, ...names],
      text: `${capital(ingredient)} with ${listOf(names)}: ${rule.mechanism} ${rule.do}`,
      citation: rule.citation,
      harm: rule.harm,
      avoid: rule.avoid === 'a' && side === 'a',
      medicines: met.map((other) => other.spoken),
      conditions: [],
      conditionIds: [],
    };
    return { problem, overrides: rule.overrides ?? [] };
  };
  const pairs = (side: 'a' | 'b', first: Part, second: Part | undefined): ReturnType<typeof applied> => {
    const found = partners(first).flatMap((one) =>
      second === undefined
        ? [report(side, [one], [first])]
        : partners(second, one)
            .slice(0, 1)
            .map((other) => report(side, [one, other], [first, second])),
    );
    if (second === undefined || found.length > 0) return found;
    // One product can hold both partners, as lisinopril with hydrochlorothiazide does.
    return partners(first)
      .filter((one) => one.ingredients.some((of) => isOther(of, second)))
      .slice(0, 1)
      .map((one) => report(side, [one], [first]));
  };
  if (a.has(ingredient)) return pairs('a', b, also).slice(0, 3);
  if (b.has(ingredient)) return pairs('b', a, also).slice(0, 3);
  return pairs('b', a, b).slice(0, 3);
}

function contraindicationsOf(ingredient: string, chart: Chart, knowledge: MedicineKnowledge): Problem[] {
  const found = compiledRules(knowledge)
    .contraindicationsOf(ingredient)
    .flatMap(
      (rule): { problem: Problem; met: readonly string[]; id: string; overrides: readonly string[] }[] => {
        const met = rule.conditions.filter((condition) => chart.conditions.has(condition));
        const old =
          rule.minimumAgeYears !== undefined &&
          chart.ageYears !== undefined &&
          chart.ageYears >= rule.minimumAgeYears;
        if (met.length === 0 && !old) return [];
        const spoken = [
          ...new Set(met.map((condition) => knowledge.conditions.get(condition)?.spoken ?? condition)),
        ];
        const problem: Problem = {
          kind: 'contraindication',
          severity: rule.severity,
          subjects: [ingredient, ...(spoken.length > 0 ? spoken : ['age'])],
          text: capital(rule.text.replaceAll('{a}', ingredient)),
          citation: rule.citation,
          harm: rule.harm,
          avoid: rule.avoid,
          medicines: [],
          conditions: spoken,
          conditionIds: met,
        };
        return [{ problem, met, id: rule.id, overrides: rule.overrides ?? [] }];
      },
    );
  return found
    .filter(
      ({ id, met }) =>
        !found.some(
          (other) => other.overrides.includes(id) && met.every((condition) => other.met.includes(condition)),
        ),
    )
    .map(({ problem }) => problem);
}

function allergiesOf(ingredient: string, chart: Chart, knowledge: MedicineKnowledge): Problem[] {
  return chart.allergies.flatMap((written): Problem[] => {
    const text = ` ${nameKey(written)} `;
    if (/ (no known|nkda|none|no) /.test(text)) return [];
    const report = (severity: 'avoid' | 'caution' | 'ok', citation: string, sentence: string): Problem => ({
      kind: 'allergy',
      severity,
      subjects: [ingredient, written],
      text: sentence,
      citation,
      harm: 'cause an allergic reaction',
      avoid: severity === 'avoid',
      medicines: [],
      conditions: [],
      conditionIds: [],
    });
    const medicine = knowledge.medicines.get(ingredient);
    const label = medicine?.citation ?? '';
    const names = [
      ingredient,
      ...(medicine?.brands ?? []),
      ...(medicine?.holds ?? []).map((part) => part.ingredient),
    ];
    if (names.some((name) => text.includes(` ${nameKey(name)} `))) {
      return [report('avoid', `${label}; hypersensitivity`, `An allergy to ${written} is known.`)];
    }
    return knowledge.allergies.flatMap(({ phrases, avoid, caution, unlikely, spoken, citation }) => {
      if (!phrases.some((phrase) => text.includes(` ${nameKey(phrase)} `))) return [];
      const isOf = (selectors: readonly string[] | undefined): boolean =>
        selectors !== undefined && knowledge.members.of(selectors).has(ingredient);
      const name = capital(ingredient);
      if (isOf(avoid)) return [report('avoid', citation, `${name} belongs with ${spoken}, a known allergy.`)];
      if (isOf(caution))
        return [report('caution', citation, `${name} can cross-react with ${spoken}, a known allergy.`)];
      if (isOf(unlikely))
        return [
          report(
            'ok',
            citation,
            `${name} is akin to ${spoken}, a known allergy, and is tolerated as a rule.`,
          ),
        ];
      return [];
    });
  });
}

/** Drops interactions whose subjects all stand in a worse or wider one. */
function withoutParts(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    (problem, at) =>
      !problems.some(
        (other, position) =>
          other !== problem &&
          other.kind === problem.kind &&
          problem.kind !== 'contraindication' &&
          problem.subjects.every((subject) => other.subjects.includes(subject)) &&
          order[other.severity] <= order[problem.severity] &&
          (other.subjects.length > problem.subjects.length ||
            order[other.severity] < order[problem.severity] ||
            position < at),
      ),
  );
}

/** "a", "a and b", "a, b, and c". */
export function listOf(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1) ?? ''}`;
}

/** The first letter as a capital. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
