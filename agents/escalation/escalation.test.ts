import { describe, expect, it } from 'vitest';
import {
  Disposition,
  Pass,
  ReviewRequest,
  Verdict,
  type Review,
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

function hear(text: string, more: Parameters<typeof ReviewRequest.fromPartial>[0] = {}): Review {
  return escalation.review(ReviewRequest.fromPartial({ pass: Pass.HEARD, heard: { text }, ...more }));
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
