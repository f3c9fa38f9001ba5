/** What can run as a process of its own, in the order in which they start. */
export const parts = ['agents', 'orchestrator', 'gateway'] as const;
export type Part = (typeof parts)[number];

/** A part that is running. */
export interface RunningPart {
  /** A line for each thing that listens, for the person who started it. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}
