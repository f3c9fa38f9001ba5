/** How long a look may take. All in milliseconds, counted from the moment the specialists were asked. */
export interface Deadlines {
  /** A gate that has not answered by then costs a holding phrase, and the wait goes on. */
  readonly firstDeadlineMs: number;
  /** A gate that has not answered by then: a nurse will confirm, and the sentence is not spoken. */
  readonly secondDeadlineMs: number;
  /** How long the primary agent may take to draft an answer. */
  readonly draftDeadlineMs: number;
  /** How long the ordinary end of a call waits for long work of specialists; then a nurse has it. */
  readonly jobsBeforeEndMs: number;
  /** Long work that has not ended by then is given up. */
  readonly jobDeadlineMs: number;
  /** Turns in a row that could not be checked before the call is ended with a nurse's call-back. */
  readonly maxUncheckedTurns: number;
}

export const defaultDeadlines: Deadlines = {
  firstDeadlineMs: 250,
  secondDeadlineMs: 1_500,
  draftDeadlineMs: 8_000,
  jobsBeforeEndMs: 5_000,
  jobDeadlineMs: 120_000,
  maxUncheckedTurns: 2,
};
