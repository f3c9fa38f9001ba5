import type { Cited, MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { Substance, SubstanceRule } from '../../clinical-kb/medicines/schema.js';
import { Disposition, Verdict, type Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { Token } from '../spoken/tokens.js';
import type { MedicineName } from './name-index.js';
import { quiet, type Outcome } from './outcome.js';
import { capital } from './rules.js';
import { spokenName } from './sentences.js';
import { experiencerOf } from './statement.js';

const denied = /(^| )(don't|do not|didn't|never|no|not|without|quit|stopped|haven't)( \S+){0,3}$/;
/** "Can I drink with it?" names no drink and means one. */
const drinking = /(^| )(drink|drinking|drinks) (on|with|while|when|after|before|alcohol)( |$)/;

/** Food and drink that the patient speaks of, outside the names of medicines. */
export function substancesIn(
  tokens: readonly Token[],
  names: readonly { readonly start: number; readonly end: number }[],
  knowledge: MedicineKnowledge,
): Cited<Substance>[] {
  // "milk of magnesia" is no milk.
  const words = tokens.map((token, at) =>
    names.some(({ start, end }) => at >= start && at < end) ? '|' : token.text,
  );
  const text = ` ${words.join(' ')} `;
  return knowledge.substances.filter(({ id, words: named }) => {
    const found = named.map((word) => text.indexOf(` ${word} `)).filter((at) => at >= 0);
    if (id === 'alcohol' && drinking.test(text)) found.push(text.search(drinking));
    return found.some((at) => {
      const before = text.slice(0, at).trim();
      return !denied.test(before) && experiencerOf(before) === 'patient';
    });
  });
}

/** What a medicine does together with the food and drink that were named. */
export function substanceOutcomes(
  name: MedicineName,
  substances: readonly Cited<Substance>[],
  knowledge: MedicineKnowledge,
  confidence: number,
): { facts: Fact[]; outcomes: Outcome[] } {
  const facts: Fact[] = [];
  const outcomes: Outcome[] = [];
  for (const substance of substances) {
    const rules = knowledge.substanceRules.filter((rule) => rule.substance === substance.id);
    for (const ingredient of name.ingredients) {
      const rule = rules.find(({ medicines, except }) =>
        knowledge.members.of(medicines, except).has(ingredient),
      );
      if (!rule) continue;
      facts.push({
        kind: 'interaction',
        subjects: [ingredient, substance.id],
        severity: rule.severity,
        text: `${capital(ingredient)} with ${substance.spoken}: ${rule.mechanism} ${rule.do}`,
        citation: rule.citation,
      });
      outcomes.push(outcomeOf(name, substance, rule, confidence));
    }
  }
  return { facts, outcomes };
}

function outcomeOf(
  name: MedicineName,
  substance: Cited<Substance>,
  rule: Cited<SubstanceRule>,
  confidence: number,
): Outcome {
  const reason = `${rule.severity}: ${rule.mechanism}`;
  const spoken = spokenName(name);
  if (rule.severity === 'minor') return quiet(Disposition.ROUTINE, reason, confidence);
  const grave = rule.severity === 'major' || rule.severity === 'contraindicated';
  const advice =
    substance.id === 'alcohol'
      ? `Please don't drink alcohol while you take ${spoken}.`
      : substance.id === 'grapefruit' || substance.id === 'aged-cheese'
        ? `Please leave out ${substance.spoken} while you take ${spoken}.`
        : `Please don't take ${spoken} together with ${substance.spoken}.`;
  return {
    verdict: Verdict.SAY,
    disposition: grave ? Disposition.SAME_DAY : Disposition.ROUTINE,
    say: `${advice} Together they can ${rule.harm}. ${grave ? 'A nurse will call you today about it.' : 'I will let a nurse know.'}`,
    reason,
    confidence,
  };
}
