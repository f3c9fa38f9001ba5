import { describe, expect, it } from 'vitest';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Disposition, Verification } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallEvent, CallEventOf } from '../call/events.js';
import { initialState, reduce } from '../call/reduce.js';
import { writeBackRequest } from './write-back-request.js';

const protocol = loadProtocols()['heart-failure-discharge'];
const patient = Patient.fromPartial({
  patientId: 'pat',
  givenName: 'Margaret',
  familyName: 'Ellis',
  conditions: ['heart failure'],
});
function identity(verification: Verification): CallEvent {
  return { type: 'verification-changed', turnId: '2', verification, reason: '' };
}

const verified = identity(Verification.VERIFIED);

function item(
  itemId: string,
  status: CallEventOf<'item-changed'>['status'],
  value: CallEventOf<'item-changed'>['value'] = {},
): CallEvent {
  return { type: 'item-changed', turnId: '3', itemId, status, value };
}

function requestAfter(...events: readonly CallEvent[]): ReturnType<typeof writeBackRequest> {
  return writeBackRequest({
    state: events.reduce(reduce, initialState('call-1')),
    patient,
    protocol,
    outcome: 'completed',
    startedAtMs: Date.UTC(2026, 2, 1, 15),
    endedAtMs: Date.UTC(2026, 2, 1, 15, 9),
    softwareVersion: '1',
  });
}

const measured = { answer: 'measured', pounds: 187, readBack: true };

describe('what a call leaves in the record', () => {
  it('is the readings that were confirmed, the answers and a note', () => {
    const request = requestAfter(
      verified,
      item('recording-consent', 'done', { answer: 'yes' }),
      item('swelling', 'done', { answer: 'no' }),
      item('medicine:furosemide', 'unconfirmed', { taking: 'unsure' }),
      item('dizziness', 'refused'),
      item('chest-pain', 'asked'),
      item('weight', 'done', measured),
      { type: 'nurse-task-added', turnId: '4', reason: 'weight gain', disposition: Disposition.SAME_DAY },
    );
    expect(request).toMatchObject({
      callId: 'call-1',
      patientId: 'pat',
      verified: true,
      startedAt: '2026-03-01T15:00:00.000Z',
      readings: [
        {
          observation: { name: 'body weight', loinc: '29463-7', value: 187, unit: '[lb_av]' },
          confirmed: true,
        },
      ],
      protocolId: 'heart-failure-discharge',
    });
    expect(request.answers).toEqual([
      { itemId: 'swelling', question: 'swelling', answer: 'no', confirmed: true },
      {
        itemId: 'medicine:furosemide',
        question: 'taking furosemide',
        answer: 'taking unsure',
        confirmed: false,
      },
      { itemId: 'dizziness', question: 'feeling dizzy', answer: 'refused', confirmed: false },
      expect.objectContaining({ itemId: 'weight', confirmed: true }),
    ]);
    expect(request.summary).toMatch(/^Situation: Automated call to Margaret Ellis, identity verified/);
    expect(request.summary).toContain('Open tasks: weight gain (today)');
    expect(request.summary).toMatch(/^Covered: swelling; your weight/m);
    expect(request.summary).toMatch(
      /^Not settled: taking furosemide \(unconfirmed\); feeling dizzy \(refused\)/m,
    );
    expect(request.summary).toMatch(/^Not asked: .*chest pain/m);
  });

  it.each([
    ['was not confirmed', item('weight', 'unconfirmed', measured)],
    ['is under way', item('weight', 'partial', { pounds: 187 })],
    ['is none', item('weight', 'done', { answer: 'none' })],
  ])('has no reading of a weight that %s', (_what, weight) => {
    expect(requestAfter(verified, weight).readings).toEqual([]);
  });

  it('tells a reading that was heard surely from one that was confirmed', () => {
    const heard = item('weight', 'done', { ...measured, readBack: false });
    expect(requestAfter(verified, heard).readings).toMatchObject([{ confirmed: false }]);
  });

  it.each<[string, CallEvent[]]>([
    ['nobody said who is on the line', []],
    ['the identity failed', [identity(Verification.FAILED)]],
    ['another person took over', [verified, identity(Verification.UNVERIFIED)]],
  ])('is nothing but the call when %s', (_what, changes) => {
    expect(requestAfter(item('weight', 'done', measured), ...changes)).toMatchObject({
      verified: false,
      readings: [],
      answers: [],
      summary: '',
      protocolId: '',
    });
  });
});
