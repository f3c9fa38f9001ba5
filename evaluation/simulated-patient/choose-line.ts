import type { Persona } from './persona.js';

/** What the simulated patient already said. */
export interface PatientProgress {
  /** How often each answer was used, by its index. */
  readonly used: readonly number[];
  readonly fallbacksUsed: number;
  /** Interruptions already made, by index. */
  readonly interrupted: readonly boolean[];
}

export type PatientMove =
  | { readonly kind: 'say'; readonly line: string }
  /** Nothing fits and the patient's patience is used up. */
  | { readonly kind: 'hang-up' };

export function noProgress(persona: Persona): PatientProgress {
  return {
    used: persona.answers.map(() => 0),
    fallbacksUsed: 0,
    interrupted: persona.interruptions.map(() => false),
  };
}

/** What the patient says to everything that the agent said since the patient last spoke. */
export function chooseAnswer(
  persona: Persona,
  progress: PatientProgress,
  agentText: string,
): { move: PatientMove; progress: PatientProgress } {
  const index = persona.answers.findIndex(
    (answer, position) => (progress.used[position] ?? 0) < answer.times && answer.when.test(agentText),
  );
  const answer = persona.answers[index];
  if (answer) {
    const used = progress.used.map((count, position) => (position === index ? count + 1 : count));
    return { move: { kind: 'say', line: answer.say }, progress: { ...progress, used } };
  }
  const line = persona.fallback[progress.fallbacksUsed];
  if (line === undefined) return { move: { kind: 'hang-up' }, progress };
  return {
    move: { kind: 'say', line },
    progress: { ...progress, fallbacksUsed: progress.fallbacksUsed + 1 },
  };
}

/** Whether the patient talks over this sentence, and when. */
export function chooseInterruption(
  persona: Persona,
  progress: PatientProgress,
  sentence: string,
): { line: string; afterMs: number; progress: PatientProgress } | undefined {
  const index = persona.interruptions.findIndex(
    (interruption, position) => !progress.interrupted[position] && interruption.when.test(sentence),
  );
  const found = persona.interruptions[index];
  if (!found) return undefined;
  const interrupted = progress.interrupted.map((done, position) => done || position === index);
  return { line: found.say, afterMs: found.afterMs, progress: { ...progress, interrupted } };
}

/** Every line that the persona may say, for synthesis before the call. */
export function allLines(persona: Persona): string[] {
  return [
    ...new Set([
      ...persona.answers.map((answer) => answer.say),
      ...persona.interruptions.map((interruption) => interruption.say),
      ...persona.fallback,
    ]),
  ];
}
