import { AsterismError } from '../../platform/errors.js';
import { citationOf } from '../citation.js';
import type { Limits, Measure } from './schema.js';

/**
 * The measures with an organisation's own limits in place of those that come with Asterism.
 * @throws AsterismError KNOWLEDGE_INVALID for limits of a measure that does not exist, or set twice
 */
export function withLimits(measures: readonly Measure[], file: Limits): Measure[] {
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const seen = new Set<string>();
  for (const { measure: id, criticalLow, criticalHigh, reference, goals, cite } of file.limits) {
    const measure = byId.get(id);
    if (!measure) throw new AsterismError('KNOWLEDGE_INVALID', `limits: no measure "${id}"`);
    if (seen.has(id)) throw new AsterismError('KNOWLEDGE_INVALID', `limits: "${id}" is there twice`);
    seen.add(id);
    // The organisation's sources are not in the measure's file, so its facts carry them whole.
    const own = <Fact extends { cite: (typeof file.limits)[number]['cite'] }>(fact: Fact): Fact => ({
      ...fact,
      cite: citationOf(file.sources, fact.cite),
    });
    const source = citationOf(file.sources, cite);
    byId.set(id, {
      ...measure,
      ...(criticalLow === undefined ? {} : { criticalLow: { value: criticalLow, cite: source } }),
      ...(criticalHigh === undefined ? {} : { criticalHigh: { value: criticalHigh, cite: source } }),
      ...(reference ? { reference: reference.map(own) } : {}),
      ...(goals ? { goals: goals.map(own) } : {}),
    });
  }
  return [...byId.values()];
}
