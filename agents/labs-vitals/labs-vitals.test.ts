import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import {
  heartFailurePatient,
  patientWith,
  requestFor,
  wordsOf,
  type Asking,
} from '../medication/test-requests.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

function look(text: string, asking?: Asking): Review {
  return labs.review(requestFor(text, asking));
}

/** "vital/high/body weight". */
function facts(review: Review): string[] {
  return review.facts
    .filter(({ severity }) => severity !== '')
    .map((fact) => `${fact.kind}/${fact.severity}/${fact.subjects.join('+')}`);
}

describe('a weight after heart failure', () => {
  it.each([
    'one eighty seven',
    '187',
    'It was 187 this morning.',
    'one, eight, seven',
    '1 87',
    'one hundred eighty seven pounds',
    '85 kilos',
  ])('%s is five pounds more than at discharge', (text) => {
    const review = look(text, { itemId: 'weight' });
    expect(review).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.SAME_DAY });
    expect(review.say).toBe(
      'That is five pounds more than when you left the hospital. Your body may be holding water. A nurse will call you today.',
    );
    expect(facts(review)).toContain('vital/high/body weight');
    expect(facts(review)).toContain('trend/high/body weight');
    expect(review.facts[0]?.citation).toContain('American Heart Association');
  });

  it.each([
    ['one eighty three', 'normal'],
    ['181', 'normal'],
    ['one eighty five', 'high'],
  ])('%s is %s', (text, severity) => {
    expect(facts(look(text, { itemId: 'weight' }))).toContain(`trend/${severity}/body weight`);
  });

  it('takes the present one of two', () => {
    expect(
      facts(look('I am 187 today, it was 182 when I left the hospital', { itemId: 'weight' })),
    ).toContain('trend/high/body weight');
  });

  it('hears a gain without a scale reading', () => {
    const review = look('I gained five pounds since Monday');
    expect(facts(review)).toContain('trend/high/body weight');
    expect(review.disposition).toBe(Disposition.SAME_DAY);
  });

  it('judges no trend without heart failure or without an earlier weight', () => {
    expect(
      facts(look('187', { itemId: 'weight', patient: patientWith({ labs: heartFailurePatient.labs }) })),
    ).toEqual([]);
    expect(
      facts(look('187', { itemId: 'weight', patient: patientWith({ conditions: ['heart failure'] }) })),
    ).toEqual([]);
  });

  it('says nothing of the chart before the caller is known', () => {
    const { say } = look('187', { itemId: 'weight', verified: false });
    expect(say).toBe('Thank you. A nurse will call you today.');
  });
});

describe('values against their ranges', () => {
  it.each<[string, string, Disposition]>([
    [
      'My blood pressure was one fifty over ninety five',
      'vital/high/systolic blood pressure',
      Disposition.WITHIN_DAYS,
    ],
    ['blood pressure 190/110', 'vital/critical-high/systolic blood pressure', Disposition.URGENT_NURSE],
    ['it was 84 over 50', 'vital/low/systolic blood pressure', Disposition.SAME_DAY],
    ['my oxygen is eighty eight', 'vital/critical-low/oxygen saturation', Disposition.URGENT_NURSE],
    ['oxygen was 92 percent', 'vital/low/oxygen saturation', Disposition.SAME_DAY],
    ['my sugar was two ten', 'vital/high/blood glucose', Disposition.WITHIN_DAYS],
    ['my sugar was three fifty', 'vital/high/blood glucose', Disposition.URGENT_NURSE],
    ['my sugar was 62', 'vital/low/blood glucose', Disposition.SAME_DAY],
    ['blood sugar forty eight', 'vital/critical-low/blood glucose', Disposition.URGENT_NURSE],
    ['my pulse was 110', 'vital/high/heart rate', Disposition.SAME_DAY],
    ['heart rate of 38', 'vital/critical-low/heart rate', Disposition.URGENT_NURSE],
    ['my temperature is 101.5', 'vital/high/body temperature', Disposition.SAME_DAY],
    ['temperature 38.5 celsius', 'vital/high/body temperature', Disposition.SAME_DAY],
    ['potassium five point nine', 'lab/high/potassium', Disposition.SAME_DAY],
    ['my potassium was six point two', 'lab/critical-high/potassium', Disposition.URGENT_NURSE],
    ['potassium of 2.4', 'lab/critical-low/potassium', Disposition.URGENT_NURSE],
    ['sodium 128', 'lab/low/sodium', Disposition.SAME_DAY],
    ['my creatinine is 2.1', 'lab/high/creatinine', Disposition.WITHIN_DAYS],
    ['my kidney function number is 42', 'lab/low/eGFR', Disposition.WITHIN_DAYS],
    ['my INR was 5.4', 'lab/critical-high/INR', Disposition.URGENT_NURSE],
    ['A1c was 8.2', 'lab/high/hemoglobin A1c', Disposition.WITHIN_DAYS],
    ['my B N P was nine hundred', 'lab/high/BNP', Disposition.WITHIN_DAYS],
    ['hemoglobin is 5.8', 'lab/critical-low/hemoglobin', Disposition.URGENT_NURSE],
    ['hemoglobin 95 grams per liter', 'lab/low/hemoglobin', Disposition.WITHIN_DAYS],
    ['my BUN was 30', 'lab/high/urea nitrogen', Disposition.WITHIN_DAYS],
  ])('%s: %s', (text, fact, disposition) => {
    const review = look(text);
    expect(facts(review)).toContain(fact);
    expect(review.disposition).toBe(disposition);
    expect(review.say).not.toBe('');
    expect(review.verdict).toBe(fact.includes('critical') ? Verdict.ESCALATE : Verdict.SAY);
    for (const { citation } of review.facts) expect(citation).not.toBe('');
  });

  it.each([
    ['118 over 76', 'vital/normal/systolic blood pressure'],
    ['oxygen ninety seven', 'vital/normal/oxygen saturation'],
    ['my pulse is 72', 'vital/normal/heart rate'],
    ['my sugar was 118', 'vital/normal/blood glucose'],
    ['potassium 4.2', 'lab/normal/potassium'],
    ['creatinine one point one', 'lab/normal/creatinine'],
  ])('%s is normal', (text, fact) => {
    const review = look(text);
    expect(facts(review)).toContain(fact);
    expect([Verdict.PASS, Verdict.ADVISE]).toContain(review.verdict);
    expect(review.disposition).toBe(Disposition.NONE);
  });

  it('depends on sex, condition and medicine', () => {
    const hemoglobin = (sex: string): string[] =>
      facts(look('hemoglobin 13', { patient: patientWith({ sex }) }));
    expect(hemoglobin('female')).toEqual(['lab/normal/hemoglobin']);
    expect(hemoglobin('male')).toEqual(['lab/low/hemoglobin']);
    expect(hemoglobin('unknown')).toEqual([]);
    expect(facts(look('oxygen is 90', { patient: patientWith({ conditions: ['COPD'] }) }))).toEqual([
      'vital/normal/oxygen saturation',
    ]);
    const warfarin = patientWith({ medications: ['Coumadin, 5 mg, once a day'] });
    expect(facts(look('INR 2.5', { patient: warfarin }))).toEqual(['lab/normal/INR']);
    expect(facts(look('INR 2.5', { patient: patientWith({}) }))).toEqual(['lab/high/INR']);
  });
});

describe('numbers that cannot be trusted', () => {
  it('asks fifteen or fifty', () => {
    const review = look('', {
      words: wordsOf('blood .9 pressure .9 was .9 one .95 fifteen|fifty .5 over .95 seventy .95'),
    });
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain('Did you say 115, one one five, or 150, one five zero?');
    expect(review.facts).toEqual([]);
    expect(review.entities[0]).toMatchObject({ kind: 'vital', value: 115, alternatives: ['150'] });
  });

  it('does not ask when it was heard surely', () => {
    expect(
      look('', { words: wordsOf('blood .9 pressure .9 one .95 fifteen .95 over .95 seventy .95') }).verdict,
    ).toBe(Verdict.ADVISE);
  });

  it('settles by the answer', () => {
    const history = [
      'agent: I want to be sure I have your blood pressure right. Did you say 115, one one five, or 150, one five zero?',
    ];
    const review = look('one fifty over seventy', { answering: true, history });
    expect(facts(review)).toContain('vital/high/systolic blood pressure');
  });

  it.each([
    ['potassium was fifty nine', 'potassium'],
    ['my sugar was seven', 'blood glucose'],
    ['my creatinine was 120', 'creatinine'],
    ['my temperature was 38.5', 'body temperature'],
  ])('asks again for %s', (text, name) => {
    const review = look(text);
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.entities[0]?.name).toBe(name);
    expect(review.facts).toEqual([]);
  });

  it.each([
    '100.82',
    'It was 100.82.',
    'one hundred .82',
    '100 82',
    '100. 82 pounds',
    '100 and 82',
    '10082',
    '1.82',
    '18 2',
    '182 hundred eighty two',
    '182 hundred 82 pounds',
  ])('never takes "%s" for the weight that the digits say', (text) => {
    const review = look(text, { itemId: 'weight' });
    expect(review).toMatchObject({
      verdict: Verdict.ASK,
      say: 'I heard a number I am not sure of. Did you say one hundred eighty-two pounds?',
    });
    expect(review.facts).toEqual([]);
  });

  it('does not offer a number near the chart’s before the caller is known', () => {
    const { verdict, say } = look('100.82', { itemId: 'weight', verified: false });
    expect(verdict).toBe(Verdict.ASK);
    expect(say).not.toMatch(/182|eighty/);
  });

  it('settles the weight by a yes, and leaves it to a nurse after two questions', () => {
    const asked = 'agent: I heard a number I am not sure of. Did you say one hundred eighty-seven pounds?';
    const history = ['patient: 100.87', asked];
    expect(facts(look('Yes.', { itemId: 'weight', answering: true, history }))).toContain(
      'trend/high/body weight',
    );
    expect(
      look('100.87', { itemId: 'weight', answering: true, history: [...history, 'patient: 100.87', asked] }),
    ).toMatchObject({ verdict: Verdict.ADVISE, disposition: Disposition.SAME_DAY, facts: [] });
  });

  it.each(['140', 'one forty', '215', '70 kilos', 'I weigh 240 pounds'])(
    'asks for the weight %s again, far from the chart’s 182',
    (text) => {
      const review = look(text, { itemId: 'weight' });
      expect(review.verdict).toBe(Verdict.ASK);
      expect(review.say).toContain('Could you read it again, one number at a time?');
      expect(review.facts).toEqual([]);
    },
  );

  it.each(['155', '182', '190.4', '182.6', 'one eighty two point five', '208', '84 kilos'])(
    'asks nothing about the weight %s',
    (text) => {
      expect(look(text, { itemId: 'weight' }).verdict).not.toBe(Verdict.ASK);
    },
  );

  it('judges a far weight that was said twice, and calls a great loss nothing but a nurse’s matter', () => {
    const again = (pounds: number): Review =>
      look(`${pounds}`, {
        itemId: 'weight',
        answering: true,
        history: [
          `patient: ${pounds}`,
          `agent: I heard ${pounds} for your weight, and I may have that wrong. Could you read it again, one number at a time?`,
        ],
      });
    expect(facts(again(215))).toContain('trend/high/body weight');
    expect(again(140)).toMatchObject({ disposition: Disposition.SAME_DAY, facts: [] });
  });

  it('takes the unit that was asked for from an answer without a number', () => {
    const history = ['agent: I heard 85 for your weight. Is that in pounds, or in kilograms?'];
    const review = look('kilograms', { itemId: 'weight', answering: true, history });
    expect(facts(review)).toContain('trend/high/body weight');
  });

  it('asks for the unit of a weight', () => {
    const review = look('eighty two', { itemId: 'weight' });
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain('in pounds, or in kilograms');
  });

  it('leaves a number to a nurse that was asked for twice', () => {
    const asked =
      'agent: I heard 59 for your potassium, and I may have that wrong. Could you read it again, one number at a time?';
    const review = look('I do not know', { answering: true, history: [asked, 'patient: fifty nine', asked] });
    expect(review.verdict).toBe(Verdict.ADVISE);
    expect(review.disposition).toBe(Disposition.SAME_DAY);
  });
});

describe('numbers that are no readings', () => {
  it.each([
    'I take 40 milligrams of furosemide',
    'I walked for 15 minutes',
    'I have two dogs and three cats',
    'I put two sugars in my coffee',
    'I am on 2 liters of oxygen',
    'If my weight goes up 5 pounds I will call',
    'my appointment is at 10 30',
    'I sleep on two pillows',
    'I am 74 years old',
    'my birthday is March 4th 1952',
    'I take 20 milliequivalents of potassium twice a day',
    'I bought ten pounds of potatoes',
    'my weight was 180 last year',
    'yes',
  ])('%s', (text) => {
    const review = look(text);
    expect(facts(review)).toEqual([]);
    expect(review.verdict).toBe(Verdict.PASS);
  });

  it('leaves the warning signs that a patient repeats alone', () => {
    const review = look('I call if I gain three pounds in a day', { itemId: 'warning-signs' });
    expect(review).toMatchObject({ verdict: Verdict.PASS, relevant: false });
  });

  it('knows whose reading it is', () => {
    const review = look("my husband's sugar was 300");
    expect(review.entities[0]?.experiencer).toBe('husband');
    expect(review.facts).toEqual([]);
    expect(review.verdict).toBe(Verdict.PASS);
  });
});

describe('a sentence before it is spoken', () => {
  it.each([
    'Your weight looks good.',
    'That is great.',
    'I heard 117 pounds. Is that right?',
    'Your weight of 187 is normal.',
  ])('stops after a gain: %s', (draft) => {
    const review = look('one eighty seven', { draft, itemId: 'weight' });
    expect(review.verdict).toBe(Verdict.BLOCK);
    expect(review.say).not.toBe('');
  });

  it.each([
    'Thank you. I wrote down 187 pounds.',
    'I heard 187 pounds. Is that right?',
    'Two to three pounds more than the day before, or five pounds more than last week, means your body may be holding water.',
    'That is five pounds more than when you left the hospital.',
    "Now let's go through your medicines, one at a time.",
    'Did you weigh yourself today? What did the scale say?',
  ])('lets pass after a gain: %s', (draft) => {
    expect(look('one eighty seven', { draft, itemId: 'weight' }).verdict).toBe(Verdict.PASS);
  });

  it('stops alarm about a normal value', () => {
    expect(look('118 over 76', { draft: 'Your blood pressure is too high.' }).verdict).toBe(Verdict.BLOCK);
  });
});

it('tells the value on the chart when it is asked for', () => {
  const review = look('What was my potassium?');
  expect(facts(review)).toEqual(['lab/normal/potassium']);
  expect(review.say).toContain('4.4');
  expect(look('What was my potassium?', { verified: false }).say).not.toContain('4.4');
  expect(look('What was my sodium?').facts).toEqual([]);
});

it('never throws, whatever is said', () => {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const pieces = [
    'blood pressure',
    'over',
    'one',
    'fifty',
    '15',
    '1e9',
    '-3',
    'potassium',
    'point',
    'and a half',
    'oh',
    '🙂',
    '\u0000',
    'pounds',
    'kilos',
    'if',
    'gained',
    'A1c',
    '98.6',
    '/',
    '120/',
    'hundred',
    'thousand',
    '',
    'weight',
    'x'.repeat(200),
  ];
  for (let round = 0; round < 500; round += 1) {
    const text = Array.from(
      { length: Math.floor(random() * 16) },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join(' ');
    const review = look(text, {
      patient: random() < 0.3 ? undefined : heartFailurePatient,
      itemId: random() < 0.5 ? 'weight' : '',
      answering: random() < 0.3,
      ...(random() < 0.4 ? { draft: text } : {}),
    });
    for (const fact of review.facts) expect(fact.citation).not.toBe('');
    for (const entity of review.entities) expect(Number.isFinite(entity.value ?? 0)).toBe(true);
  }
}, 60_000);
