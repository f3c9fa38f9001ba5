import { describe, expect, it } from 'vitest';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import {
  CallContext,
  Disposition,
  Pass,
  ReviewRequest,
  Verdict,
  type Review,
  type SpokenTurn,
} from '../../protos/generated/asterism/v1/specialist.js';
import { createEscalation } from './escalation.js';

const escalation = await createEscalation();

/** The words of the tables for what a review comes to. */
type Result = '911' | '988' | 'urgent-nurse' | 'same-day' | 'within-days' | 'routine' | 'ask' | 'pass';

function resultOf(review: Review): Result {
  switch (review.verdict) {
    case Verdict.PASS:
      return 'pass';
    case Verdict.ASK:
      return 'ask';
    default:
      break;
  }
  switch (review.disposition) {
    case Disposition.CALL_911:
      return '911';
    case Disposition.CALL_988:
      return '988';
    case Disposition.URGENT_NURSE:
      return 'urgent-nurse';
    case Disposition.SAME_DAY:
      return 'same-day';
    case Disposition.WITHIN_DAYS:
      return 'within-days';
    case Disposition.ROUTINE:
      return 'routine';
    default:
      return 'pass';
  }
}

interface More {
  readonly context?: Partial<CallContext>;
  readonly medicines?: readonly string[];
  readonly heard?: Partial<Utterance>;
}

function request(pass: Pass, text: string, { context, medicines, heard }: More): ReviewRequest {
  return ReviewRequest.fromPartial({
    pass,
    heard: Utterance.fromPartial({ text, ...heard }),
    patient: { medications: (medicines ?? []).map((name) => ({ name })) },
    context: CallContext.fromPartial(context ?? {}),
  });
}

function hear(text: string, more: More = {}): Review {
  return escalation.review(request(Pass.HEARD, text, more));
}

function draft(text: string, heard = 'okay', more: More = {}): Review {
  return escalation.review({ ...request(Pass.DRAFT, heard, more), draft: text });
}

/** A call so far; a line that begins with A: is the agent's. */
function history(...lines: string[]): SpokenTurn[] {
  return lines.map((line, index) => ({
    speaker: line.startsWith('A: ') ? 'agent' : 'patient',
    text: line.slice(3),
    turnId: String(index),
  }));
}

/** Emergency (or nurse's sign) and its harmless twin: a pair counts only when both are right. */
const pairs: readonly (readonly [string, Result, string, Result])[] = [
  // chest
  ['I have chest pain', '911', 'I have no chest pain', 'pass'],
  ["I'm having pressure in my chest", '911', "I'm not having any pressure in my chest", 'pass'],
  ['My chest feels really tight right now', '911', 'My chest does not feel tight at all', 'pass'],
  [
    'It feels like an elephant is sitting on my chest',
    '911',
    'It feels good to get that off my chest',
    'pass',
  ],
  ['My chest hurts and my left arm feels numb', '911', 'My chest does not hurt and my arm is fine', 'pass'],
  [
    "There's a squeezing pain across my chest and down my arm",
    '911',
    "There's no pain across my chest",
    'pass',
  ],
  ['I think I am having a heart attack', '911', 'You nearly gave me a heart attack calling so early', 'pass'],
  ['My heart hurts, like a crushing feeling', '911', 'My heart sank when I saw the bill', 'pass'],
  [
    "I've been having chest pains since this morning",
    '911',
    'I had chest pain last year before the stent',
    'pass',
  ],
  ['I have chest pain again like before', '911', 'I had chest pain when I was in the hospital', 'pass'],
  ['No, I have chest pain', '911', "No, I haven't had any chest pain", 'pass'],
  ["I don't feel good I have chest pain", '911', "I feel good I don't have chest pain", 'pass'],
  ['The chest pain will not go away', '911', 'My husband had chest pain last year', 'pass'],
  ["I can't sleep because of the chest pain", '911', 'I sleep fine without any chest pain', 'pass'],
  ["I've never had chest pain like this before", '911', "I've never had chest pain", 'pass'],
  ['When I climb the stairs I get chest pain', '911', 'If I get chest pain I will call 911', 'pass'],
  ['My husband is having chest pain right now', '911', 'It was my husband who had the chest pain', 'pass'],
  ['My jaw and my chest are aching', '911', 'My chest x-ray was fine', 'pass'],
  // breathing
  ["I can't breathe", '911', 'I can breathe just fine', 'pass'],
  ["I'm having trouble breathing", '911', "I'm not having trouble breathing", 'pass'],
  ['I am gasping for air', '911', 'The news took my breath away', 'pass'],
  ["I'm short of breath even sitting still", '911', "I'm not short of breath sitting still", 'pass'],
  ["I can't catch my breath", '911', 'Let me catch my breath and then I will answer', 'pass'],
  ['I can hardly talk', 'ask', 'I could talk all day', 'pass'],
  ["I'm choking", '911', 'I got a little choked up at the wedding', 'pass'],
  ['My lips are turning blue', '911', 'My blue lipstick came in the mail', 'pass'],
  ["I'm coughing up pink foamy stuff", '911', 'I am not coughing anything up', 'pass'],
  // stroke
  ['My face is drooping on one side', '911', 'My face looks normal, no drooping', 'pass'],
  ['My words are coming out slurred', '911', 'My speech is not slurred', 'pass'],
  ["I can't move my left arm", '911', 'I can move both of my arms', 'pass'],
  [
    'My right side went weak and numb all of a sudden',
    '911',
    'It was a stroke of luck that you called',
    'pass',
  ],
  ['I suddenly lost vision in one eye', '911', 'My vision has been good', 'pass'],
  ['I think my wife is having a stroke', '911', 'My sister had a stroke years ago', 'pass'],
  [
    'My face went numb last night but it is gone now',
    '911',
    'My mother had a droopy face after her stroke years ago',
    'pass',
  ],
  ['This is the worst headache of my life', '911', 'I had a small headache', 'pass'],
  // fainting, rhythm, seizure
  ['I just passed out in the kitchen', '911', 'I passed out flyers at church', 'pass'],
  ['I fainted two days ago', 'urgent-nurse', 'I never fainted', 'pass'],
  ['My heart is racing and I feel dizzy', '911', 'My heart is not racing', 'pass'],
  ['My heart keeps fluttering', 'urgent-nurse', 'My heart skipped a beat when I saw my grandson', 'pass'],
  ['He is having a seizure', '911', 'I take a seizure medicine but I have not had a seizure', 'pass'],
  ['She is not waking up', '911', 'I woke up early', 'pass'],
  // allergy
  ['My tongue is swelling up', '911', 'My tongue is not swollen', 'pass'],
  ['My lips and face are swollen', '911', 'There is no swelling in my face or lips', 'pass'],
  ['My throat is closing up', '911', 'My throat is fine', 'pass'],
  // bleeding
  ['I am vomiting blood', '911', 'My blood pressure is fine', 'pass'],
  ["I'm bleeding and it won't stop", '911', 'I am not bleeding', 'pass'],
  ['My stools are black like tar', 'urgent-nurse', 'My stools are normal, not black', 'pass'],
  ['There was blood in my urine', 'urgent-nurse', 'They took some blood for a test', 'pass'],
  // overdose, sugar, sepsis
  ['I took too many pills', '911', 'I take my pills every morning', 'pass'],
  ['I swallowed the whole bottle', '911', 'I bought a whole new bottle', 'pass'],
  ['My sugar is really low and I am confused', '911', 'My sugar was one hundred and ten', 'pass'],
  ['I have a fever and I am shivering and confused', '911', 'I have no fever', 'pass'],
  // suicide, violence
  ['I want to kill myself', '988', 'This traffic is killing me', 'pass'],
  ["I don't want to live anymore", '988', "I don't want to live in Florida anymore", 'pass'],
  ["I'd be better off dead", '988', 'I could have died laughing', 'pass'],
  ['I have been thinking about suicide', '988', 'I have never thought about suicide', 'pass'],
  ['Sometimes I wish I would not wake up', '988', 'I wish I would wake up earlier', 'pass'],
  ['I want to kill myself and I have a gun', '911', 'I would never hurt myself', 'pass'],
  ['My husband hits me', '911', 'The cold really hit me when I went out', 'pass'],
  [
    "I'm afraid of my boyfriend, he threatened to kill me",
    '911',
    'I could kill my brother for eating my cake',
    'pass',
  ],
  // nurse, right away
  [
    'I get short of breath when I lie flat',
    'urgent-nurse',
    "I don't get short of breath when I lie flat",
    'pass',
  ],
  ['I woke up at night gasping for breath', 'urgent-nurse', 'I woke up at night to use the bathroom', 'pass'],
  [
    'I gained six pounds and my legs are swollen',
    'urgent-nurse',
    'I have not gained any weight and my legs are not swollen',
    'pass',
  ],
  ["I'm more short of breath than usual", 'urgent-nurse', 'I am no more short of breath than usual', 'pass'],
  [
    'I got dizzy when I stood up and I fell',
    'urgent-nurse',
    'I have not been dizzy and I have not fallen',
    'pass',
  ],
  [
    'I have been confused and forgetting where I am',
    'urgent-nurse',
    'I am confused about my appointment time',
    'pass',
  ],
  [
    'I have to sleep in my recliner to breathe',
    'urgent-nurse',
    'I sat in my recliner to watch the game',
    'pass',
  ],
  [
    "I'm short of breath when I walk up the stairs",
    'urgent-nurse',
    'I can walk up the stairs with no trouble',
    'pass',
  ],
  // same day
  ['My ankles are more swollen than last week', 'same-day', 'My ankles are not swollen', 'pass'],
  ['I need three pillows to sleep now', 'same-day', 'I bought new pillows', 'pass'],
  ['I have a cough at night', 'same-day', 'I do not cough at night', 'pass'],
  [
    "I've been throwing up and can't keep my pills down",
    'same-day',
    'I threw up my hands in frustration',
    'pass',
  ],
  ["I've been running a fever", 'same-day', 'My hay fever is not bad this year', 'pass'],
  ['I feel a little dizzy when I stand up', 'same-day', 'I am not dizzy', 'pass'],
];

describe('an emergency and its harmless twin', () => {
  it.each(pairs)('"%s" is %s, and "%s" is %s', (alarm, alarmResult, control, controlResult) => {
    expect([resultOf(hear(alarm)), resultOf(hear(control))]).toEqual([alarmResult, controlResult]);
  });
});

describe('a weight on the chest, however it is pictured', () => {
  it.each<readonly [string, Result]>([
    ['My chest feels like an elephant is sitting on it', '911'],
    ["It's like an elephant sitting on my chest", '911'],
    ["there's an elephant on my chest", '911'],
    ['An elephant is standing on my chest', '911'],
    ['My chest feels like somebody is sitting on it', '911'],
    ['It feels like a truck is parked on my chest', '911'],
    ['There is a ton of bricks on my chest', '911'],
    ['pressure like a band around my chest', '911'],
    ['like a tight band around my chest', '911'],
    ['My chest feels like a band is around it', '911'],
    ['A belt is squeezing around my chest', '911'],
    ["There's a heavy weight on my chest", '911'],
    ['My chest feels like it is in a vise', '911'],
    ['My chest is being crushed', '911'],
    ['We saw the elephant at the zoo', 'pass'],
    ['The elephant at the zoo was sitting down', 'pass'],
    ['A band was playing at the park', 'pass'],
    ['There was a band playing around the corner', 'pass'],
    ['My grandson plays in a band', 'pass'],
    ['I wear a heart rate band around my wrist', 'pass'],
    ['The cat likes to sit on my lap', 'pass'],
    ['My watch band is too tight', 'pass'],
    ['There is an elephant on my shirt', 'pass'],
    ['My seat belt goes across my chest', 'pass'],
    ['They put a strap around my chest for the heart monitor', 'pass'],
    ['The seat belt in the car is on my chest when I drive', 'pass'],
    ['I have no elephant on my chest anymore, no pressure at all', 'pass'],
    ['That took a weight off my chest', 'pass'],
    ['I keep the blanket in a chest of drawers, with a brick on it', 'pass'],
  ])('"%s" is %s', (text, result) => {
    expect(resultOf(hear(text))).toBe(result);
  });
});

describe('what a patient means', () => {
  it.each<readonly [string, Result]>([
    // time
    ["I had some chest pain last night but it's gone now", 'ask'],
    ["I've had a little bit of chest pain", 'ask'],
    ['Chest pain comes and goes', '911'],
    ['Ever since the surgery I have chest pain', '911'],
    ['I used to have chest pain but not anymore', 'pass'],
    ["They put me in the hospital because I couldn't breathe", 'pass'],
    ['I slurred my words yesterday but I am fine now', '911'],
    ['I fell last week', 'same-day'],
    // whose
    ['My wife says my face looks droopy', '911'],
    ['My daughter noticed I was slurring my words', '911'],
    ['My son is having trouble breathing', '911'],
    ['My neighbor had a stroke', 'pass'],
    ['My dog is having a seizure', 'pass'],
    ['I had chest pain, no wait, that was my husband', 'pass'],
    // unsure
    ['Should I worry about chest pain?', 'ask'],
    ['Can lisinopril cause swelling of the lips?', 'ask'],
    ['My chest is sore from coughing', 'ask'],
    ['I have some heartburn after pizza', 'ask'],
    ["I don't think I'm having a heart attack", 'ask'],
    ['My chest feels funny', 'ask'],
    ['My lips feel tingly', 'ask'],
    ['I just feel short of breath', 'ask'],
    ["I just can't take it anymore", 'ask'],
    ['I took an extra pill by mistake', 'ask'],
    ['I thought about suicide years ago', 'ask'],
    ['I feel faint', 'ask'],
    // lists of denials
    ["I haven't had any chest pain, shortness of breath, or dizziness", 'pass'],
    ['No chest pain no shortness of breath no swelling', 'pass'],
    ['Chest pain? No.', 'pass'],
    ['I am not dizzy but my heart is racing', 'urgent-nurse'],
    ["No swelling, but I can't breathe", '911'],
    // what is feared
    ['What are the signs of a stroke?', 'pass'],
    ['I am afraid of having a stroke', 'pass'],
    ['They told me to watch for chest pain', 'pass'],
    ['If I get chest pain I would call 911', 'pass'],
    // ways of speaking
    ["I'm dying to get out of the house", 'pass'],
    ['You scared me to death', 'pass'],
    ['Work has been killing me', 'pass'],
    ['That is a load off my chest', 'pass'],
    ['My heart goes out to her', 'pass'],
    // nothing
    ['I weigh one hundred eighty seven pounds', 'pass'],
    ['I take lisinopril ten milligrams in the morning', 'pass'],
    ['Yes', 'pass'],
    ['', 'pass'],
    ['I am breathing fine and sleeping flat', 'pass'],
    ['The swelling is gone', 'pass'],
  ])('"%s" is %s', (text, result) => {
    expect(resultOf(hear(text))).toBe(result);
  });

  it('answers a question about what to do with what to do', () => {
    const review = hear('What should I do if my chest starts hurting?');
    expect(review).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.NONE });
    expect(review.say).toContain('call 911');
  });

  it('knows that bleeding with a blood thinner is an emergency', () => {
    expect(resultOf(hear('My stool is black', { medicines: ['Eliquis'] }))).toBe('911');
    expect(resultOf(hear('I hit my head yesterday', { medicines: ['warfarin'] }))).toBe('911');
    expect(resultOf(hear('I hit my head yesterday'))).toBe('urgent-nurse');
  });

  it('names the sign, the words, whether it is denied, and the source', () => {
    const review = hear("I have chest pain but I'm not dizzy");
    expect(review.entities).toMatchObject([
      {
        kind: 'symptom',
        heard: 'chest pain',
        name: 'chest pain or pressure',
        negated: false,
        experiencer: 'patient',
      },
      { kind: 'symptom', heard: 'dizzy', negated: true },
    ]);
    expect(review.facts).toMatchObject([{ kind: 'symptom', subjects: ['chest-pain'], severity: '911' }]);
    expect(review.facts[0]?.citation).toContain('American Heart Association');
  });

  it('stays silent about warning signs repeated in teach-back, and not about real ones', () => {
    const context = { itemId: 'teach-back' };
    expect(resultOf(hear('Chest pain, trouble breathing, and fainting', { context }))).toBe('pass');
    expect(resultOf(hear('I call you when my legs are swelling and 911 for chest pain', { context }))).toBe(
      'pass',
    );
    expect(resultOf(hear('Actually I am having chest pain right now', { context }))).toBe('911');
    const asked = { history: history('A: In your own words, when would you call us?') };
    expect(resultOf(hear('If my weight goes up or I get short of breath', { context: asked }))).toBe('pass');
  });
});

describe('uncertain hearing', () => {
  const words = (text: string, low: string, confidence: number): Partial<Utterance> => ({
    words: text.split(' ').map((word) => ({
      text: word,
      confidence: word === low ? confidence : 0.95,
      startMs: 0,
      endMs: 0,
      alternatives: [],
    })),
  });

  it('asks when an emergency was heard with low confidence', () => {
    const text = 'I have chest pain';
    expect(resultOf(hear(text, { heard: words(text, 'chest', 0.2) }))).toBe('ask');
    expect(resultOf(hear(text, { heard: words(text, 'chest', 0.7) }))).toBe('911');
  });

  it('asks when an emergency is only in another reading', () => {
    const heard = { alternatives: [{ text: 'I have chest pain', confidence: 0.3 }] };
    expect(resultOf(hear('I have just paint', { heard }))).toBe('ask');
  });

  it('takes a likely mishearing of breath for breath', () => {
    expect(resultOf(hear('I have shortness of breadth sitting still'))).toBe('911');
  });

  it('reads text without punctuation or apostrophes', () => {
    expect(resultOf(hear('i cant breathe'))).toBe('911');
    expect(resultOf(hear('i dont have chest pain'))).toBe('pass');
  });
});

describe('its own question', () => {
  const asked = (before: string, question: string): Partial<CallContext> => ({
    answeringOwnQuestion: true,
    history: history(`P: ${before}`, `A: ${question}`),
  });
  const chest = 'Are you having chest pain or pressure right now?';

  it.each<readonly [string, string, Result]>([
    ['My chest feels funny', 'yes', '911'],
    ['My chest feels funny', 'Yeah, a little', '911'],
    ['My chest feels funny', 'Kind of', '911'],
    ['My chest feels funny', 'No', 'pass'],
    ['My chest feels funny', 'No, not right now', 'pass'],
    ['I had some chest pain last night', 'No', 'urgent-nurse'],
    ['My chest feels funny and I am a little short of breath', 'No', 'urgent-nurse'],
    ['My chest feels funny', 'What do you mean', 'ask'],
    ['My chest feels funny', "No, but I can't breathe", '911'],
    ['My chest feels funny', 'I have pressure', 'ask'],
  ])('after "%s", "%s" is %s', (before, answer, result) => {
    expect(resultOf(hear(answer, { context: asked(before, chest) }))).toBe(result);
  });

  it('hands over to a nurse when two questions got no clear answer', () => {
    const context = {
      answeringOwnQuestion: true,
      history: history('P: My chest feels funny', `A: ${chest}`, 'P: What', `A: ${chest}`),
    };
    expect(resultOf(hear('I am watching the game', { context }))).toBe('urgent-nurse');
  });

  it('does not ask again what was denied', () => {
    const denied = hear('No', { context: asked('My chest feels funny', chest) });
    expect(denied.facts).toMatchObject([{ subjects: ['chest-pain'], severity: 'none' }]);
    expect(resultOf(hear('My chest feels a bit funny', { context: { findings: denied.facts } }))).toBe(
      'pass',
    );
    expect(resultOf(hear('I have chest pain', { context: { findings: denied.facts } }))).toBe('911');
  });

  it('understands a bare yes to the question of another agent', () => {
    const context = (question: string): Partial<CallContext> => ({ history: history(`A: ${question}`) });
    expect(resultOf(hear('Yes', { context: context('Have you had any chest pain?') }))).toBe('ask');
    expect(resultOf(hear('Yes I do', { context: context('Are your ankles swollen?') }))).toBe('same-day');
    expect(hear('Yes', { context: context('Have you had chest pain or trouble breathing?') }).say).toContain(
      'Which one',
    );
    expect(resultOf(hear('Yes', { context: context('Is this a good time to talk?') }))).toBe('pass');
    expect(resultOf(hear('No', { context: context('Have you had any chest pain?') }))).toBe('pass');
  });
});

describe('an open emergency', () => {
  const emergency = hear('I have chest pain');
  const open: Partial<CallContext> = {
    findings: emergency.facts,
    history: history('P: I have chest pain', `A: ${emergency.say}`),
  };

  it.each([
    ['Okay I will', 'do not drive yourself'],
    ["No I don't want to", 'it is your choice'],
    ["I'll be fine, I will wait", 'it is your choice'],
    ["I can't call, I am alone", 'address'],
    ['The ambulance is on its way', 'unlock the door'],
    ['How is the weather', 'call 911 now'],
  ])('"%s" is answered with "%s"', (text, says) => {
    const review = hear(text, { context: open });
    expect(resultOf(review)).toBe('911');
    expect(review.say).toContain(says);
  });

  it('is asked about once more when the caller takes it back, and then goes to a nurse', () => {
    const back = hear('No you misheard, I do not have chest pain', { context: open });
    expect(resultOf(back)).toBe('ask');
    const settled = hear('No', {
      context: {
        findings: emergency.facts,
        answeringOwnQuestion: true,
        history: history('P: No you misheard, I do not have chest pain', `A: ${back.say}`),
      },
    });
    expect(resultOf(settled)).toBe('urgent-nurse');
    const after: Partial<CallContext> = { findings: [...emergency.facts, ...settled.facts] };
    expect(draft('How much did you weigh today?', 'okay', { context: after }).verdict).toBe(Verdict.PASS);
  });

  it('lets nothing else be said', () => {
    for (const heard of ['I have chest pain', 'okay']) {
      const more = heard === 'okay' ? { context: open } : {};
      expect(draft('How much did you weigh today?', heard, more)).toMatchObject({
        verdict: Verdict.BLOCK,
        disposition: Disposition.CALL_911,
      });
      expect(draft('Thank you. Goodbye.', heard, more).verdict).toBe(Verdict.BLOCK);
      expect(draft(emergency.say, heard, more).verdict).toBe(Verdict.PASS);
      for (const sentence of [
        'Please call 911 now.',
        'Will you call 911 now?',
        'Please stay on the line. I am connecting you with a nurse right now.',
        'Please stay with me. I am connecting you with a person right now.',
      ]) {
        expect(draft(sentence, heard, more).verdict).toBe(Verdict.PASS);
      }
    }
  });

  it('does not end a call about suicide, and sends to 911 when the means are at hand', () => {
    const crisis = hear('I want to end my life');
    expect(resultOf(crisis)).toBe('988');
    expect(crisis.say).toContain('988');
    expect(crisis.say.toLowerCase()).not.toContain('goodbye');
    const context: Partial<CallContext> = { findings: crisis.facts, history: history(`A: ${crisis.say}`) };
    expect(draft('Goodbye.', 'okay', { context }).verdict).toBe(Verdict.BLOCK);
    expect(resultOf(hear('I have the pills right here', { context }))).toBe('911');
    expect(hear('Yes I am safe', { context }).say).toContain('staying on the line');
  });
});

describe("a bare yes to a protocol item's question", () => {
  it("is the protocol's own, except for an emergency", () => {
    const context = (question: string): Partial<CallContext> => ({
      itemId: 'breathing',
      history: history(`A: ${question}`),
    });
    expect(
      resultOf(hear('Yes', { context: context('Is your breathing any harder than when you left?') })),
    ).toBe('pass');
    const now = 'Are you short of breath right now, while you are sitting still?';
    expect(resultOf(hear('Yes', { context: context(now) }))).toBe('911');
  });
});

describe('a sign that a nurse must hear about', () => {
  it('is passed on once', () => {
    const first = hear('My ankles are swollen');
    expect(first).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.SAME_DAY });
    const again = hear('My ankles are swollen', { context: { findings: first.facts } });
    expect(again.verdict).toBe(Verdict.PASS);
  });

  it('lets the call go on', () => {
    expect(draft('Did you take your medicines today?', 'My ankles are swollen').verdict).toBe(Verdict.PASS);
  });
});

describe('a draft', () => {
  it.each([
    'You do not need to call 911.',
    "That's probably nothing.",
    "There's nothing to worry about.",
    'It is just anxiety.',
  ])('that talks out of seeking help is stopped: "%s"', (text) => {
    expect(draft(text).verdict).toBe(Verdict.BLOCK);
  });

  it.each(['How are you feeling today?', 'Have you had any chest pain?', 'A nurse will call you today.'])(
    'without danger passes: "%s"',
    (text) => {
      expect(draft(text).verdict).toBe(Verdict.PASS);
    },
  );
});

describe('its speed', () => {
  it('is a millisecond at the median for a long utterance', () => {
    const text =
      'Well I have been doing all right I guess, my ankles were a little swollen on Tuesday but that went down, and I get winded walking to the mailbox';
    const times = Array.from({ length: 200 }, () => {
      const start = performance.now();
      hear(text);
      return performance.now() - start;
    }).sort((a, b) => a - b);
    expect(times[100]).toBeLessThan(1);
  });
});
