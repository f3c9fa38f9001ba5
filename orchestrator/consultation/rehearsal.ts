import type { Clock } from '../../platform/clock.js';
import { AwaitedAnswer, Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Pass, ReviewRequest, Verification } from '../../protos/generated/asterism/v1/specialist.js';
import type { Consultation } from './consultation.js';
import { mergeLooks } from './merge.js';
import { judge, withoutRepeats } from './speech-gate.js';

/** The rehearsal's call; it is in no log. */
export const REHEARSAL = 'rehearsal';

/** Looks of a rehearsal; half of them first looks. */
const MOST_LOOKS = 80;
/** A rehearsal ends after so many milliseconds, wherever it stands. */
const LONGEST_MS = 400;

const patient = Patient.fromPartial({
  patientId: REHEARSAL,
  givenName: 'Sample',
  familyName: 'Person',
  birthDate: '1950-01-02',
  age: 76,
  sex: 'female',
  conditions: ['heart failure', 'hypertension'],
  medications: [
    { name: 'lisinopril', dose: '10 mg', frequency: 'once a day', purpose: 'for your blood pressure' },
    { name: 'furosemide', dose: '40 mg', frequency: 'twice a day', purpose: 'to take off extra water' },
  ],
  labs: [
    { name: 'body weight', loinc: '29463-7', value: 180, unit: '[lb_av]', date: '2026-01-01' },
    { name: 'potassium', loinc: '2823-3', value: 4.2, unit: 'mmol/L', date: '2026-01-01' },
  ],
  dischargeDate: '2026-01-01',
});

/** Everyday exchanges: what the agent asks, and what somebody may answer. */
const exchanges = [
  ['How have you been feeling since you came home?', 'A little better, I think, but still tired.'],
  ['Is your breathing any harder than when you left the hospital?', 'No, it is about the same.'],
  ['Are you taking your furosemide?', 'Yes, forty milligrams twice a day.'],
  ['Did you weigh yourself today? What did the scale say?', 'One eighty-two this morning.'],
  ['Do you take anything you buy without a prescription?', 'Just a vitamin, and Tylenol for my knee.'],
] as const;

/**
 * Looks over everyday sentences, in which nobody waits, so that the first patient's looks find code that
 * is compiled already, here and in the specialists. A look that fails ends it, and no more than that: a
 * specialist that is broken shows that in the first call's look.
 * @param consult asks all specialists (SpecialistPool.consult)
 */
export async function rehearse(
  consult: (requestFor: (specialist: string) => ReviewRequest, deadlineMs: number) => Consultation,
  clock: Clock,
): Promise<void> {
  const endMs = clock.nowMs() + LONGEST_MS;
  for (let look = 0; look < MOST_LOOKS && clock.nowMs() < endMs; look++) {
    const request = rehearsalRequest(look);
    const remainingMs = endMs - clock.nowMs();
    const consultation = consult(() => request, remainingMs);
    const looks = await consultation.wait('everyone', remainingMs);
    consultation.cancel();
    if (looks.some(({ status }) => status !== 'answered')) return;
    const decision = mergeLooks(withoutRepeats(looks, request.draft, []));
    judge({ kind: 'draft', decision, turnTexts: [], deadlinePassed: true });
  }
}

function rehearsalRequest(look: number): ReviewRequest {
  const [question, answer] = exchanges[Math.floor(look / 2) % exchanges.length] ?? exchanges[0];
  const first = look % 2 === 0;
  return ReviewRequest.fromPartial({
    callId: REHEARSAL,
    turnId: String(look),
    pass: first ? Pass.HEARD : Pass.DRAFT,
    heard: Utterance.fromPartial({
      utteranceId: String(look),
      text: answer,
      confidence: 0.9,
      words: answer.split(' ').map((text) => ({ text, confidence: 0.9 })),
    }),
    draft: first ? '' : question,
    patient,
    context: {
      verification: Verification.VERIFIED,
      history: exchanges.flatMap(([asked, said], turn) => [
        { speaker: 'agent', text: asked, turnId: String(turn) },
        { speaker: 'patient', text: said, turnId: String(turn + 1) },
      ]),
      itemId: '',
      awaited: AwaitedAnswer.OPEN,
      findings: [],
      recordingConsented: true,
      answeringOwnQuestion: false,
      today: '2026-01-03',
    },
  });
}
