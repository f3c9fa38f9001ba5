import { describe, expect, it } from 'vitest';
import { Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { createPrivacyCompliance } from './privacy-compliance.js';
import { draft, failed, hear, identity, unverified, type Context } from './test-looks.js';

const privacy = await createPrivacyCompliance();
const verdictsOf = (context: Context, ...texts: readonly string[]): Verdict[] =>
  texts.map((text) => draft(privacy, text, context).verdict);

/** A hint that stays unsaid before somebody is identified, and its twin that anybody may hear. */
const hints: readonly (readonly [forbidden: string, allowed: string])[] = [
  ['The doctor saw something on your scan.', 'The line is not clear, could you say that again?'],
  ['Your test came back.', 'Someone will call back.'],
  ['The tests came back abnormal.', 'I will come back to that in a moment.'],
  ['The doctor found something that worries him.', 'I could not find that.'],
  ['Your doctor wants to see you soon.', 'Someone from your care team will call you.'],
  ['I have some news for you.', 'I have two questions for you.'],
  ['We are calling about your recovery.', 'I am calling from your care team.'],
  ['I am sorry to hear that you fell.', 'I am sorry, I did not hear that.'],
  ['There is something in your chart to go over.', 'There is something I have to ask first.'],
  ['Your sample was positive.', 'Your answer was not clear to me.'],
  ['You live on Oak Street, right?', 'What street do you live on?'],
  ['Your address is twelve Main Street.', 'What is your address?'],
  ['Is your address 12 Oak Avenue?', 'Is your address something you can tell me?'],
  ['Your insurance number ends in four four seven one.', 'What does your insurance number end in?'],
  ['The last four digits are 4471, right?', 'Please tell me the last four digits.'],
  ['Your member ID is 88213.', 'What is your member ID?'],
  ['Your zip code is 97201.', 'Please tell me your zip code.'],
  ['You have Medicare, right?', 'You have the right number.'],
  ['You are seventy six years old, is that right?', 'You are right to ask.'],
];

describe('before somebody is identified', () => {
  it.each(hints)('"%s" stays unsaid, and "%s" does not', (forbidden, allowed) => {
    expect(verdictsOf(unverified, forbidden, allowed)).toEqual([Verdict.BLOCK, Verdict.PASS]);
    const { say } = draft(privacy, forbidden, unverified);
    expect(verdictsOf(unverified, say)).toEqual([Verdict.PASS]);
  });

  it.each([
    'Hold on, please.',
    'One moment, please.',
    'Hello, this is an automated assistant calling from Riverside Clinic.',
    'You can reach us at 503-555-0100, day and night.',
    'You can reach your care team at the number on your card.',
    'To reach a person, call your care team.',
    'What is your full name?',
    'What is your date of birth?',
    'Please say the month, the day and the year.',
    'Take your time.',
    'I did not catch that.',
    'How are you today?',
    'Is this a good time to talk?',
  ])('anybody may hear "%s"', (text) => {
    expect(verdictsOf(unverified, text)).toEqual([Verdict.PASS]);
  });
});

/** A message that names somebody or a reason, and its neutral twin. */
const messages: readonly (readonly [forbidden: string, neutral: string])[] = [
  [
    'Hello, this is a message for Margaret Hayes. Please call us back.',
    'Hello, this is an automated message. Please call us back.',
  ],
  ['Please have Margaret call us back.', 'Please call us back when you can.'],
  ['Please call us back about your test.', 'Please call us back.'],
  ['Please call us back about your upcoming visit.', 'Please call your care team back. Goodbye.'],
  ['Please call us back to go over something.', 'Someone from the care team will call back.'],
  ['Please call us back as soon as possible, it is important.', 'Thank you. Goodbye.'],
  ['Please call back, the doctor saw something.', 'I am sorry to have bothered you. Goodbye.'],
  [
    'We called to follow up with you, please call us back.',
    'An automated assistant called. Please call us back.',
  ],
];

describe('on a voicemail', () => {
  const said = [{ speaker: 'patient', text: 'Please leave a message after the tone', turnId: '1' }];
  it.each(messages)('neither name nor reason: "%s" beside "%s"', (forbidden, neutral) => {
    for (const context of [
      failed,
      { ...unverified, findings: [identity('voicemail')] },
      { ...unverified, history: said },
    ])
      expect(verdictsOf(context, forbidden, neutral)).toEqual([Verdict.BLOCK, Verdict.PASS]);
  });

  it('leaves the neutral message that may be spoken', () => {
    const { say } = hear(privacy, 'Please leave a message after the tone', unverified);
    expect(verdictsOf(failed, ...say.split(/(?<=\.)\s/).filter((text) => text.length > 12))).not.toContain(
      Verdict.BLOCK,
    );
  });
});
