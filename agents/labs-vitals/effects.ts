import type { EffectMedicine, KnownEffect } from '../../clinical-kb/labs/load-effects.js';
import type { Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { Judged } from './judgement.js';
import type { LabsMind } from './mind.js';
import { takes, type Person } from './person.js';

export type Direction = 'raises' | 'lowers' | 'none';

/** What one medicine does to one measure. */
export interface Effect {
  /** Generic ingredient, or the class that was spoken of. */
  readonly medicine: string;
  /** The measure, or the name for it that was asked about. */
  readonly subject: string;
  readonly direction: Direction;
  readonly known: KnownEffect;
}

/** Several at most are told of one unusual value. */
const MOST_BEHIND = 4;

/** What is known of a medicine's effect on a measure; nothing when nothing is known. */
export function effectsOn(
  mind: LabsMind,
  medicine: EffectMedicine & { readonly called?: string },
  measure: string,
  subject: string = measure,
): Effect[] {
  const [own = measure, ...same] = mind.effects.sameAs(measure);
  const of = (ids: readonly string[]): KnownEffect[] =>
    mind.effects.effectsOf(medicine).filter(({ analytes }) => analytes.some((id) => ids.includes(id)));
  const direct = of([own]);
  const known = direct.length > 0 ? direct : of(same);
  const found = new Map<Direction, Effect>();
  for (const effect of known) {
    for (const direction of directionsOf(effect)) {
      if (found.has(direction)) continue;
      found.set(direction, {
        medicine: medicine.called ?? medicine.ingredient,
        subject,
        direction,
        known: effect,
      });
    }
  }
  return [...found.values()];
}

/** A value that can go either way does both. */
function directionsOf({ effect }: KnownEffect): readonly Direction[] {
  return effect === 'changes' ? ['raises', 'lowers'] : [effect];
}

export function effectFact({ medicine, subject, direction, known }: Effect): Fact {
  const verb = { raises: 'can raise', lowers: 'can lower', none: 'is not known to change' }[direction];
  const partner =
    known.with === undefined
      ? ''
      : ` in people who take ${known.with.replace(/^.*?:/, '').replaceAll('-', ' ')}`;
  return {
    kind: 'lab-effect',
    subjects: [medicine, subject],
    severity: direction,
    text: `${medicine.slice(0, 1).toUpperCase()}${medicine.slice(1)} ${verb} ${subject}${partner}: ${known.why}.`,
    citation: known.citation,
  };
}

/** The medicines of a person that push a measure the way in which its value is unusual. */
export function effectsBehind(mind: LabsMind, person: Person, { measure, severity }: Judged): Fact[] {
  const direction = severity === 'low' || severity === 'critical-low' ? 'lowers' : 'raises';
  return person.medicines
    .flatMap((medicine) => effectsOn(mind, medicine, measure.id))
    .filter((effect) => effect.direction === direction && applies(effect, person))
    .slice(0, MOST_BEHIND)
    .map(effectFact);
}

/** What only strengthens another medicine does nothing without it. */
export function applies({ known }: Effect, person: Person): boolean {
  return known.with === undefined || takes(person, known.with);
}
