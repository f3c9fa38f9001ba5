import type { Entity } from '../../protos/generated/asterism/v1/specialist.js';
import type { Reading, Readings } from './reading.js';

/** Everything measured that was named, whoever has it. */
export function entitiesOf(found: Readings): Entity[] {
  return [...found.readings.map(entityOf), ...changeEntity(found)];
}

function entityOf(reading: Reading): Entity {
  const alternatives = reading.doubt?.kind === 'twin' ? [String(reading.doubt.twin)] : [];
  return {
    kind: reading.measure.kind,
    heard: reading.heard,
    name: reading.measure.id,
    confidence: Math.round(reading.confidence * (reading.doubt ? 0.6 : 1) * 100) / 100,
    alternatives,
    value: reading.value,
    unit: reading.ofBest === true ? '%' : reading.measure.unit,
    negated: false,
    experiencer: reading.experiencer,
  };
}

function changeEntity({ change }: Readings): Entity[] {
  if (!change) return [];
  return [
    {
      kind: 'vital',
      heard: change.heard,
      name: 'body weight change',
      confidence: change.confidence,
      alternatives: [],
      value: change.pounds,
      unit: '[lb_av]',
      negated: false,
      experiencer: 'patient',
    },
  ];
}
