import { readText } from '../language/reading.js';
import type { Side } from './rule-book.js';

/**
 * How a sentence puts its matter. Points of sentences that mean the opposite lie close together, so what an
 * embedding is blind to is read from the words.
 */
export interface Framing {
  readonly asked: boolean;
  readonly denied: boolean;
  /** Somebody else said it: a clinician, a label, the chart, the patient. */
  readonly reported: boolean;
  readonly supposed: boolean;
}

const denied = / (?:not|never|no|nobody|nothing|none|without|neither|nor) /;
const reported =
  / (?:doctor|nurse|pharmacist|surgeon|clinic|label|package|list|chart|bottle|you)(?: [a-z]+){0,2} (?:said|told|says|wrote|ordered|asked|wants|want) | (?:your|the|a) (?:doctor|nurse|pharmacist|care team|clinic) (?:may|might|can|could|will|would) | (?:said|told me|tells me) /;
const supposed = / (?:if|unless|whether|in case|when|before|until) /;

/** @param side recognisers write few question marks, so they say nothing about the patient's words */
export function framingOf(text: string, side: Side): Framing {
  const reading = readText(text).text;
  return {
    asked: side === 'draft' && / \? $/.test(reading),
    denied: denied.test(reading),
    reported: reported.test(reading),
    supposed: supposed.test(reading),
  };
}

export function sameFraming(one: Framing, other: Framing): boolean {
  return (
    one.asked === other.asked &&
    one.denied === other.denied &&
    one.reported === other.reported &&
    one.supposed === other.supposed
  );
}
