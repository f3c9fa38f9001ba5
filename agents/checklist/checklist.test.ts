import { describe, expect, it } from 'vitest';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Patient } from '../../protos/generated/asterism/v1/patient.js';
import type { CallContext } from '../../protos/generated/asterism/v1/specialist.js';
import {
  Fact,
  ItemProgress,
  Pass,
  ReviewRequest,
  Verdict,
  Verification,
  type ChecklistItem,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import { createChecklist } from './checklist.js';

const checklist = createChecklist();

const topics: Readonly<Record<string, string>> = {
  feeling: 'how you are feeling',
  breathing: 'your breathing',
  sleeping: 'how you sleep',
  swelling: 'swelling',
  dizziness: 'feeling dizzy',
  weight: 'your weight',
  'medicine:furosemide': 'your furosemide',
  'over-the-counter': 'things you take without a prescription',
  salt: 'salt in your food',
  appointment: 'your next visit',
  'teach-back-warning-signs': 'when to call us',
};

/** All items open but those given. */
function items(progress: Readonly<Record<string, ItemProgress>> = {}): ChecklistItem[] {
  return Object.entries(topics).map(([itemId, topic]) => ({
    itemId,
    topic,
    progress: progress[itemId] ?? ItemProgress.OPEN,
    evidenceTurnIds: [],
    required: true,
  }));
}

const allBut = (...open: readonly string[]): ChecklistItem[] =>
  items(
    Object.fromEntries(
      Object.keys(topics).map((id) => [id, open.includes(id) ? ItemProgress.OPEN : ItemProgress.COVERED]),
    ),
  );

function look(request: {
  readonly heard?: string;
  readonly draft?: string;
  readonly context?: Partial<CallContext>;
}): Review {
  const { heard, draft, context } = request;
  return checklist.review(
    ReviewRequest.fromPartial({
      callId: 'c',
      turnId: '7',
      pass: draft === undefined ? Pass.HEARD : Pass.DRAFT,
      ...(heard === undefined ? {} : { heard: Utterance.fromPartial({ text: heard, confidence: 0.9 }) }),
      draft: draft ?? '',
      patient: Patient.fromPartial({
        medications: [{ name: 'Furosemide', dose: '40 mg', purpose: 'to take off extra water' }],
      }),
      context: {
        verification: Verification.VERIFIED,
        protocolId: 'heart-failure-discharge',
        checklist: items(),
        ...context,
      },
    }),
  );
}

/** What an utterance did, as "item mark answer". */
function marks(
  heard: string,
  itemId: string,
  checklistItems = items({ [itemId]: ItemProgress.ASKED }),
): string[] {
  return look({ heard, context: { itemId, checklist: checklistItems } }).facts.map(({ subjects, severity }) =>
    [...subjects, severity].filter((part) => part !== '').join(' '),
  );
}

describe('the question that was asked', () => {
  it.each<[string, string, string[]]>([
    ['swelling', 'No, nothing new.', ['swelling covered no']],
    ['swelling', 'Yes, my ankles are puffy.', ['swelling covered yes']],
    ['swelling', 'I am not sure, maybe a little.', ['swelling partial']],
    ['swelling', 'I do.', ['swelling covered yes']],
    ['swelling', 'It is Tuesday already.', []],
    ['swelling', 'My neighbor came by.', []],
    ['feeling', 'A little better, still tired.', ['feeling covered']],
    ['weight', 'It was 187 pounds.', ['weight covered']],
    ['weight', 'It was 187 last week.', ['weight partial']],
    ['weight', 'Yes, I did.', ['weight partial']],
    ['weight', 'I have no scale.', ['weight covered no']],
    ['medicine:furosemide', 'Yes, I take it.', ['medicine:furosemide partial']],
    ['medicine:furosemide', 'Forty milligrams once a day.', ['medicine:furosemide partial']],
    ['appointment', 'Yes, I know about it.', ['appointment partial']],
    ['appointment', 'Yes, my daughter will drive me.', ['appointment covered']],
    ['teach-back-warning-signs', 'If I gain weight.', ['teach-back-warning-signs partial']],
    [
      'teach-back-warning-signs',
      'If I gain weight, my breathing gets worse, or my legs swell.',
      ['teach-back-warning-signs covered'],
    ],
  ])('%s: %s', (itemId, heard, expected) => {
    expect(marks(heard, itemId)).toEqual(expected);
  });

  it('names the turn as evidence, and what is missing', () => {
    const review = look({ heard: 'It was 187 last week.', context: { itemId: 'weight' } });
    expect(review).toMatchObject({ verdict: Verdict.ADVISE, say: '', relevant: true });
    expect(review.facts[0]?.text).toBe(
      'Turn 7: answered in part about your weight; missing: the reading of today.',
    );
    expect(review.facts[0]?.citation).toContain(
      loadProtocols()['heart-failure-discharge']?.version ?? 'none',
    );
  });
});

describe('a patient who would rather not, or not now', () => {
  it.each<[string, string, string[]]>([
    ['refuses', "I'd rather not talk about that.", ['salt refused']],
    ['refuses', "I don't want to get into that.", ['salt refused']],
    ['refuses', "That's private.", ['salt refused']],
    ['does something else rather not', "I'd rather not drive at night.", []],
    ['puts off', 'Can we do that later?', ['salt deferred']],
    ['puts off', "Let's come back to that.", ['salt deferred']],
    ['puts off', 'Could you ask me at the end?', ['salt deferred']],
    ['does the thing later', 'I will eat later.', []],
    ['does not want to go somewhere', "I don't want to go to the hospital.", []],
    ['wants to stop the call', 'I have to go now.', []],
  ])('%s: %s', (_, heard, expected) => {
    expect(marks(heard, 'salt')).toEqual(expected);
  });

  it('leaves an item alone that is settled already', () => {
    expect(marks("I'd rather not talk about that.", 'salt', allBut('weight'))).toEqual([]);
  });
});

describe('an answer to a question that was not asked yet', () => {
  it.each<[string, string[]]>([
    ['Pretty good, and no swelling.', ['feeling covered', 'swelling covered no']],
    ['Not great, my ankles are swollen.', ['feeling covered', 'swelling covered yes']],
    ['Good, my breathing is better.', ['feeling covered', 'breathing covered no']],
    ['I have been short of breath all along.', ['feeling covered']],
    ["My husband's ankles are swollen.", ['feeling covered']],
    ['I weighed 187 this morning.', ['feeling covered', 'weight partial']],
    ['My grandson is 187 days old.', ['feeling covered']],
    ['Tired. I take furosemide every morning.', ['feeling covered', 'medicine:furosemide partial']],
    ['What if I get dizzy?', ['feeling covered']],
  ])('%s', (heard, expected) => {
    expect(marks(heard, 'feeling')).toEqual(expected);
  });

  it('tells the primary agent without words for the patient', () => {
    expect(look({ heard: 'Good, no swelling.', context: { itemId: 'feeling' } })).toMatchObject({
      verdict: Verdict.ADVISE,
      say: '',
    });
  });

  it('is not looked for while the patient repeats the warning signs', () => {
    expect(marks('When my ankles are swollen.', 'teach-back-warning-signs')).toEqual([
      'teach-back-warning-signs partial',
    ]);
  });
});

describe('before the end of the call', () => {
  const goodbye = 'Thank you for talking with me. Goodbye.';
  const closing = (
    open: readonly string[],
    more: Partial<CallContext> = {},
    heard = 'No, that is all.',
  ): Review =>
    look({
      heard,
      draft: goodbye,
      context: { checklist: allBut(...open), closingReason: 'completed', ...more },
    });

  it('asks for the first item that is still open, in the protocol’s words', () => {
    const review = closing(['swelling', 'weight']);
    expect(review).toMatchObject({
      verdict: Verdict.ASK,
      say: 'Before we finish, there is one more thing. Do you have any new swelling in your feet, ankles, legs, or belly?',
      reason: 'The call would end with required items open: swelling, your weight.',
    });
    expect(review.facts[0]?.subjects).toEqual(['swelling', 'brought-back']);
  });

  it('fills in the medicine, and leaves out what it does not know', () => {
    expect(closing(['medicine:furosemide']).say).toContain(
      'Are you taking your Furosemide, to take off extra water?',
    );
    expect(closing(['appointment']).say).toContain('Do you have a visit with your doctor set up?');
  });

  it('asks for each item once, then lets the call end with the omission in the reason', () => {
    const asked = (itemId: string): Fact =>
      Fact.fromPartial({ kind: 'checklist', subjects: [itemId, 'brought-back'] });
    expect(closing(['swelling', 'weight'], { findings: [asked('swelling')] }).say).toContain(
      'weigh yourself',
    );
    const last = closing(['swelling', 'weight'], { findings: [asked('swelling'), asked('weight')] });
    expect(last.verdict).toBe(Verdict.PASS);
    expect(last.reason).toContain('swelling, your weight');
  });

  it('lets the call end when everything is answered, refused or with a nurse', () => {
    for (const progress of [ItemProgress.COVERED, ItemProgress.REFUSED, ItemProgress.WITH_NURSE]) {
      const settled = allBut('swelling').map((item) =>
        item.itemId === 'swelling' ? { ...item, progress } : item,
      );
      expect(closing([], { checklist: settled }).verdict, progress).toBe(Verdict.PASS);
    }
  });

  it('does not hold up a call for an item that is not required', () => {
    const optional = allBut('swelling').map((item) => ({ ...item, required: false }));
    expect(closing([], { checklist: optional }).verdict).toBe(Verdict.PASS);
  });

  it.each([
    'emergency-911',
    'opted-out',
    'wrong-person',
    'ended-by-patient',
    'call-back-requested',
    'transferred',
    '',
  ])('never holds up another end: %s', (closingReason) => {
    expect(closing(['swelling'], { closingReason }).verdict).toBe(Verdict.PASS);
  });

  it('does not keep a patient who wants to stop', () => {
    expect(closing(['swelling'], {}, 'No, I have to go now.').verdict).toBe(Verdict.PASS);
    expect(closing(['swelling'], {}, 'No more questions. Goodbye.').verdict).toBe(Verdict.PASS);
    expect(closing(['swelling'], {}, 'I have to go to the bathroom a lot at night.').verdict).toBe(
      Verdict.ASK,
    );
  });
});

describe('its own question', () => {
  it('is answered, not the item that the dialogue asked last', () => {
    const review = look({
      heard: 'No, none.',
      context: {
        itemId: 'salt',
        answeringOwnQuestion: true,
        findings: [Fact.fromPartial({ kind: 'checklist', subjects: ['swelling', 'brought-back'] })],
      },
    });
    expect(review.facts.map(({ subjects }) => subjects)).toEqual([['swelling', 'covered']]);
  });
});

describe('outside its coverage', () => {
  it.each<[string, Partial<CallContext>]>([
    ['before identity is known', { verification: Verification.UNVERIFIED }],
    ['in a call of a protocol that it does not know', { protocolId: 'other' }],
    ['without a checklist', { checklist: [] }],
  ])('passes without facts %s', (_, context) => {
    const review = look({ heard: 'No swelling.', context: { itemId: 'swelling', ...context } });
    expect(review).toMatchObject({ verdict: Verdict.PASS, relevant: false, facts: [] });
    expect(review.reason).not.toBe('');
    expect(look({ draft: 'Goodbye.', context: { closingReason: 'completed', ...context } }).verdict).toBe(
      Verdict.PASS,
    );
  });
});
