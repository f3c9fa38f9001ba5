import { Disposition, type Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import { dispositionFor } from './judgement.js';
import type { Person } from './person.js';
import type { Token } from '../spoken/tokens.js';
import { joined } from './surroundings.js';

const irregular =
  /(^| )(irregular|irregularly|uneven|skipping( (a )?beats?)?|skips( (a )?beats?)?|skipped( (a )?beats?)?|all over the place|fluttering|not regular|isn't regular|jumping around)( |$)/;
const denied = /(^| )(no|not|isn't|wasn't|don't|never|without)( \S+){0,2}$/;

/** A pulse that was told to be irregular: no rate makes it usual. Undefined where nothing of the kind was told. */
export function irregularPulse(
  measure: KnownMeasure,
  person: Person,
  tokens: readonly Token[],
): Fact | undefined {
  if (measure.irregular === undefined || person.conditions.has(measure.irregular.explainedBy))
    return undefined;
  const text = joined(tokens, 0, tokens.length);
  const found = irregular.exec(text);
  if (!found || denied.test(text.slice(0, found.index))) return undefined;
  return {
    kind: 'vital',
    subjects: [measure.id],
    severity: 'irregular',
    text: 'The patient tells of an irregular pulse.',
    citation: measure.citation(measure.irregular.cite),
  };
}

/** How soon an irregular pulse must be seen. */
export function irregularDisposition({ irregular: rule }: KnownMeasure): Disposition {
  return rule ? dispositionFor(rule.disposition) : Disposition.NONE;
}
