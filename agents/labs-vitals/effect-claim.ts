import type { Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { Token } from '../spoken/tokens.js';
import { pairOf } from './effect-answer.js';
import { namesIn } from './effect-question.js';
import { effectFact, type Direction } from './effects.js';
import type { LabsMind } from './mind.js';

/** The fact that a sentence's plain claim ("lisinopril lowers potassium") is against. */
export function contradictedEffect(mind: LabsMind, tokens: readonly Token[]): Fact | undefined {
  const words = tokens.map(({ text }) => text);
  if (words.some((word) => negations.has(word))) return undefined;
  const { medicines, values } = namesIn(mind, tokens);
  for (const medicine of medicines) {
    for (const value of values) {
      const claim = plainClaim.exec(words.slice(medicine.end, value.start).join(' '))?.[3];
      if (claim === undefined) continue;
      const direction: Direction = /^(rais|increas)/.test(claim) ? 'raises' : 'lowers';
      const answers = pairOf(mind, medicine, value);
      if (answers.length > 0 && !answers.some((answer) => answer.direction === direction))
        return answers.map(effectFact)[0];
    }
  }
  return undefined;
}

const negations = new Set(['not', 'never', "doesn't", "don't", "won't", 'rather', 'without', 'if']);
const plainClaim =
  /^((can|could|may|might|will) )?((raise|lower|increase|decrease|reduce)s?)( (your|the|a))?$/;
