import type { Entity, Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { AdherenceFinding, DoseFinding } from './dose-judgement.js';
import type { Mention } from './mention.js';
import type { Problem } from './rules.js';

/** A mention as an entity; the name is empty where nothing is known. */
export function entityOf(mention: Mention, experiencer: string, negated: boolean): Entity {
  const [first, ...others] = mention.candidates;
  return {
    kind: 'medication',
    heard: mention.heard,
    name: first?.name.canonical ?? '',
    confidence: first?.confidence ?? 0,
    alternatives: others.map((candidate) => candidate.name.canonical),
    unit: '',
    negated,
    experiencer,
  };
}

export function problemFact(problem: Problem): Fact {
  return {
    kind: problem.kind,
    subjects: [...problem.subjects],
    severity: problem.severity,
    text: problem.text,
    citation: problem.citation,
  };
}

export function doseFact(finding: DoseFinding): Fact {
  return {
    kind: 'dose',
    subjects: [...finding.subjects],
    severity: finding.severity,
    text: finding.text,
    citation: finding.citation,
  };
}

export function adherenceFact(finding: AdherenceFinding): Fact {
  return {
    kind: 'adherence',
    subjects: [...finding.subjects],
    severity: '',
    text: finding.text,
    citation: 'prescription on the chart',
  };
}
