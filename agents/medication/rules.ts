import { splitSelector, type MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { InteractionSeverity } from '../../clinical-kb/medicines/schema.js';
import type { Chart } from './chart.js';
import type { MedicineName } from './name-index.js';
import { nameKey } from './name-index.js';

/** Why a medicine is a problem for this patient. */
export interface Problem {
  readonly kind: 'interaction' | 'contraindication' | 'allergy';
  readonly severity: InteractionSeverity | 'avoid' | 'caution';
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
}

/** A medicine that stands beside the one in question. */
export interface Beside {
  readonly ingredients: readonly string[];
  /** As the patient would say it. */
  readonly spoken: string;
}

const order = { contraindicated: 0, avoid: 0, major: 1, moderate: 2, caution: 2, minor: 3 } as const;

/** True when an ingredient is what a selector ("class:nsaid", "ingredient:ibuprofen") names. */
export function isSelected(
  ingredient: string,
  selectors: readonly string[],
  knowledge: MedicineKnowledge,
): boolean {
  const classes = knowledge.medicines.get(ingredient)?.classes ?? [];
  return selectors.some((selector) => {
    const [kind, value] = splitSelector(selector);
    return kind === 'class' ? classes.includes(value) : value === ingredient;
  });
}

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
  return knowledge.interactions.flatMap((rule): Problem[] => {
    const { a, b, also, except } = rule;
    const isA = (of: string): boolean =>
      isSelected(of, a, knowledge) && !(except !== undefined && isSelected(of, except, knowledge));
    const partners = (selectors: readonly string[], but: Beside | undefined): Beside[] =>
      beside.filter(
        (other) =>
          other !== but &&
          other.ingredients.some(
            (of) => of !== ingredient && (selectors === a ? isA(of) : isSelected(of, selectors, knowledge)),
          ),
      );
    const found: Problem[] = [];
    const report = (
      met: readonly Beside[],
      selectors: readonly (readonly string[])[],
      side: 'a' | 'b',
    ): void => {
      const names = met.map(
        (other, at) =>
          other.ingredients.find((of) => isSelected(of, selectors[at] ?? [], knowledge)) ?? other.spoken,
      );
      found.push({
        kind: 'interaction',
        severity: rule.severity,
        subjects: [ingredient, ...names],
        text: `${capital(ingredient)} with ${listOf(names)}: ${rule.mechanism} ${rule.do}`,
        citation: rule.citation,
        harm: rule.harm,
        avoid: rule.avoid === 'a' && side === 'a',
        medicines: met.map((other) => other.spoken),
        conditions: [],
      });
    };
    if (isA(ingredient)) {
      for (const second of partners(b, undefined)) {
        if (!also) report([second], [b], 'a');
        else for (const third of partners(also, second).slice(0, 1)) report([second, third], [b, also], 'a');
      }
      if (also && found.length === 0) {
        // One product can hold both partners, as lisinopril with hydrochlorothiazide does.
        const both = beside.find(
          (other) =>
            other.ingredients.some((of) => isSelected(of, b, knowledge)) &&
            other.ingredients.some((of) => isSelected(of, also, knowledge)),
        );
        if (both) report([both], [b], 'a');
      }
    } else if (isSelected(ingredient, b, knowledge)) {
      for (const first of partners(a, undefined)) {
        if (!also) report([first], [a], 'b');
        else for (const third of partners(also, first).slice(0, 1)) report([first, third], [a, also], 'b');
      }
    } else if (also && isSelected(ingredient, also, knowledge)) {
      for (const first of partners(a, undefined)) {
        for (const second of partners(b, first).slice(0, 1)) report([first, second], [a, b], 'b');
      }
    }
    return found.slice(0, 3);
  });
}

function contraindicationsOf(ingredient: string, chart: Chart, knowledge: MedicineKnowledge): Problem[] {
  return knowledge.contraindications.flatMap((rule): Problem[] => {
    if (!isSelected(ingredient, rule.medicines, knowledge)) return [];
    if (rule.except && isSelected(ingredient, rule.except, knowledge)) return [];
    const conditions = rule.conditions.filter((condition) => chart.conditions.has(condition));
    const old =
      rule.minimumAgeYears !== undefined &&
      chart.ageYears !== undefined &&
      chart.ageYears >= rule.minimumAgeYears;
    if (conditions.length === 0 && !old) return [];
    const spoken = conditions.map((condition) => knowledge.conditions.get(condition)?.spoken ?? condition);
    return [
      {
        kind: 'contraindication',
        severity: rule.severity,
        subjects: [ingredient, ...(spoken.length > 0 ? spoken : ['age'])],
        text: capital(rule.text.replaceAll('{a}', ingredient)),
        citation: rule.citation,
        harm: rule.harm,
        avoid: rule.avoid,
        medicines: [],
        conditions: spoken,
      },
    ];
  });
}

function allergiesOf(ingredient: string, chart: Chart, knowledge: MedicineKnowledge): Problem[] {
  return chart.allergies.flatMap((written): Problem[] => {
    const text = ` ${nameKey(written)} `;
    if (/ (no known|nkda|none|no) /.test(text)) return [];
    const report = (severity: 'avoid' | 'caution', citation: string, sentence: string): Problem => ({
      kind: 'allergy',
      severity,
      subjects: [ingredient, written],
      text: sentence,
      citation,
      harm: 'cause an allergic reaction',
      avoid: severity === 'avoid',
      medicines: [],
      conditions: [],
    });
    const label = knowledge.medicines.get(ingredient)?.citation ?? '';
    const names = [ingredient, ...(knowledge.medicines.get(ingredient)?.brands ?? [])];
    if (names.some((name) => text.includes(` ${nameKey(name)} `))) {
      return [report('avoid', `${label}; hypersensitivity`, `An allergy to ${written} is on the chart.`)];
    }
    return knowledge.allergies.flatMap(({ phrases, avoid, caution, spoken, citation }) => {
      if (!phrases.some((phrase) => text.includes(` ${nameKey(phrase)} `))) return [];
      if (isSelected(ingredient, avoid, knowledge))
        return [
          report(
            'avoid',
            citation,
            `${capital(ingredient)} belongs with ${spoken}, an allergy on the chart.`,
          ),
        ];
      if (isSelected(ingredient, caution, knowledge))
        return [
          report(
            'caution',
            citation,
            `${capital(ingredient)} can cross-react with ${spoken}, an allergy on the chart.`,
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
