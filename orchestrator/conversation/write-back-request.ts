import type { Protocol } from '../../clinical-kb/protocols/schema.js';
import { localDate } from '../../platform/local-date.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import type {
  ChecklistAnswer,
  HomeReading,
  WriteBackRequest,
} from '../../protos/generated/asterism/v1/record_summary.js';
import { Verification } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallState } from '../call/state.js';
import { answerWords } from './answer-words.js';
import { callSummary, coveredItems, type CoveredItem } from './call-summary.js';

/** A call that is over. */
export interface FinishedCall {
  readonly state: CallState;
  readonly patient: Patient;
  /** The protocol that it followed; undefined when it is not known here. */
  readonly protocol: Protocol | undefined;
  readonly outcome: string;
  /** Wall clock, milliseconds since 1970 in UTC. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly softwareVersion: string;
}

/** What a finished call leaves in the record. Of a caller who did not prove to be the patient: only that it was. */
export function writeBackRequest(call: FinishedCall): WriteBackRequest {
  const { state, patient, protocol, outcome, startedAtMs, endedAtMs, softwareVersion } = call;
  const verified = state.verification === Verification.VERIFIED;
  const about: Partial<WriteBackRequest> =
    verified && protocol
      ? {
          readings: readingsOf(call, protocol),
          answers: coveredItems(state, protocol).map(answerOf),
          summary: callSummary(state, patient, protocol, outcome),
          protocolId: protocol.id,
          protocolVersion: protocol.version,
        }
      : {};
  return {
    callId: state.callId,
    patientId: patient.patientId,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: new Date(endedAtMs).toISOString(),
    outcome,
    verified,
    readings: [],
    answers: [],
    summary: '',
    protocolId: '',
    protocolVersion: '',
    softwareVersion,
    ...about,
  };
}

/** Measured at home and understood: read back and confirmed, or heard surely and near to what the chart says. */
function readingsOf({ state, endedAtMs }: FinishedCall, protocol: Protocol): HomeReading[] {
  const date = localDate(new Date(endedAtMs));
  return protocol.items.flatMap((item): HomeReading[] => {
    const answer = state.items[item.id];
    if (item.kind !== 'number' || answer?.status !== 'done') return [];
    const { pounds, readBack } = answer.value;
    if (typeof pounds !== 'number') return [];
    const observation = { name: 'body weight', loinc: item.chartLoinc, value: pounds, unit: '[lb_av]', date };
    return [{ observation, confirmed: readBack === true }];
  });
}

function answerOf({ item, topic }: CoveredItem): ChecklistAnswer {
  const { itemId, status } = item;
  return { itemId, question: topic, answer: answerWords(item), confirmed: status === 'done' };
}
