import { Disposition, Verdict, type Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { DoseFinding } from './dose-judgement.js';
import type { MedicineName } from './name-index.js';
import { quiet, type Outcome } from './outcome.js';
import type { Problem } from './rules.js';
import {
  doseWarning,
  duplicateWarning,
  isMassive,
  sentences,
  spokenName,
  warning,
  type Voice,
} from './sentences.js';
import type { Statement } from './statement.js';

/** What follows when a medicine of the list is no longer taken. */
export function stoppedOutcome(name: MedicineName, confidence: number): { fact: Fact; outcome: Outcome } {
  const text = `The patient does not take ${name.canonical}, which is on the list.`;
  return {
    fact: {
      kind: 'adherence',
      subjects: [name.canonical],
      severity: '',
      text,
      citation: 'said by the patient; prescription on the chart',
    },
    outcome: {
      verdict: Verdict.ADVISE,
      disposition: Disposition.SAME_DAY,
      say: sentences.stopped(spokenName(name)),
      reason: text,
      confidence,
    },
  };
}

/** What follows from one finding about a dose. */
export function doseOutcome(
  voice: Voice,
  name: MedicineName,
  dose: DoseFinding,
  confidence: number,
): Outcome[] {
  switch (dose.severity) {
    case 'within':
      return [quiet(Disposition.NONE, dose.text, confidence)];
    case 'danger':
      return [
        {
          verdict: isMassive(dose) ? Verdict.ESCALATE : Verdict.SAY,
          disposition: Disposition.URGENT_NURSE,
          say: doseWarning(voice, name, dose),
          reason: dose.text,
          confidence,
        },
      ];
    case 'over-label':
      return [
        {
          verdict: Verdict.SAY,
          disposition: Disposition.SAME_DAY,
          say: doseWarning(voice, name, dose),
          reason: dose.text,
          confidence,
        },
      ];
    case 'duplicate':
      return [
        {
          verdict: Verdict.SAY,
          disposition: Disposition.SAME_DAY,
          say: duplicateWarning(dose),
          reason: dose.text,
          confidence,
        },
      ];
  }
}

/** What follows from a medicine's problems; those that the prescriber chose knowingly are only recorded. */
export function problemOutcome(
  voice: Voice,
  name: MedicineName,
  problems: readonly Problem[],
  statement: Statement,
  confidence: number,
): Outcome | undefined {
  const worstProblem = problems[0];
  if (!worstProblem) return undefined;
  const prescribed = voice.chart.medicines.some((entry) => entry.name.canonical === name.canonical);
  const newPartner = worstProblem.medicines.some(
    (spoken) => !voice.chart.medicines.some((entry) => spokenName(entry.name) === spoken),
  );
  const reason = `${worstProblem.severity}: ${worstProblem.text}`;
  if (prescribed && !newPartner) {
    const disposition =
      worstProblem.severity === 'contraindicated' ? Disposition.SAME_DAY : Disposition.ROUTINE;
    return quiet(disposition, `On the list already; for a nurse: ${reason}`, confidence);
  }
  const took = statement.act === 'takes' && statement.taken;
  switch (worstProblem.severity) {
    case 'contraindicated':
    case 'avoid':
    case 'major':
      return {
        verdict: Verdict.SAY,
        disposition:
          worstProblem.severity === 'contraindicated' && took
            ? Disposition.URGENT_NURSE
            : Disposition.SAME_DAY,
        say: warning(voice, name, problems, { taken: took || statement.act === 'takes' }),
        reason,
        confidence,
      };
    case 'moderate':
    case 'caution':
      return {
        verdict: Verdict.SAY,
        disposition: Disposition.SAME_DAY,
        say: warning(voice, name, problems, { taken: took || statement.act === 'takes' }),
        reason,
        confidence,
      };
    case 'minor':
      return quiet(Disposition.ROUTINE, reason, confidence);
    case 'ok':
      return quiet(Disposition.NONE, reason, confidence);
  }
}
