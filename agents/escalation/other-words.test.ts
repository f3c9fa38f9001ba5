import { describe, expect, it } from 'vitest';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Disposition, Pass, ReviewRequest, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { createEscalation } from './escalation.js';

const escalation = await createEscalation();

/** What a look comes to; "ask" is its own yes-or-no question. */
type Result = '911' | '988' | 'urgent-nurse' | 'same-day' | 'ask' | 'pass';

const dispositions: Partial<Record<Disposition, Result>> = {
  [Disposition.CALL_911]: '911',
  [Disposition.CALL_988]: '988',
  [Disposition.URGENT_NURSE]: 'urgent-nurse',
  [Disposition.SAME_DAY]: 'same-day',
};

interface Chart {
  readonly conditions?: readonly string[];
  readonly medicines?: readonly string[];
}

function comesTo(text: string, { conditions = [], medicines = [] }: Chart = {}): Result | Verdict {
  const { verdict, disposition } = escalation.review(
    ReviewRequest.fromPartial({
      pass: Pass.HEARD,
      heard: Utterance.fromPartial({ text }),
      patient: { conditions: [...conditions], medications: medicines.map((name) => ({ name })) },
    }),
  );
  if (verdict === Verdict.PASS) return 'pass';
  if (verdict === Verdict.ASK) return 'ask';
  return dispositions[disposition] ?? verdict;
}

const diabetes: Chart = { conditions: ['type 2 diabetes'] };
const thinner: Chart = { medicines: ['warfarin'] };

/** An emergency in everyday words and a harmless twin in the same words; a pair counts only when both are right. */
type Pair = readonly [string, Result, string, Result, Chart?];

const subjects: Readonly<Record<string, readonly Pair[]>> = {
  'lips, tongue and face that grow': [
    ['My lips and tongue are getting really big and thick', '911', 'My lips are not getting big', 'pass'],
    [
      'My lips blew up like balloons since I started the new pressure pill',
      '911',
      'We blew up balloons for the party',
      'pass',
    ],
    ["My tongue's so fat I can hardly talk", '911', 'My tongue is fine and I can talk all day', 'pass'],
    ['I ate a peanut and my face is puffing up', '911', 'I ate a peanut and it was stale', 'pass'],
    ["My wife's lips are getting bigger", '911', "My wife's lips are chapped", 'pass'],
    ["I'm allergic to nuts and my lips are swelling", '911', "I'm allergic to nuts", 'pass'],
  ],
  'a whole side, and speech that is nonsense': [
    [
      'The whole left side of my body just went numb',
      '911',
      'The whole left side of my house needs paint',
      'pass',
    ],
    ['The right half of my body feels dead', '911', 'The right half of the lawn is dead', 'pass'],
    ['My left side just quit on me', '911', 'My left turn signal just quit on me', 'pass'],
    ["She's talking gibberish and dropping things", '911', 'The instructions are gibberish to me', 'pass'],
    [
      'All of a sudden my husband is talking nonsense',
      '911',
      'My husband talks nonsense about football',
      'pass',
    ],
  ],
  'means and farewells': [
    [
      "I've got the gun here on the table and I'm going to use it",
      '911',
      "I've got the knife here on the table and I'm going to use it to cut the cake",
      'pass',
    ],
    ["Pistol loaded and I'm done", '911', "Truck is loaded and I'm done", 'pass'],
    [
      "Wrote my goodbye letters, it'll be over tonight",
      '911',
      'I wrote a goodbye letter to my church group when I moved',
      'pass',
    ],
    [
      'I wrote the note and I have the pills lined up',
      '911',
      'My pills are lined up in the pill box for the week',
      'pass',
    ],
    ['Tonight I am ending it', '988', 'The storm will be over tonight', 'pass'],
    [
      "I've said my goodbyes and I won't be here tomorrow",
      '911',
      'We said our goodbyes at the airport',
      'pass',
    ],
  ],
  'somebody down who does not answer': [
    [
      "My mother just fell down and she's not answering me",
      '911',
      "I called my mother and she's not answering",
      'pass',
    ],
    ["He fell out of the chair and he isn't talking", '911', "He isn't talking to his brother", 'pass'],
    ["She won't open her eyes", '911', "She won't open her mail", 'pass'],
  ],
  'low sugar': [
    [
      "My husband is diabetic and he's sweating and talking nonsense and he won't drink his juice",
      '911',
      "My husband is diabetic and he won't drink juice because of the sugar",
      'pass',
    ],
    ["My meter says fifty one and I'm sweating", '911', 'My meter says one fifty one and I am fine', 'pass'],
    ["It reads 44 and I'm shaking", '911', "The thermostat says fifty one and I'm cold", 'pass', diabetes],
    ["My wife's sugar is low and she won't swallow the juice", '911', "My wife's sugar is good", 'pass'],
  ],
  'blood that pumps or goes on': [
    ['I cut my hand and the blood is pumping out', '911', 'I was pumping gas', 'pass'],
    [
      "I nicked my arm and it's been bleeding for forty minutes",
      '911',
      'I cut myself shaving but it stopped right away',
      'pass',
      thinner,
    ],
    ["My cut won't quit bleeding", '911', 'They drew blood and it stopped', 'pass', thinner],
  ],
  'burns that take the skin': [
    [
      'I spilled boiling water all over my chest and the skin is coming off',
      '911',
      'I burned the soup and the skin is coming off the potatoes',
      'pass',
    ],
    ['My whole arm is burned and the skin is peeling off', '911', 'The skin is coming off my tomato', 'pass'],
  ],
  'threatened with a weapon': [
    [
      'My son is standing here with a knife',
      '911',
      'My son is standing here with a knife and a cutting board for the turkey',
      'pass',
    ],
    ["My boyfriend has a gun and he's outside", '911', 'My husband has a gun for hunting', 'pass'],
    [
      'My ex is outside with a bat trying to get in',
      '911',
      'My grandson is outside with his baseball bat',
      'pass',
    ],
    ['My husband is pointing a gun at me', '911', 'My husband keeps his gun locked in the safe', 'pass'],
  ],
  'air, cord, infection and pressure': [
    [
      'The gas alarm is going off and my wife is throwing up',
      '911',
      'The carbon monoxide alarm chirps, it needs a battery',
      'pass',
    ],
    ['My water broke and I can feel the cord', '911', 'The cord on the phone is too short', 'pass'],
    [
      "The sore on my foot is oozing and I'm shaking with chills and can't think straight",
      '911',
      'My foot looks good, no sores',
      'pass',
      diabetes,
    ],
    [
      "My husband's foot is infected, he has chills and he is mixed up",
      '911',
      "My husband's foot is healed",
      'pass',
    ],
    [
      'My blood pressure is one eighty over one twenty and my vision is blurry',
      '911',
      'My blood pressure is one eighteen over seventy and I see fine',
      'pass',
    ],
    [
      "My pressure is 185 over 122 and I can't see right",
      '911',
      'My pressure is 185 over 122 but I have no chest pain and no weakness',
      'pass',
    ],
  ],
};

describe.each(Object.entries(subjects))('%s: an emergency and its harmless twin', (_subject, pairs) => {
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
