/** The one fixed order in which verdicts are merged; whoever is not in it comes after, by name. */
const mergingOrder: readonly string[] = [
  'escalation',
  'privacy-compliance',
  'guard',
  'medication',
  'labs-vitals',
  'policy',
  'nutrition',
  'checklist',
  'record-summary',
];

/** Gates by design: they stay gates even if a specialist describes itself as a monitor. */
const gatesByDesign: ReadonlySet<string> = new Set([
  'escalation',
  'privacy-compliance',
  'guard',
  'medication',
  'labs-vitals',
]);

/** Whether a specialist's silence stops a sentence. */
export function isGate(specialist: string, describedAsGate: boolean): boolean {
  return describedAsGate || gatesByDesign.has(specialist);
}

/** Negative when one comes before the other in merging order. */
export function compareSpecialists(one: string, other: string): number {
  const place = (name: string): number => {
    const index = mergingOrder.indexOf(name);
    return index < 0 ? mergingOrder.length : index;
  };
  return place(one) - place(other) || (one < other ? -1 : one > other ? 1 : 0);
}
