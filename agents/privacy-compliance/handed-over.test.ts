import { describe, expect, it } from 'vitest';
import { loadProtocols, loadWording } from '../../clinical-kb/protocols/load.js';
import { Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { createPrivacyCompliance } from './privacy-compliance.js';
import { draft, hear, identity, patient, unverified, verified, type Context } from './test-looks.js';

const privacy = await createPrivacyCompliance();

/** A call in which the patient was identified and these were said, the last one just now. */
function after(...said: string[]): { context: Context; heard: string } {
  const history = said.slice(0, -1).flatMap((text, index) => [
    { speaker: 'patient', text, turnId: String(2 * index) },
    { speaker: 'agent', text: 'Okay.', turnId: String(2 * index + 1) },
  ]);
  return { context: { ...verified, history }, heard: said.at(-1) ?? '' };
}

const toPatient = 'Your potassium was four point six, and you take furosemide.';
const toAnother = 'Her potassium was four point six, and she takes furosemide.';
const verdictOf = (text: string, { context, heard }: ReturnType<typeof after>): Verdict =>
  draft(privacy, text, context, heard).verdict;

/** What is said when the telephone goes to somebody else, and words like it that hand nothing over. */
const pairs: readonly (readonly [handsOver: string, keeps: string])[] = [
  ['Here is my son', 'Here is what my son wrote down'],
  ['Hold on, my roommate is here, here she is', 'My roommate is here with me on weekends'],
  ["I'm handing you to my neighbor", 'I handed my keys to my neighbor'],
  ["I'll give the phone to my wife", 'I give the pills to my wife'],
  ['Let me put my daughter on', 'Let me put my shoes on'],
  ['Can you speak with my son now', 'I talked to my son about it'],
  ['My neighbor will take the phone', 'My neighbor will take the dog'],
  ['Please speak with Mister Carter', 'I spoke with Mister Carter yesterday'],
  ['Here is Mrs. Lopez, she helps me', 'Mrs. Lopez helps me'],
  ["Hello, this is Harold, I'm her husband", 'My husband is Harold'],
  ['Hi, this is Mister Carter from next door', 'Mister Carter lives next door'],
  ["I'm the neighbor", 'I see the neighbor sometimes'],
  ["This is Margaret's roommate", 'This is Margaret'],
  ['Hi, this is Bob', 'Hi, this is better'],
  ['Her son speaking', 'Her son speaks Spanish'],
  ['She handed me the phone', 'She handed me the pills'],
  ['She asked me to talk to you', 'She asked me to walk with her'],
  ['I have the phone now', 'I have the pills now'],
  ["I'm taking over for her", "I'm taking it over the sink"],
  ['You are talking to her husband now', 'You are talking too fast'],
];

describe('the telephone of a patient who was identified', () => {
  it.each(pairs)('goes to somebody else with "%s", and not with "%s"', (handsOver, keeps) => {
    expect([verdictOf(toPatient, after(handsOver)), verdictOf(toPatient, after(keeps))]).toEqual([
      Verdict.BLOCK,
      Verdict.PASS,
    ]);
    expect([
      hear(privacy, handsOver, verified).facts[0]?.subjects,
      hear(privacy, keeps, verified).facts,
    ]).toEqual([['relative'], []]);
  });

  it.each(pairs)(
    'stays with somebody else in the turns after "%s", and not after "%s"',
    (handsOver, keeps) => {
      const later = 'How is it going, what did the tests say';
      expect([
        verdictOf(toPatient, after(handsOver, later)),
        verdictOf(toPatient, after(keeps, later)),
      ]).toEqual([Verdict.BLOCK, Verdict.PASS]);
    },
  );

  it.each([
    "I'm back",
    'It is me again',
    'Yes, this is Margaret',
    'He gave me the phone back',
    'Margaret Hayes',
  ])('is the patient’s again with "%s"', (text) => {
    expect(verdictOf(toPatient, after('Here is my son', 'What are her labs', text))).toBe(Verdict.PASS);
    expect(verdictOf(toPatient, after('Here is my son', 'What are her labs', 'Okay'))).toBe(Verdict.BLOCK);
  });

  it.each(['She handed me the phone', 'This is her son', "This is Margaret's son"])(
    'is not the patient’s again with "%s"',
    (text) => {
      expect(verdictOf(toPatient, after('Here is my son', text))).toBe(Verdict.BLOCK);
    },
  );

  it('may be with whom the patient permits, and with nobody else', () => {
    const permitted = [
      'You can talk to my son about everything, here he is',
      'It is okay to tell my son everything',
      'Here is my son, you can tell him everything',
    ];
    for (const permission of permitted) {
      for (const text of [toPatient, toAnother]) {
        expect([permission, verdictOf(text, after(permission, 'Hello, this is her son'))]).toEqual([
          permission,
          Verdict.PASS,
        ]);
        expect(verdictOf(text, after(permission, 'Hello, this is her neighbor'))).toBe(Verdict.BLOCK);
      }
    }
    const carter = 'You can tell Mister Carter everything, here he is';
    expect(verdictOf(toAnother, after(carter, 'This is Mister Carter'))).toBe(Verdict.PASS);
    expect(verdictOf(toAnother, after('Do not tell Mister Carter', 'This is Mister Carter'))).toBe(
      Verdict.BLOCK,
    );
  });

  it('is not opened by whoever took it', () => {
    for (const said of [
      'This is her son, you can talk to my wife about it',
      'You can tell my wife everything',
    ])
      expect(verdictOf(toAnother, after('Here is my neighbor', said, 'This is his wife'))).toBe(
        Verdict.BLOCK,
      );
  });
});

/** A sentence about a patient as one speaks to a third, and its twin that the patient may hear. */
const thirdPerson: readonly (readonly [forbidden: string, allowed: string])[] = [
  [
    'Her A1c was eight point four, and she takes sertraline for depression.',
    'Your A1c was eight point four.',
  ],
  ['She takes sertraline for depression.', 'You take sertraline for depression.'],
  ['His blood pressure is high.', 'Your blood pressure is high.'],
  ['Margaret takes furosemide.', 'Margaret, do you take furosemide?'],
  ["Margaret's potassium was fine.", 'Margaret, your potassium was fine.'],
  ['The patient was prescribed furosemide.', 'You were prescribed furosemide.'],
  ['You should know that she takes furosemide.', 'You should know that furosemide can make you thirsty.'],
  ['I can tell you that her labs came back.', 'I can tell you that your labs came back.'],
  ["Your mother's potassium is low.", 'Did your daughter pick up your pills?'],
  ['The furosemide is for her heart.', 'The furosemide is for your heart.'],
  ['How is her swelling?', 'Doctor Chen says she wants to see your blood pressure numbers.'],
];

describe('what is told about the patient instead of to the patient', () => {
  it.each(thirdPerson)('"%s" is stopped, "%s" is not', (forbidden, allowed) => {
    expect([verdictOf(forbidden, after('okay')), verdictOf(allowed, after('okay'))]).toEqual([
      Verdict.BLOCK,
      Verdict.PASS,
    ]);
  });

  it.each(['She is doing much better.', 'Margaret fell twice.', 'He needs to rest.'])(
    'holds no word of health and is still not for another: "%s"',
    (text) => {
      expect(draft(privacy, text, { ...verified, findings: [identity('relative')] }).verdict).toBe(
        Verdict.BLOCK,
      );
    },
  );

  it.each(['Is she there?', 'Is he able to come to the phone?', 'Please ask her to call us back.'])(
    'asks only for the patient: "%s"',
    (text) => {
      expect(draft(privacy, text, { ...verified, findings: [identity('relative')] }).verdict).toBe(
        Verdict.PASS,
      );
    },
  );

  it('is nothing that a protocol says', () => {
    const texts = [...textsIn(loadProtocols()), ...textsIn(loadWording())];
    const stopped = texts.filter((text) =>
      draft(privacy, text, verified).reason.includes('whom nobody permitted'),
    );
    expect([texts.length > 100, stopped]).toEqual([true, []]);
  });
});

describe('the name of the patient, surely said', () => {
  it.each([
    'Harriet Osborne.',
    'Yes, this is Harriet Osborne.',
    'Osborne',
    'It is Harriet',
    'Mrs. Osborne',
    'My name is Harriet Osborne',
    'This is Mrs. Osborne speaking',
  ])('"%s" is nobody else’s', (text) => {
    for (const context of [unverified, verified])
      expect(hearAs('Harriet', 'Osborne', text, context)).toEqual([Verdict.PASS, []]);
  });

  it.each([
    ['April', 'May'],
    ['Grant', 'Will'],
    ['Faith', 'Carter'],
    ['Mark', 'Friend'],
    ['Summer', 'Young'],
  ])('%s %s is nobody else’s', (given, family) => {
    for (const text of [
      `${given} ${family}.`,
      `This is ${given} ${family}.`,
      `My name is ${given} ${family}.`,
    ])
      expect([text, hearAs(given, family, text, unverified)]).toEqual([text, [Verdict.PASS, []]]);
  });
});

function hearAs(givenName: string, familyName: string, text: string, context: Context): unknown {
  const { verdict, facts } = hear(privacy, text, context, { ...patient, givenName, familyName });
  return [verdict, facts];
}

function textsIn(node: unknown): string[] {
  if (typeof node === 'string') return /\s.*[.?]$/.test(node) ? [node] : [];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(textsIn) : [];
}
