import type { Word } from '../../protos/generated/asterism/v1/hearing.js';
import type { Medication, Patient } from '../../protos/generated/asterism/v1/patient.js';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { Pass, Verification, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';

/** A medicine of a chart from "lisinopril, 10 mg, once a day". */
export function prescription(line: string): Medication {
  const [name = '', dose = '', frequency = '', purpose = ''] = line.split(',').map((part) => part.trim());
  return { name, dose, frequency, purpose };
}

/** A patient for tests; everything not given is empty. */
export function patientWith(
  parts: Partial<Omit<Patient, 'medications'>> & { medications?: readonly string[] },
): Patient {
  return {
    patientId: 'test-patient',
    givenName: '',
    familyName: '',
    birthDate: '',
    age: 0,
    sex: 'unknown',
    conditions: [],
    allergies: [],
    labs: [],
    appointments: [],
    dischargeDate: '',
    protocolId: '',
    telephone: '',
    ...parts,
    medications: (parts.medications ?? []).map(prescription),
  };
}

/** The patient of the demonstration call. */
export const heartFailurePatient = patientWith({
  age: 64,
  sex: 'male',
  conditions: ['heart failure', 'hypertension'],
  medications: [
    'lisinopril, 10 mg, once a day, your blood pressure',
    'furosemide, 40 mg, once a day, extra fluid',
    'metoprolol succinate, 50 mg, once a day, your heart',
  ],
  labs: [
    { name: 'Body weight', loinc: '29463-7', value: 182, unit: '[lb_av]', date: '2026-11-20' },
    { name: 'Potassium', loinc: '2823-3', value: 4.4, unit: 'mmol/L', date: '2026-11-20' },
  ],
  dischargeDate: '2026-11-20',
});

export interface Asking {
  readonly patient?: Patient | undefined;
  readonly words?: readonly Word[];
  readonly alternatives?: readonly string[];
  readonly draft?: string;
  readonly itemId?: string;
  readonly verified?: boolean;
  /** "agent: …" and "patient: …". */
  readonly history?: readonly string[];
  readonly answering?: boolean;
}

/** A look at what was heard, or with a draft the second look. */
export function requestFor(text: string, asking: Asking = {}): ReviewRequest {
  return {
    callId: 'call',
    turnId: 'turn',
    pass: asking.draft === undefined ? Pass.HEARD : Pass.DRAFT,
    heard: {
      utteranceId: 'utterance',
      text,
      words: [...(asking.words ?? [])],
      alternatives: (asking.alternatives ?? []).map((alternative) => ({
        text: alternative,
        confidence: 0.4,
      })),
      confidence: 0.9,
      startedMs: 0,
      endedMs: 0,
    },
    draft: asking.draft ?? '',
    patient: 'patient' in asking ? asking.patient : heartFailurePatient,
    context: {
      verification: asking.verified === false ? Verification.UNVERIFIED : Verification.VERIFIED,
      history: (asking.history ?? []).map((line, at) => {
        const colon = line.indexOf(':');
        return { speaker: line.slice(0, colon), text: line.slice(colon + 1).trim(), turnId: `earlier-${at}` };
      }),
      itemId: asking.itemId ?? '',
      awaited: AwaitedAnswer.OPEN,
      findings: [],
      recordingConsented: true,
      answeringOwnQuestion: asking.answering ?? false,
      today: '',
      protocolId: '',
      checklist: [],
      closingReason: '',
      turnSentences: [],
      wordingOf: '',
    },
  };
}

/** Words from "I .9 take .95 met .4": each followed by its confidence. */
export function wordsOf(line: string): Word[] {
  const parts = line.split(' ');
  const words: Word[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [text = '', other] = (parts[at] ?? '').split('|');
    words.push({
      text,
      confidence: Number(parts[at + 1]),
      startMs: at * 100,
      endMs: at * 100 + 90,
      alternatives: other === undefined ? [] : [{ text: other, confidence: 0.35 }],
    });
  }
  return words;
}
