import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { readText } from '../language/reading.js';

/** Names the groups (pregnancy, anticoagulant, …) that a patient belongs to. */
export class PatientGroups {
  readonly #names: readonly string[];
  readonly #patterns: readonly (readonly [string, RegExp])[];

  /** @param groups words of the chart or of everyday speech that put a patient into a group, in lower case */
  constructor(groups: Readonly<Record<string, readonly string[]>>) {
    this.#names = Object.keys(groups);
    this.#patterns = this.#names.map((name) => [
      name,
      new RegExp(` (?:${(groups[name] ?? []).join('|')})(?= )`, 'g'),
    ]);
  }

  /**
   * @param said the patient's own words of this call, each normalised; "I am not pregnant" and
   *   "my daughter is pregnant" put nobody into a group
   */
  of(patient: Patient | undefined, said: readonly string[]): ReadonlySet<string> {
    const chart = [
      ...(patient?.conditions ?? []),
      ...(patient?.medications ?? []).map(({ name }) => name),
    ].map((entry) => readText(entry).text);
    return new Set(
      this.#patterns
        .filter(
          ([, pattern]) =>
            chart.some((text) => text.search(pattern) >= 0) || said.some((text) => tellsOf(text, pattern)),
        )
        .map(([name]) => name),
    );
  }
}

const notTheirs =
  / (?:not|never|no longer|no|without|if|was|were|off|stopped(?: taking)?|used to be|daughter|wife|sister|she|niece|granddaughter|friend|husband|mother|brother|father|son|he)(?: (?:is|am|are|be|been|been on|taking|on|a|an|my|the|any|has|had|have|got|just|also|takes|getting|having))*$/;

function tellsOf(text: string, pattern: RegExp): boolean {
  return [...text.matchAll(pattern)].some(({ index }) => !notTheirs.test(text.slice(0, index)));
}
