import { describe, expect, it } from 'vitest';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Disposition, Pass, ReviewRequest, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { createEscalation } from './escalation.js';

const escalation = await createEscalation();

/** What a look comes to; "ask" is its own yes-or-no question, "say" what to do if it happens. */
type Result = '911' | '988' | 'urgent-nurse' | 'same-day' | 'within-days' | 'ask' | 'say' | 'pass';

const dispositions: Partial<Record<Disposition, Result>> = {
  [Disposition.CALL_911]: '911',
  [Disposition.CALL_988]: '988',
  [Disposition.URGENT_NURSE]: 'urgent-nurse',
  [Disposition.SAME_DAY]: 'same-day',
  [Disposition.WITHIN_DAYS]: 'within-days',
};

interface Chart {
  readonly conditions?: readonly string[];
  readonly medicines?: readonly string[];
}

function comesTo(text: string, { conditions = [], medicines = [] }: Chart = {}): Result {
  const { verdict, disposition } = escalation.review(
    ReviewRequest.fromPartial({
      pass: Pass.HEARD,
      heard: Utterance.fromPartial({ text }),
      patient: { conditions: [...conditions], medications: medicines.map((name) => ({ name })) },
    }),
  );
  if (verdict === Verdict.PASS) return 'pass';
  if (verdict === Verdict.ASK) return 'ask';
  return dispositions[disposition] ?? 'say';
}

/** A sign and its harmless twin; a pair counts only when both are right. */
type Pair = readonly [string, Result, string, Result, Chart?];

const programmes: Readonly<Record<string, readonly Pair[]>> = {
  'heart and chest': [
    ["I got this tightness in my chest that won't quit", '911', 'That took a load off my chest', 'pass'],
    ['There is a pain in my chest going down my left arm', '911', 'No pain in my chest', 'pass'],
    ["I'm having palpitations and I feel like passing out", '911', 'I have no palpitations', 'pass'],
    ['My defibrillator went off twice', '911', 'They checked my defibrillator', 'pass'],
    ["My heart's been flip flopping all morning", 'urgent-nurse', 'I lost my flip flops', 'pass'],
    ["I can't lay flat, I get short of breath", 'urgent-nurse', 'I sleep flat just fine', 'pass'],
    ["I'm having chest pane", 'ask', 'The window pane broke', 'pass'],
    ['What do I do if I get chest pain?', 'say', 'I know what to do if I get chest pain', 'pass'],
  ],
  lungs: [
    ["My inhaler isn't helping", '911', 'My inhaler helps a lot', 'pass'],
    [
      "I used my rescue inhaler and I'm still wheezing",
      '911',
      'My inhaler is empty and I need a refill',
      'pass',
    ],
    ["I can't hardly breathe", '911', 'I can breathe fine', 'pass'],
    ["I'm huffing and puffing just sitting here", '911', 'Laughing took my breath away', 'pass'],
    ['My concentrator quit working', 'urgent-nurse', 'My concentrator works well', 'pass'],
    ["I'm out of oxygen", 'urgent-nurse', 'My oxygen tank is full', 'pass'],
    ["I'm coughing up green stuff", 'same-day', 'My phlegm is clear', 'pass'],
    ["I'm using my inhaler more than usual", 'same-day', 'I use my inhaler the same as always', 'pass'],
  ],
  diabetes: [
    ["My sugar keeps dropping and the juice isn't helping", '911', 'I like orange juice', 'pass'],
    ['My sugar is high and I am throwing up', '911', "My sugar's been good", 'pass'],
    ['My breath smells fruity', '911', 'I ate a fruit salad', 'pass'],
    [
      "My husband is diabetic and he's acting drunk and sweaty",
      '911',
      'My husband is diabetic and doing fine',
      'pass',
    ],
    ['The meter just says high', 'urgent-nurse', 'The meter says one ten', 'pass'],
    ['I ran out of insulin three days ago', 'urgent-nurse', 'I have plenty of insulin', 'pass'],
    ['My big toe turned black', 'urgent-nurse', 'I bought black shoes for my feet', 'pass'],
    ["I'm shaky and sweaty", 'ask', 'I was shaking with laughter', 'pass'],
    [
      "I'm throwing up and can't eat",
      'urgent-nurse',
      "I'm not throwing up and I eat fine",
      'pass',
      { conditions: ['type 2 diabetes'] },
    ],
    [
      'I have a blister on my foot',
      'same-day',
      'My feet look good, no blisters',
      'pass',
      { conditions: ['diabetes'] },
    ],
  ],
  anticoagulation: [
    ["I'm on a blood thinner and I hit my head", '911', 'You hit the nail on the head', 'pass'],
    ['I hit my head on the cupboard', '911', "I didn't hit my head", 'pass', { medicines: ['warfarin'] }],
    ['My poop is black and sticky', '911', 'My poop is normal brown', 'pass', { medicines: ['Xarelto'] }],
    ['My nose has been bleeding for an hour', '911', 'My nose is running', 'pass'],
    [
      'I have a new headache since Tuesday',
      'urgent-nurse',
      'I have a little headache',
      'pass',
      { medicines: ['Eliquis'] },
    ],
    ['My gums bleed when I brush', 'urgent-nurse', 'My gums are healthy', 'pass'],
    ['My fistula is bleeding', '911', 'My fistula works well', 'pass'],
    ['My foot is cold and white and it hurts', '911', 'My feet are always cold', 'pass'],
  ],
  'after surgery': [
    ['My calf is swollen and it hurts', 'urgent-nurse', 'I knitted a scarf in wool', 'pass'],
    [
      'I have a charley horse in my calf since the surgery',
      'urgent-nurse',
      'My surgery went great, no pain no fever',
      'pass',
    ],
    ['My incision is red and I have a fever', 'urgent-nurse', 'My incision looks clean and dry', 'pass'],
    ['There are red streaks going up my leg', 'urgent-nurse', 'My hair has red streaks', 'pass'],
    ['My wound burst open', '911', 'My wound is closed and dry', 'pass'],
    ['My stitches popped open', 'urgent-nurse', 'My stitches come out Tuesday', 'pass'],
    ['My hip popped out', 'urgent-nurse', 'My new hip works great', 'pass'],
    ['My cast is too tight and my toes are numb', 'urgent-nurse', 'The cast comes off Monday', 'pass'],
    ['I am numb between my legs', '911', 'The dog sat between my legs', 'pass'],
    ["My pain pills aren't touching it", 'same-day', 'The pain medicine works good', 'pass'],
    ["I haven't passed gas since the surgery", 'same-day', 'I stopped at the gas station', 'pass'],
    ['It hurts when I breathe', '911', 'It does not hurt when I breathe', 'pass'],
  ],
  colonoscopy: [
    [
      "I had a colonoscopy yesterday and now I'm passing blood",
      'urgent-nurse',
      'I had no bleeding after the colonoscopy',
      'pass',
    ],
    ['My belly is hard as a rock since the colonoscopy', '911', 'My colonoscopy is next week', 'pass'],
    ['I have terrible stomach pain after my colonoscopy', '911', 'The colonoscopy went fine', 'pass'],
    ['I have a fever since the colonoscopy', 'urgent-nurse', 'No fever since the colonoscopy', 'pass'],
    ["I can't keep the prep down", 'same-day', 'The prep tastes awful', 'pass'],
    ["The prep isn't working", 'same-day', 'The prep worked like a charm', 'pass'],
  ],
  'pregnancy and after': [
    ["I'm thirty four weeks pregnant and I'm seeing spots", '911', 'I am pregnant and feeling fine', 'pass'],
    [
      "I had a baby two weeks ago and my headache won't go away",
      '911',
      "I'm not pregnant and I have a headache",
      'pass',
    ],
    ["I'm soaking through a pad every hour", '911', 'I bought a heating pad', 'pass'],
    ["I'm passing clots the size of golf balls", '911', 'I lost two golf balls', 'pass'],
    ["My baby isn't moving as much", 'urgent-nurse', 'The baby is kicking all the time', 'pass'],
    ['My water broke', 'urgent-nurse', 'My hot water heater broke', 'pass'],
    ["I'm pregnant and I have contractions", 'urgent-nurse', 'I signed a contract', 'pass'],
    ['I have thoughts of hurting my baby', '988', 'Could this medicine hurt the baby', 'pass'],
  ],
  'brain and eyes': [
    ['All of a sudden I can not walk straight', '911', 'I walk straight to the store', 'pass'],
    ['I keep leaning to one side', '911', 'I leaned the ladder on the wall', 'pass'],
    [
      "I have a fever and my neck is so stiff I can't touch my chin to my chest",
      '911',
      'I slept funny and my neck is stiff',
      'pass',
    ],
    ["My husband's face is drooping on one side", '911', 'The flowers are drooping', 'pass'],
    ['There is a curtain coming down over my eye', 'urgent-nurse', 'I bought new curtains', 'pass'],
    ["I'm seeing flashes and floaters", 'urgent-nurse', 'I have no floaters', 'pass'],
    [
      "I'm seeing things that aren't there",
      'urgent-nurse',
      "I'm seeing things more clearly with my new glasses",
      'pass',
    ],
  ],
  'mind and home': [
    ["I don't want to be here anymore", '988', "I don't want to live in this house anymore", 'pass'],
    ['I want to kill my self', '988', 'I am not going to hurt myself', 'pass'],
    ['I slit my wrists', '911', 'I wear a watch on my wrist', 'pass'],
    ['I wish God would take me', '988', 'I take what God gives me', 'pass'],
    ['I want to jump off the bridge', '988', 'I will jump in the shower', 'pass'],
    ['I hate my life right now', 'ask', 'Life is good', 'pass'],
    ['My son says he wants to die', '988', 'My son wants to dye his hair', 'pass'],
    ['I tried to kill myself last night', '911', 'I could kill for a cigarette', 'pass'],
    ['My son hits me', '911', 'The arthritis hits me in the morning', 'pass'],
    ["I don't feel safe at home", '911', 'I feel safe at home', 'pass'],
    ["My daughter won't give me my medicine", 'urgent-nurse', "My daughter won't let me cook", 'pass'],
    ['My son takes my money', 'urgent-nurse', 'The taxes take all my money', 'pass'],
    ['We have no food in the house', 'same-day', 'We have plenty of food', 'pass'],
    ['Somebody is hurting me', '911', 'Nobody is hurting me', 'pass'],
  ],
  poison: [
    ["I took my husband's pills by mistake", 'urgent-nurse', 'I picked up my husband', 'pass'],
    ['I accidentally took my pill twice', 'ask', 'I take my pill twice a day', 'pass'],
    ['He drank antifreeze', '911', 'He drank his coffee', 'pass'],
    [
      'The carbon monoxide alarm is going off',
      '911',
      'I put a new battery in the carbon monoxide alarm',
      'pass',
    ],
    ['We had to give him narcan', '911', 'I keep narcan in the house', 'pass'],
    [
      "I stopped drinking three days ago and I'm shaking and seeing things",
      '911',
      'I stopped drinking coffee',
      'pass',
    ],
    ["I'm hot and confused and I stopped sweating", '911', 'It is hot out today', 'pass'],
  ],
  'falls, bladder, skin and the rest': [
    ["I fell and I can't get up", '911', "I can't get up before seven", 'pass'],
    ["I'm lying on the floor", '911', 'My dog is lying on the floor', 'pass'],
    ['I came to on the bathroom floor', '911', 'I mopped the bathroom floor', 'pass'],
    ["I slipped and now I can't put weight on my leg", '911', 'I broke my hip in 2015', 'pass'],
    ['I think I broke my wrist', 'urgent-nurse', 'I broke a dish', 'pass'],
    ["I haven't peed since yesterday", 'urgent-nurse', 'I pee a lot with the water pill', 'pass'],
    ["My catheter isn't draining", 'urgent-nurse', 'My catheter is draining well', 'pass'],
    ['It burns when I pee', 'same-day', 'It does not burn when I pee', 'pass'],
    ["My testicle hurts and it's swollen", 'urgent-nurse', 'I ate mixed nuts', 'pass'],
    ['My skin is peeling off and I have a fever', '911', "I got sunburned and I'm peeling", 'pass'],
    ['My eyes look yellow', 'same-day', 'I take the yellow pill', 'pass'],
    ['I burned my hand on the stove', 'urgent-nurse', 'I burned the toast', 'pass'],
    ['I missed dialysis', 'urgent-nurse', 'I never miss dialysis', 'pass'],
    [
      'I have a fever of 102',
      'urgent-nurse',
      'I have no fever',
      'pass',
      { conditions: ['breast cancer, on chemotherapy'] },
    ],
    ['I have shaking chills and my heart is racing', '911', 'No chills and my heart is calm', 'pass'],
  ],
};

describe.each(Object.entries(programmes))('%s: a sign and its harmless twin', (_programme, pairs) => {
  const cases = pairs.map(([sign, wanted, twin, harmless, chart]) => ({
    sign,
    wanted,
    twin,
    harmless,
    chart,
  }));

  it.each(cases)(
    '"$sign" is $wanted, and "$twin" is $harmless',
    ({ sign, wanted, twin, harmless, chart }) => {
      expect([comesTo(sign, chart), comesTo(twin, chart)]).toEqual([wanted, harmless]);
    },
  );
});

describe('ways of speaking, and what happens to somebody else or on a screen', () => {
  it.each([
    "I'm dying for a coffee",
    'It kills me to see that',
    'My feet are killing me',
    'My heart goes out to her',
    'I almost died laughing',
    'This traffic is killing me',
    'I was watching a show where a woman could not breathe',
    'On TV a man was having a heart attack',
    'My book is about a guy who has a heart attack',
    'I had a heart attack in 2019',
    'My father died of a heart attack',
    'My husband had a heart attack last year',
    'My plants are dying',
    'My phone is dying',
    'The ambulance took my neighbor',
    'We saw an ambulance next door',
    'I was dead tired last night',
    'No chest pain, no shortness of breath, no dizziness, nothing like that',
    "I don't have swelling, dizziness, chest pain, or trouble breathing",
    'Nope, no fever, no chills, no nothing',
    'The nurse asked me about chest pain and I said no',
    'They want me to call 911 if I have chest pain',
  ])('"%s" raises no alarm', (text) => {
    expect(comesTo(text)).toBe('pass');
  });
});

describe('what a patient said of themselves earlier in the call', () => {
  const history = (text: string): { history: { speaker: string; text: string; turnId: string }[] } => ({
    history: [{ speaker: 'patient', text, turnId: '1' }],
  });
  const after = (earlier: string, text: string): Disposition =>
    escalation.review(
      ReviewRequest.fromPartial({
        pass: Pass.HEARD,
        heard: Utterance.fromPartial({ text }),
        context: history(earlier),
      }),
    ).disposition;

  it.each([
    ["I'm thirty weeks pregnant", "I'm seeing spots", Disposition.CALL_911],
    ['My daughter is pregnant', "I'm seeing spots", Disposition.NONE],
    ['I take a blood thinner', 'I hit my head', Disposition.CALL_911],
    ["I'm not on a blood thinner anymore", 'I hit my head', Disposition.URGENT_NURSE],
    ['I had my knee replacement Monday', 'My calf is tender', Disposition.URGENT_NURSE],
    ['My brother had a knee replacement', 'My calf is tender', Disposition.NONE],
  ])('after "%s", "%s" is %s', (earlier, text, disposition) => {
    expect(after(earlier, text)).toBe(disposition);
  });
});
