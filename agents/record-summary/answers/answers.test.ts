import { beforeAll, describe, expect, it } from 'vitest';
import { Patient } from '../../../protos/generated/asterism/v1/patient.js';
import {
  Disposition,
  Verdict,
  type Review,
  type ReviewRequest,
} from '../../../protos/generated/asterism/v1/specialist.js';
import { requestFor, wordsOf, type Asking } from '../../medication/test-requests.js';
import type { SpecialistLogic } from '../../specialist.js';
import { createRecordSummary } from '../record-summary.js';

const patient = Patient.fromPartial({
  patientId: 'pat',
  givenName: 'Pat',
  familyName: 'Doe',
  conditions: ['heart failure'],
  allergies: ['penicillin', 'latex'],
  medications: [
    {
      name: 'furosemide',
      dose: '40 mg',
      frequency: 'once a day',
      purpose: 'to take extra water out of your body',
      source: 'MedicationRequest/f',
    },
    { name: 'metoprolol succinate', dose: '50 mg', frequency: 'twice a day', source: 'MedicationRequest/m' },
    { name: 'insulin glargine', dose: '', frequency: '', source: 'MedicationRequest/i' },
  ],
  labs: [
    {
      name: 'body weight',
      loinc: '29463-7',
      value: 180,
      unit: '[lb_av]',
      date: '2026-11-01',
      source: 'Observation/old',
    },
    {
      name: 'body weight',
      loinc: '29463-7',
      value: 182.5,
      unit: '[lb_av]',
      date: '2026-11-23',
      source: 'Observation/w',
    },
    {
      name: 'potassium',
      loinc: '2823-3',
      value: 4.05,
      unit: 'mmol/L',
      date: '2025-12-30',
      source: 'Observation/k',
    },
    {
      name: 'systolic',
      loinc: '8480-6',
      value: 128,
      unit: 'mm[Hg]',
      date: '2026-11-23',
      source: 'Observation/bp',
    },
    {
      name: 'diastolic',
      loinc: '8462-4',
      value: 76,
      unit: 'mm[Hg]',
      date: '2026-11-23',
      source: 'Observation/bp',
    },
    {
      name: 'magnesium',
      loinc: '19123-9',
      value: 2,
      unit: 'strange',
      date: '2026-11-23',
      source: 'Observation/x',
    },
  ],
  appointments: [
    { with: 'Dr. Sato, warfarin clinic', start: '2026-12-09T15:00', source: 'Appointment/2' },
    {
      with: 'Dr. Chen, cardiology',
      start: '2026-12-01T10:30',
      place: 'the Heart Clinic',
      source: 'Appointment/1',
    },
  ],
  careTeam: { clinicians: [{ name: 'Dr. Rivera', role: 'primary care', source: 'Patient/pat' }] },
  dischargeDate: '2026-11-23',
});
const stranger = Patient.fromPartial({ patientId: 'new', givenName: 'New' });

let specialist: SpecialistLogic;
beforeAll(async () => {
  specialist = await createRecordSummary({ folder: '' });
}, 60_000);

function request(text: string, asking: Asking = {}): ReviewRequest {
  const made = requestFor(text, { patient, ...asking });
  return { ...made, context: made.context && { ...made.context, today: '2026-11-25' } };
}

const look = (text: string, asking: Asking = {}): Review => specialist.review(request(text, asking));

const visit =
  'Your record shows a visit with Dr. Chen, cardiology, on Tuesday, December first, at ten thirty in the morning, at the Heart Clinic. There is one more after that.';

describe('what a verified patient asks about the record is answered from it', () => {
  it.each([
    ['When is my next appointment?', visit, 'Appointment/1'],
    ["what's my next visit", visit, 'Appointment/1'],
    ["I don't know when my appointment is", visit, 'Appointment/1'],
    ['Do I have an appointment coming up?', visit, 'Appointment/1'],
    ['When do I see the heart doctor again?', visit, 'Appointment/1'],
    ['Where is my appointment?', visit, 'Appointment/1'],
    [
      'What medicines am I supposed to be on?',
      'Your record lists these medicines. Furosemide, 40 milligrams, once a day. Metoprolol succinate, 50 milligrams, twice a day. Insulin glargine.',
      'MedicationRequest/f, MedicationRequest/m, MedicationRequest/i',
    ],
    ['Can you read me my medication list', 'Your record lists these medicines.', 'MedicationRequest/f'],
    [
      'How much furosemide do I take?',
      'Your record says furosemide, 40 milligrams, once a day.',
      'MedicationRequest/f',
    ],
    [
      'how often should I take my metoprolol',
      'Your record says metoprolol succinate, 50 milligrams, twice a day.',
      'MedicationRequest/m',
    ],
    [
      'What is my furosemide for?',
      'Your record says that furosemide is to take extra water out of your body.',
      'MedicationRequest/f',
    ],
    [
      'What was my last weight?',
      'Your last weight in your record is one hundred eighty-two point five pounds, from Monday, November twenty-third.',
      'Observation/w',
    ],
    [
      'Can you tell me my potassium?',
      'Your last potassium in your record is four point zero five millimoles per liter, from Tuesday, December thirtieth, 2025.',
      'Observation/k',
    ],
    [
      'What was my blood pressure in the hospital?',
      'Your last blood pressure in your record is one hundred twenty-eight over seventy-six, from Monday, November twenty-third.',
      'Observation/bp',
    ],
    ["Who's my doctor?", 'Your record names Dr. Rivera as your primary care doctor.', 'Patient/pat'],
    ['Who is my cardiologist?', 'Your record shows a visit with Dr. Chen, cardiology.', 'Appointment/1'],
    ['What am I allergic to?', 'Your record lists allergies to penicillin, and latex.', 'AllergyIntolerance'],
    [
      'When did I leave the hospital?',
      'Your record says that you left the hospital on Monday, November twenty-third.',
      'Encounter',
    ],
  ])('%s', (text, say, source) => {
    const review = look(text);
    expect(review).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.NONE, relevant: true });
    expect(review.say).toContain(say);
    expect(review.facts.map(({ citation }) => citation).join()).toContain(source);
  });

  it('also two questions at once', () => {
    expect(look('When is my appointment? And what am I allergic to?').say).toMatch(/Dr\. Chen.* penicillin/);
  });
});

describe('what the record does not hold is said plainly, and a nurse gets the question', () => {
  it.each([
    ['When is my next appointment?', stranger, "I don't see a visit in your record."],
    ['What medicines am I on?', stranger, "I don't see any medicines in your record."],
    ['What was my last weight?', stranger, "I don't see a result for your weight in your record."],
    ['What is my A1c?', patient, "I don't see a result for your A1c in your record."],
    ["What's my blood pressure?", stranger, "I don't see a blood pressure in your record."],
    ['Who is my doctor?', stranger, "I don't see the name of your doctor in your record."],
    ['Who is my surgeon?', patient, "I don't see a surgeon in your record."],
    ['When was I discharged?', stranger, "I don't see a stay in the hospital in your record."],
    ['What allergies do I have?', stranger, "I don't see any allergies in your record."],
    [
      'How much insulin glargine do I take?',
      patient,
      "I don't see how much insulin glargine you take in your record.",
    ],
  ])('%s', (text, whose, say) => {
    const review = look(text, { patient: whose });
    expect(review).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.ROUTINE, facts: [] });
    expect(review.say).toContain(say);
    expect(review.say).toMatch(/nurse/);
  });
});

describe('what is not a question about the own record is left to others', () => {
  it.each([
    // about somebody else
    "When is my husband's appointment?",
    'What medicines is my daughter on?',
    // advice, an action, a goal: not what the record says
    'Can I take more furosemide?',
    'Should I stop my furosemide?',
    'What medicines can I take for a cold?',
    'What medicines should I avoid?',
    'How much furosemide is too much?',
    'I missed my furosemide, how much do I take?',
    'Can you change my appointment?',
    'What should I bring to my appointment?',
    'What should my blood pressure be?',
    'What is a normal potassium?',
    'Why is my potassium high?',
    'Is my weight okay?',
    'What is my weight today?',
    'How do I lower my blood pressure?',
    'When was my last appointment?',
    'Who is my insurance?',
    'How do I reach my doctor?',
    'What is my diagnosis?',
    // a medicine that the chart does not name with these words
    'How much Lasix do I take?',
    'How much insulin lispro do I take?',
    'How much metoprolol tartrate do I take?',
    'How much insulin do I take?',
    // statements and answers
    'My appointment is on Friday.',
    'I know when my appointment is.',
    'When I went to my appointment they gave me a paper, is that right?',
    'My weight was one eighty seven.',
    'I take furosemide, forty milligrams, once a day.',
    'Yes, ten milligrams once a day.',
    "No, I didn't know about my appointment.",
    'I take what my doctor gave me.',
    'I am allergic to penicillin.',
    'I left the hospital on Monday.',
    'What did you say?',
    '',
  ])('%s', (text) => {
    expect(look(text)).toMatchObject({ verdict: Verdict.PASS, say: '', facts: [] });
  });

  it.each(['When is my next appointment?', 'What medicines am I on?', 'What was my last weight?'])(
    'and before identity is known nothing of it is told: %s',
    (text) => {
      expect(look(text, { verified: false })).toMatchObject({
        verdict: Verdict.PASS,
        say: '',
        facts: [],
        relevant: true,
      });
    },
  );

  it('nor is a name that was not surely heard, or a unit that cannot be spoken', () => {
    const doubtful = wordsOf('how .9 much .9 furosemide .4 do .9 I .9 take .9');
    expect(look('how much furosemide do I take', { words: doubtful }).verdict).toBe(Verdict.PASS);
    const sure = wordsOf('how .9 much .9 furosemide .9 do .9 I .9 take .9');
    expect(look('how much furosemide do I take', { words: sure }).verdict).toBe(Verdict.SAY);
    expect(look('What was my last magnesium?').verdict).toBe(Verdict.PASS);
  });

  it('nor can anything be told without a record', () => {
    expect(look('When is my appointment?', { patient: undefined })).toMatchObject({ verdict: Verdict.PASS });
  });
});

describe('a long list of medicines', () => {
  const listed = (count: number) =>
    look('What medicines am I on?', {
      patient: Patient.fromPartial({
        medications: Array.from({ length: count }, (_, index) => ({
          name: `medicine${String(index)}`,
          dose: '1 mg',
        })),
      }),
    }).say;

  it('is named without doses from six on, and left to a nurse from thirteen on', () => {
    expect(listed(5)).toContain('Medicine4, 1 milligram.');
    expect(listed(7)).toMatch(/^Your record lists these medicines: medicine0, .*, and medicine6\.$/);
    expect(listed(200)).toMatch(/^Your record lists two hundred medicines\. .* nurse/);
  });
});

describe('a sentence about to be spoken', () => {
  const draft = (text: string, heard = 'yes', asking: Asking = {}): Review =>
    look(heard, { draft: text, ...asking });

  it.each([
    'You have a visit with Dr. Chen, cardiology on Tuesday, December second, at ten thirty in the morning.',
    'Your next visit is on November 30.',
    'Your appointment is Friday, December twenty-third.',
  ])('with another day than the record is replaced: %s', (text) => {
    expect(draft(text)).toMatchObject({
      verdict: Verdict.REWRITE,
      say: expect.stringContaining('on Tuesday, December first, at ten thirty in the morning') as string,
    });
  });

  it.each([
    [
      'the day of the record',
      'You have a visit with Dr. Chen on Tuesday, December first, at ten thirty in the morning.',
    ],
    ['the day of a later visit', 'Your appointment with Dr. Sato is on December 9th.'],
    ['a question', 'Did you say your appointment is on December second?'],
    ['a read-back', 'You said your appointment is on December second.'],
    ['the past', 'Your visit was on November second.'],
    ['no day', 'Your visit is next week.'],
    ['no visit', 'You left the hospital on November twenty-third.'],
    ['March as a verb', 'Your visit may take one hour.'],
  ])('passes with %s', (_what, text) => {
    expect(draft(text).verdict).toBe(Verdict.PASS);
  });

  it('passes with a day that the patient gave, without a visit in the record, and before identity is known', () => {
    const text = 'Your visit is on December second.';
    expect(draft(text, 'My visit is on December second').verdict).toBe(Verdict.PASS);
    expect(draft(text, 'yes', { patient: stranger }).verdict).toBe(Verdict.PASS);
    expect(draft(text, 'yes', { verified: false }).verdict).toBe(Verdict.PASS);
    expect(draft(text).verdict).toBe(Verdict.REWRITE);
  });
});
