import { describe, expect, it } from 'vitest';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Disposition, Verification } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallEvent } from '../call/events.js';
import { initialState, reduce } from '../call/reduce.js';
import { outcomeOf } from './outcome.js';
import { sbar } from './sbar.js';

const patient = Patient.fromPartial({
  givenName: 'Margaret',
  familyName: 'Ellis',
  birthDate: '1954-03-04',
  age: 72,
  sex: 'female',
  conditions: ['heart failure'],
  medications: [{ name: 'furosemide', dose: '40 mg', frequency: 'once a day' }],
  dischargeDate: '2026-02-27',
});

function state(...events: CallEvent[]): ReturnType<typeof initialState> {
  return events.reduce(reduce, initialState('c'));
}

const breathless: CallEvent = {
  type: 'escalation-raised',
  turnId: '3',
  specialist: 'escalation',
  disposition: Disposition.URGENT_NURSE,
  reason: 'breathless at rest',
};

describe('an SBAR', () => {
  it('says what was not asked yet, and keeps the checklist out of the findings', () => {
    const marked = state({
      type: 'findings-noted',
      turnId: '3',
      specialist: 'checklist',
      facts: [
        { kind: 'checklist', subjects: ['salt', 'covered'], severity: '', text: 'Salt.', citation: '' },
      ],
    });
    const text = sbar(marked, patient, ['your weight', 'swelling']);
    expect(text).toContain('Not asked yet: your weight; swelling.');
    expect(text).toContain('No findings.');
    expect(sbar(marked, patient)).not.toContain('Not asked');
  });

  it('says who, why, what was found and what to do', () => {
    const text = sbar(
      state(
        { type: 'verification-changed', turnId: '1', verification: Verification.VERIFIED, reason: '' },
        {
          type: 'utterance-heard',
          turnId: '3',
          mediaMs: 1,
          utterance: Utterance.fromPartial({ text: 'I cannot breathe well' }),
          endOfTurnReason: '',
        },
        {
          type: 'findings-noted',
          turnId: '3',
          specialist: 'labs-vitals',
          facts: [
            { kind: 'vital', subjects: [], severity: 'high', text: 'Weight is up 5 lb.', citation: 'x' },
          ],
        },
        {
          type: 'item-changed',
          turnId: '3',
          itemId: 'weight',
          status: 'unconfirmed',
          value: { pounds: 187 },
        },
        breathless,
      ),
      patient,
    );
    expect(text.split('\n')).toEqual([
      'Situation: Margaret Ellis is on the line with the automated assistant. Identity verified by two identifiers. Breathless at rest (escalation). Last words heard: “I cannot breathe well”.',
      'Background: Born 1954-03-04, 72 years, female. Discharged 2026-02-27. Conditions: heart failure. Allergies: none. Medicines on the chart: furosemide 40 mg once a day.',
      'Assessment: Found: Weight is up 5 lb. Reported: weight: pounds 187 (unconfirmed).',
      'Recommendation: Assess now.',
    ]);
  });

  it.each([
    [Verification.UNVERIFIED, 'Identity NOT verified'],
    [Verification.FAILED, 'Identity FAILED verification'],
  ])('warns when identity is %s', (verification, warning) => {
    const text = sbar(
      state({ type: 'verification-changed', turnId: '1', verification, reason: '' }),
      patient,
    );
    expect(text).toContain(warning);
  });

  it('says when checks were missing', () => {
    const text = sbar({ ...initialState('c'), unansweredGates: 1 }, patient);
    expect(text).toContain('some checks did not answer'.replace('s', 'S'));
  });
});

describe('the outcome of a call', () => {
  const completed: CallEvent = { type: 'hang-up-requested', turnId: '9', reason: 'completed' };
  const raised = (disposition: Disposition): CallEvent => ({ ...breathless, disposition });

  it.each<[string, CallEvent[], string, string]>([
    ['the protocol reached its end', [completed], 'agent-hung-up', 'completed'],
    ['also when the patient hangs up first', [completed], 'patient-hung-up', 'completed'],
    [
      'also with a nurse’s task for today',
      [completed, raised(Disposition.SAME_DAY)],
      'agent-hung-up',
      'completed',
    ],
    [
      '911 was raised, whatever followed',
      [completed, raised(Disposition.CALL_911)],
      'agent-hung-up',
      'escalated',
    ],
    ['988 was raised', [raised(Disposition.CALL_988)], 'patient-hung-up', 'escalated'],
    [
      'a nurse was needed now, and the line was cut',
      [raised(Disposition.URGENT_NURSE)],
      'connection-lost',
      'escalated',
    ],
    ['the call was handed over', [raised(Disposition.CALL_911)], 'transferred', 'transferred'],
    ['the patient hung up', [], 'patient-hung-up', 'stopped-early'],
    [
      'it could not be checked',
      [{ ...completed, reason: 'cannot-check-safely' }],
      'agent-hung-up',
      'stopped-early',
    ],
  ])('%s', (_case, events, reason, outcome) => {
    expect(outcomeOf(state(...events), reason)).toBe(outcome);
  });
});
