import type { CallEventOf } from './events.js';
import { followUpOf } from './follow-up.js';
import type { CallState, FollowUp, JobState } from './state.js';

type JobEvent = CallEventOf<'job-started' | 'job-progressed' | 'job-ended' | 'follow-up-due'>;

/** The part of the fold that is about long work and what came too late. */
export function reduceJobs(state: CallState, event: JobEvent): CallState {
  switch (event.type) {
    case 'job-started': {
      const { turnId, specialist, jobId, sentenceId, reason, disposition } = event;
      if (jobOf(state, specialist, jobId)) return state;
      const job: JobState = {
        turnId,
        specialist,
        jobId,
        sentenceId,
        reason,
        disposition,
        status: 'running',
        progress: 0,
      };
      return { ...state, jobs: [...state.jobs, job] };
    }
    case 'job-progressed':
      return withJob(state, event, { progress: event.progress });
    case 'job-ended': {
      const job = jobOf(state, event.specialist, event.jobId);
      if (job?.status !== 'running') return state;
      const ended = withJob(state, event, { status: event.status });
      return event.review
        ? withFollowUp(
            ended,
            followUpOf({ origin: 'job', turnId: job.turnId, sentenceId: job.sentenceId }, event.review),
          )
        : ended;
    }
    case 'follow-up-due': {
      const { turnId, sentenceId, review } = event;
      return withFollowUp(state, followUpOf({ origin: 'late', turnId, sentenceId }, review));
    }
  }
}

/** A job by its name; undefined when it never began. */
export function jobOf(state: CallState, specialist: string, jobId: string): JobState | undefined {
  return state.jobs.find((job) => job.specialist === specialist && job.jobId === jobId);
}

export function runningJobs(state: CallState): readonly JobState[] {
  return state.jobs.filter(({ status }) => status === 'running');
}

/** What the patient is to hear next; a correction only of what was really heard. */
export function dueFollowUps(state: CallState): readonly FollowUp[] {
  return state.followUps.filter(
    ({ stage, corrects, sentenceId }) =>
      stage === 'due' && (!corrects || (state.sentences[sentenceId]?.playedText ?? '') !== ''),
  );
}

/** A sentence was released: a follow-up with this text is said. */
export function followUpSpoken(state: CallState, text: string): CallState {
  return withDue(state, text, (due) => ({ ...due, stage: 'said' }));
}

/** A sentence was drafted and not said. What a look stops twice is not tried a third time. */
export function followUpWithheld(state: CallState, text: string): CallState {
  return withDue(state, text, (due) => {
    const withheld = due.withheld + 1;
    return { ...due, withheld, stage: withheld < mostWithheld ? 'due' : 'stopped' };
  });
}

const mostWithheld = 2;

function withDue(state: CallState, text: string, change: (due: FollowUp) => FollowUp): CallState {
  if (!state.followUps.some((followUp) => followUp.text === text && followUp.stage === 'due')) return state;
  return {
    ...state,
    followUps: state.followUps.map((followUp) =>
      followUp.text === text && followUp.stage === 'due' ? change(followUp) : followUp,
    ),
  };
}

function withJob(
  state: CallState,
  { specialist, jobId }: Pick<JobState, 'specialist' | 'jobId'>,
  changes: Partial<JobState>,
): CallState {
  return {
    ...state,
    jobs: state.jobs.map((job) =>
      job.specialist === specialist && job.jobId === jobId && job.status === 'running'
        ? { ...job, ...changes }
        : job,
    ),
  };
}

/** The same words are due once. */
function withFollowUp(state: CallState, followUp: FollowUp | undefined): CallState {
  if (!followUp || state.followUps.some(({ text }) => text === followUp.text)) return state;
  return { ...state, followUps: [...state.followUps, followUp] };
}
