/** What can run as a process of its own, in the order in which they start. */
export const parts = ['agents', 'orchestrator', 'gateway'] as const;
export type Part = (typeof parts)[number];
