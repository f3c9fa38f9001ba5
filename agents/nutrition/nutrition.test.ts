import { beforeAll, describe, expect, it } from 'vitest';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { patientWith, requestFor, wordsOf, type Asking } from '../medication/test-requests.js';
import type { SpecialistLogic } from '../specialist.js';
import { createNutrition } from './nutrition.js';

let nutrition: SpecialistLogic;
beforeAll(async () => {
  nutrition = await createNutrition();
}, 60_000);

function review(text: string, patient: Patient | undefined, asking: Asking = {}): Review {
  return nutrition.review(requestFor(text, { ...asking, patient }));
}

const potassium = (value: number, unit = 'mmol/L'): Patient['labs'] => [
  { name: 'potassium', loinc: '2823-3', value, unit, date: '2026-11-20' },
];
const taking = (...medications: string[]): Patient => patientWith({ medications });
const having = (...conditions: string[]): Patient => patientWith({ conditions });
const allergicTo = (...allergies: string[]): Patient => patientWith({ allergies });
const heart = patientWith({ conditions: ['heart failure'], medications: ['furosemide'] });
const kidney = having('chronic kidney disease stage 3');

describe('a question about a food', () => {
  it.each<[string, Patient, RegExp]>([
    // potassium
    ['Can I eat bananas?', kidney, /420 milligrams of potassium.*your kidney disease/],
    [
      'Can I eat bananas?',
      patientWith({ conditions: ['CKD stage 3'], labs: potassium(5.6) }),
      /last potassium was high.*leave bananas out/,
    ],
    [
      'Can I eat bananas?',
      patientWith({ conditions: ['CKD stage 3'], labs: potassium(4.6) }),
      /last potassium was in range/,
    ],
    ['Can I eat bananas?', patientWith({ labs: potassium(5.9) }), /last potassium was high/],
    [
      'Are baked potatoes okay for me?',
      having('end stage renal disease on hemodialysis'),
      /950 milligrams of potassium/,
    ],
    [
      'Can I have an orange?',
      patientWith({ conditions: ['ckd'], labs: potassium(4.6) }),
      /last potassium was in range/,
    ],
    ['Can I have star fruit?', kidney, /poisonous/],
    // salt substitutes
    [
      'Can I use salt substitute?',
      taking('lisinopril'),
      /do not use salt substitute while you take lisinopril/,
    ],
    ['Is Nu-Salt okay?', taking('losartan'), /do not use nu salt/],
    ['Can I use a salt substitute?', taking('Aldactone'), /potassium too high/],
    ['Can I use a salt substitute?', kidney, /kidney disease/],
    // sodium
    ['Is canned soup okay?', heart, /840 milligrams of sodium.*heart failure/],
    ['is canned soup ok', heart, /840 milligrams of sodium/],
    ['What about low-sodium soup?', heart, /better kind/],
    ['How much sodium is in a dill pickle?', heart, /570 milligrams of sodium/],
    [
      'Can I have a can of chicken noodle soup?',
      having('hypertension'),
      /One can .*2,100 milligrams of sodium/,
    ],
    ['So is it okay if I have a little bacon on Sunday?', heart, /lot of salt/],
    ['I am not sure if I can eat cheese.', heart, /180 milligrams of sodium/],
    ['Would pretzels hurt me?', heart, /330 milligrams of sodium/],
    ['Is it bad that I had an apple and two hot dogs?', heart, /Two beef hot dogs have about 820/],
    ['My wife bought pretzels, can I have some?', heart, /sodium/],
    ['How much fluid is in a can of cola?', heart, /One can of cola counts as about 360 milliliters/],
    // vitamin K
    ['Can I eat spinach?', taking('warfarin'), /You can eat spinach.*about the same each week/],
    ['Do I have to give up kale?', taking('Coumadin'), /You can eat kale/],
    ['Is cranberry juice okay to drink?', taking('warfarin'), /not certain/],
    // grapefruit
    ['Can I have grapefruit?', taking('simvastatin'), /avoid grapefruit while you take simvastatin/],
    ['Can I have grapefruit?', taking('pravastatin'), /see no reason/],
    ['Can I have grapefruit?', taking('rosuvastatin'), /see no reason/],
    [
      'Can I drink grapefruit juice with my simvastatin?',
      having('hypertension'),
      /avoid grapefruit juice while you take simvastatin/,
    ],
    ['Can I have soy sauce?', taking('Nardil'), /while you take Nardil/],
    ['Is a little grapefruit fine?', taking('atorvastatin'), /only a little/],
    // carbohydrate
    ['Can I eat rice?', having('type 2 diabetes'), /45 grams of carbohydrate.*three carb servings/],
    ['Can I drink Coke?', having('type 2 diabetes'), /raise blood sugar fast/],
    ['How many carbs are in a bagel?', having('type 2 diabetes'), /53 grams of carbohydrate/],
    // not looked at, so not called harmless
    ['Can I have grapefruit?', taking('sertraline'), /ask your pharmacist/],
    ['Can I have grapefruit?', taking('pravastatin', 'unheardofin'), /ask your pharmacist/],
    ['Can I have grapefruit?', taking('amlodipine', 'lisinopril'), /see no reason/],
    ['Can I have a glass of wine?', taking('sertraline'), /ask your pharmacist/],
    // other medicines
    ['Can I have a beer?', taking('metronidazole'), /do not have beer while you take metronidazole/],
    ['Can I eat salami?', taking('phenelzine'), /blood pressure jump/],
    ['Can I eat hard salami?', taking('phenelzine'), /blood pressure jump/],
    ['Can I have yogurt?', taking('ciprofloxacin'), /two hours before or six hours after/],
    ['Can I have milk with it?', taking('doxycycline'), /may be taken with food or milk/],
    ['Is coffee okay in the morning?', taking('levothyroxine'), /empty stomach/],
    ['Is coffee okay with my Fosamax?', taking('alendronate'), /plain water only/],
    // conditions
    ['Can I eat sushi?', having('pregnancy'), /raw fish/],
    ['Is swordfish safe?', having('pregnant'), /mercury/],
    ['Can I have bread?', having('celiac disease'), /gluten/],
    ['Can I have ice cream?', having('lactose intolerance'), /lactose/],
    ['Can I have beer?', having('gout'), /gout/],
    ['Are raw oysters okay?', having('cirrhosis'), /raw oysters/],
    // allergies
    ['Can I eat shrimp?', allergicTo('shellfish'), /shellfish allergy/],
    ['Can I eat fried rice?', allergicTo('peanuts'), /can not be sure/],
    ['Can I eat an apple?', allergicTo('peanuts'), /see no reason/],
    // nothing against it
    ['Can I eat an apple?', heart, /see no reason on your chart to leave out apple/],
  ])('"%s"', (text, patient, say) => {
    const { verdict, say: said, facts } = review(text, patient);
    expect(said).toMatch(say);
    expect(verdict).toBe(Verdict.SAY);
    for (const fact of facts) expect(fact.citation).not.toBe('');
  });

  it('is not answered with a figure that nobody knows', () => {
    expect(review('How much potassium is in sushi?', kidney).say).toMatch(/do not know how much potassium/);
  });

  it('is left open where a food beside an MAO inhibitor is not known to be safe', () => {
    expect(review('Can I eat meat loaf?', taking('phenelzine')).verdict).toBe(Verdict.PASS);
    expect(review('Can I eat yogurt?', taking('phenelzine')).verdict).toBe(Verdict.PASS);
  });

  it.each(['How many calories are in a banana?', 'How much protein is in milk?'])(
    'is left open where the nutrient is not known: %s',
    (text) => {
      expect(review(text, kidney)).toMatchObject({ verdict: Verdict.PASS, say: '' });
    },
  );

  it.each(['Can I eat frumenty?', 'Is bobotie okay?', 'Can I have pho?', 'Can I eat gumbo?'])(
    'is left open where the dish is not known: %s',
    (text) => {
      expect(review(text, heart)).toMatchObject({ verdict: Verdict.PASS, say: '' });
    },
  );
});

describe('a food in passing', () => {
  it.each<[string, Patient, Verdict, RegExp]>([
    ['I had a can of chicken noodle soup last night.', heart, Verdict.ADVISE, /2,100 milligrams of sodium/],
    [
      'I eat a banana every morning.',
      patientWith({ conditions: ['ckd'], labs: potassium(5.4) }),
      Verdict.ADVISE,
      /last potassium was high/,
    ],
    ['I had a big spinach salad.', taking('warfarin'), Verdict.ADVISE, /about the same each week/],
    ['I put salt substitute on my eggs.', taking('lisinopril'), Verdict.SAY, /do not use salt substitute/],
    ['I drink grapefruit juice every morning.', taking('simvastatin'), Verdict.SAY, /avoid grapefruit juice/],
    ['I had some aged cheese.', taking('phenelzine'), Verdict.SAY, /blood pressure jump/],
    ['I ate peanut butter.', allergicTo('peanut'), Verdict.SAY, /peanut allergy/],
    ['I take it with my coffee.', taking('levothyroxine'), Verdict.ADVISE, /empty stomach/],
    ['I drink grapefruit juice.', taking('amlodipine'), Verdict.PASS, /^$/],
    ['I had an apple and some oatmeal.', heart, Verdict.PASS, /^$/],
    ['I had two cups of white rice.', having('diabetes'), Verdict.PASS, /^$/],
    ['I did not have any bacon today.', heart, Verdict.PASS, /^$/],
    ['I stopped eating canned soup.', heart, Verdict.PASS, /^$/],
    ['I quit eating spinach.', taking('warfarin'), Verdict.SAY, /tell your warfarin clinic/],
    ['Okay, honey, I will.', having('diabetes'), Verdict.PASS, /^$/],
    ['I used to eat hot dogs.', heart, Verdict.PASS, /^$/],
    ['I felt shaky and my sugar was low, so I drank juice.', having('diabetes'), Verdict.SAY, /15 grams/],
    ['I was shaky so I drank some juice.', having('diabetes'), Verdict.PASS, /^$/],
    ['My husband ate two hot dogs.', heart, Verdict.PASS, /^$/],
    ['My daughter brought me pizza.', heart, Verdict.ADVISE, /sodium/],
    ['I take milk of magnesia.', allergicTo('milk'), Verdict.PASS, /^$/],
  ])('"%s"', (text, patient, verdict, say) => {
    const said = review(text, patient);
    expect(said.say).toMatch(say);
    expect(said.verdict).toBe(verdict);
  });

  it('is a fact with its amounts and its record, also when nothing is said', () => {
    const { facts, entities, relevant } = review('I had two cups of white rice.', heart);
    expect(relevant).toBe(true);
    expect(entities).toMatchObject([{ kind: 'food', name: 'cooked white rice', value: 316, unit: 'g' }]);
    expect(facts).toMatchObject([
      {
        kind: 'food',
        text: expect.stringMatching(
          /^Two cups of cooked white rice \(316 g\).*89 grams of carbohydrate/,
        ) as string,
      },
    ]);
    expect(facts[0]?.citation).toContain('20045 RICE,WHITE');
  });

  it('counts the fluid of a drink', () => {
    expect(review('I drank two cans of cola.', heart).facts[0]?.text).toContain('710 milliliters of fluid');
  });

  it('is said once', () => {
    const first = review('I had canned soup.', heart).say;
    expect(review('I had canned soup.', heart, { history: [`agent: ${first}`] })).toMatchObject({
      verdict: Verdict.PASS,
      say: '',
    });
  });

  it('is not judged when it was hardly heard', () => {
    const words = wordsOf('I .9 had .9 bacon .3 soup .3');
    expect(review('I had bacon soup', heart, { words }).verdict).toBe(Verdict.PASS);
  });
});

describe('a low blood sugar', () => {
  it.each(['My sugar is low, what should I eat?', 'My sugar feels low. Should I drink orange juice?'])(
    'is met with the rule of 15: %s',
    (text) => {
      const { verdict, say, disposition } = review(text, having('diabetes'));
      expect([verdict, disposition]).toEqual([Verdict.SAY, Disposition.NONE]);
      expect(say).toMatch(/15 grams of fast sugar/);
    },
  );

  it('is not met where the chart has no diabetes', () => {
    expect(review('My sugar is low.', heart).verdict).toBe(Verdict.PASS);
  });
});

describe('a question about eating that names no food', () => {
  it.each<[string, Patient, RegExp]>([
    ['How much salt can I have?', heart, /2,300 milligrams/],
    ['How much water can I drink?', heart, /fluid limit/],
    ['What can I eat?', heart, /little salt/],
    ['Which foods have a lot of potassium?', kidney, /Bananas/],
    ['Can I go on a low salt diet?', taking('lithium'), /With lithium/],
    ['Can I still eat greens?', taking('warfarin'), /about the same/],
  ])('"%s"', (text, patient, say) => {
    const { verdict, say: said } = review(text, patient);
    expect(said).toMatch(say);
    expect(verdict).toBe(Verdict.SAY);
  });
});

describe('a sentence about to be spoken', () => {
  it.each<[string, Patient, RegExp]>([
    [
      'You can eat bananas.',
      patientWith({ medications: ['spironolactone'], labs: potassium(5.4) }),
      /last potassium was high/,
    ],
    ['Canned soup is fine.', heart, /sodium/],
    ['Try a salt substitute.', taking('lisinopril'), /do not use/],
    ['You can use a salt substitute instead of salt.', taking('lisinopril'), /do not use/],
    ['You should avoid spinach.', taking('warfarin'), /You can eat spinach/],
    ['Have some grapefruit juice.', taking('simvastatin'), /avoid grapefruit juice/],
  ])('is worded anew: %s', (draft, patient, say) => {
    expect(review('Okay.', patient, { draft })).toMatchObject({
      verdict: Verdict.REWRITE,
      say: expect.stringMatching(say) as string,
    });
  });

  it.each<[string, Patient]>([
    ['You can eat bananas.', heart],
    ['Please go easy on canned soup.', heart],
    ['Do you eat less salt now, for example less canned soup, chips, and fast food?', heart],
    ['If your blood sugar is low, drink half a cup of juice.', having('diabetes')],
    ['Do you eat spinach?', taking('warfarin')],
    ['You can have an apple.', heart],
    ['You can have fresh fruit instead of canned soup.', heart],
    [
      'Fresh foods with little salt are best; canned soup, deli meat, chips and fast food hold a lot of salt.',
      heart,
    ],
  ])('passes: %s', (draft, patient) => {
    expect(review('Okay.', patient, { draft }).verdict).toBe(Verdict.PASS);
  });

  it('passes when it is this specialist’s own', () => {
    for (const [text, patient] of [
      ['Can I eat bananas?', patientWith({ conditions: ['ckd'], labs: potassium(4.6) })],
      ['Can I eat spinach?', taking('warfarin')],
      ['Can I drink Coke?', having('diabetes')],
      ['Is canned soup okay?', heart],
    ] as const) {
      const draft = review(text, patient).say;
      expect(review('Okay.', patient, { draft }).verdict, draft).toBe(Verdict.PASS);
    }
  });
});

describe('bad input', () => {
  it('says nothing of a chart before identity is known', () => {
    const said = review('Can I eat bananas?', kidney, { verified: false });
    expect(said).toMatchObject({ verdict: Verdict.PASS, say: '' });
    expect(said.facts.every(({ kind }) => kind === 'food')).toBe(true);
  });

  it('does not guess for an empty chart', () => {
    expect(review('Can I eat bananas?', patientWith({}))).toMatchObject({ verdict: Verdict.PASS, say: '' });
    expect(review('Can I eat bananas?', undefined)).toMatchObject({ verdict: Verdict.PASS, say: '' });
  });

  it('finds the medicine that matters among 200', () => {
    const medications = Array.from({ length: 200 }, (_, at) =>
      at === 150 ? 'simvastatin, 20 mg' : `medicine ${at}`,
    );
    expect(review('Can I have grapefruit?', patientWith({ medications })).say).toMatch(/simvastatin/);
  });

  it('takes a result in an unknown unit for none', () => {
    const patient = patientWith({ conditions: ['ckd'], labs: potassium(560, 'mg') });
    expect(review('Can I eat bananas?', patient).say).toMatch(/until your care team tells you more/);
  });

  it.each([
    '',
    '   ',
    '...',
    '?',
    'a a a a',
    'cups of of of',
    '999999 cups of rice',
    'half a half of bananas of',
  ])('does not stumble over "%s"', (text) => {
    expect([Verdict.PASS, Verdict.ADVISE]).toContain(review(text, heart).verdict);
  });
});
