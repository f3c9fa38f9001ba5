import type { Clock } from '../../platform/clock.js';
import { AwaitedAnswer, Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Pass, ReviewRequest, Verification } from '../../protos/generated/asterism/v1/specialist.js';
import type { Consultation } from './consultation.js';
import { mergeLooks } from './merge.js';
import { judge, withoutRepeats } from './speech-gate.js';

/** The rehearsal's call; it is in no log. */
export const REHEARSAL = 'rehearsal';

/** Looks of the rehearsal before the first call; half of them first looks. */
const FIRST_LOOKS = 80;
/** That rehearsal ends after so many milliseconds, wherever it stands. */
const LONGEST_MS = 400;

/** Looks after which the code that a call runs is compiled, most of it (measured: bench/consultation.ts). */
const MOST_LOOKS = 500;
/** Between two looks of the rehearsal that goes on: it takes a tenth of one core at most. */
const REST_MS = 40;
/** How long the rehearsal that goes on keeps away after a look of a call, in milliseconds. */
const KEEP_AWAY_MS = 1_000;

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
  ['Did you say metoprolol, the one for your heart?', 'Yes, the metoprolol, twenty five in the morning.'],
  ['What is your blood pressure today?', 'It was one thirty eight over eighty two.'],
  ['Do you have any swelling in your feet?', 'My ankles are puffy at night, but no pain.'],
  ['When do you see your doctor?', 'Next Tuesday at ten, and my daughter will drive me.'],
  ['What do you eat in the morning?', 'Toast with a banana and a cup of coffee.'],
  ['Do you have any other questions?', 'Can I take ibuprofen for my knee?'],
  ['In your own words, when would you call us?', 'If I gain three pounds, or get short of breath.'],
  ['Is it okay if I record this call?', 'Yes, that is fine with me.'],
] as const;

/** Asks all specialists (SpecialistPool.consult). */
type Consult = (requestFor: (specialist: string) => ReviewRequest, deadlineMs: number) => Consultation;

/**
 * Looks over everyday sentences, in which nobody waits, so that the first patient's looks find code that
 * is compiled already, here and in the specialists. A look that fails ends it, and no more than that: a
 * specialist that is broken shows that in the first call's look.
 */
export async function rehearse(consult: Consult, clock: Clock): Promise<void> {
  const endMs = clock.nowMs() + LONGEST_MS;
  for (let look = 0; look < FIRST_LOOKS && clock.nowMs() < endMs; look++) {
    if (!(await rehearseLook(look, consult, endMs - clock.nowMs()))) return;
  }
}

/**
 * Goes on rehearsing while calls already come, in the pauses between their looks, until the code is compiled.
 * @param drafts what the agent says in calls; the questions of the first rehearsal when empty
 * @param sinceLookMs milliseconds since a call asked the specialists last
 */
export async function rehearseOn(
  consult: Consult,
  clock: Clock,
  drafts: readonly string[],
  sinceLookMs: () => number,
  signal: AbortSignal,
): Promise<void> {
  let look = 0;
  while (look < MOST_LOOKS) {
    await new Promise<void>((resolve) => clock.after(REST_MS, resolve));
    if (signal.aborted) return;
    if (sinceLookMs() < KEEP_AWAY_MS) continue;
    if (!(await rehearseLook(look++, consult, LONGEST_MS, drafts))) return;
  }
}

/** @returns false when a specialist did not answer */
async function rehearseLook(
  look: number,
  consult: Consult,
  remainingMs: number,
  drafts: readonly string[] = [],
): Promise<boolean> {
  const request = rehearsalRequest(look, drafts);
  const consultation = consult(() => request, remainingMs);
  const looks = await consultation.wait('everyone', remainingMs);
  consultation.cancel();
  if (looks.some(({ status }) => status !== 'answered')) return false;
  const decision = mergeLooks(withoutRepeats(looks, request.draft, []));
  judge({ kind: 'draft', decision, turnTexts: [], deadlinePassed: true });
  return true;
}

function rehearsalRequest(look: number, drafts: readonly string[]): ReviewRequest {
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
    draft: first ? '' : (drafts[Math.floor(look / 2) % drafts.length] ?? question),
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
