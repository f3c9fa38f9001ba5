import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { heartFailurePatient, patientWith, requestFor, type Asking } from './test-requests.js';

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication();
}, 60_000);

function look(text: string, asking?: Asking): Review {
  return medication.review(requestFor(text, asking));
}

/** "interaction/major/ibuprofen+lisinopril+furosemide". */
function facts(review: Review): string[] {
  return review.facts.map((fact) => `${fact.kind}/${fact.severity}/${fact.subjects.join('+')}`);
}

describe('the question of the demonstration call', () => {
  it('stops ibuprofen with heart failure, lisinopril and furosemide', () => {
    const review = look('Can I take ibuprofen for my knee?');
    expect(review).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.SAME_DAY, relevant: true });
    expect(review.say).toBe(
      "Please don't take ibuprofen for now. With heart failure and your lisinopril and furosemide, it can hurt your kidneys and make you hold water. A nurse will call you today about what you can take for pain, fever, or swelling.",
    );
    expect(facts(review)).toContain('interaction/major/ibuprofen+lisinopril+furosemide');
    expect(facts(review)).toContain('contraindication/major/ibuprofen+heart failure');
    for (const fact of review.facts) expect(fact.citation).not.toBe('');
  });

  it('does so for a brand that was already taken', () => {
    const review = look('I took two Advil this morning for my back');
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).toContain("Please don't take any more Advil for now. It is ibuprofen.");
  });
});

describe('interactions and contraindications', () => {
  it.each<[string, Parameters<typeof patientWith>[0], string]>([
    [
      'Can I take Aleve?',
      { medications: ['warfarin, 5 mg, once a day'] },
      'interaction/major/naproxen+warfarin',
    ],
    [
      'I took Viagra last night',
      { medications: ['nitroglycerin, 0.4 mg, as needed'] },
      'interaction/contraindicated/sildenafil+nitroglycerin',
    ],
    [
      'my heart doctor gave me nitroglycerin',
      { medications: ['Cialis, 5 mg, once a day'] },
      'interaction/contraindicated/nitroglycerin+tadalafil',
    ],
    [
      'I use Nu-Salt instead of salt',
      { medications: ['spironolactone, 25 mg, once a day'] },
      'interaction/major/potassium-containing salt substitute+spironolactone',
    ],
    [
      'they started me on clarithromycin',
      { medications: ['simvastatin, 40 mg, once a day'] },
      'interaction/contraindicated/clarithromycin+simvastatin',
    ],
    [
      'I got cipro for my infection',
      { medications: ['tizanidine, 4 mg, as needed'] },
      'interaction/contraindicated/ciprofloxacin+tizanidine',
    ],
    [
      'the urgent care gave me Bactrim',
      { medications: ['warfarin, 5 mg, once a day'] },
      'interaction/major/sulfamethoxazole/trimethoprim+warfarin',
    ],
    [
      'I take Paxil',
      { medications: ['phenelzine, 15 mg, three times a day'] },
      'interaction/contraindicated/paroxetine+phenelzine',
    ],
    [
      'I started Entresto',
      { medications: ['lisinopril, 10 mg, once a day'] },
      'interaction/contraindicated/sacubitril/valsartan+lisinopril',
    ],
    [
      'I take tramadol for pain',
      { medications: ['sertraline, 50 mg, once a day'] },
      'interaction/major/tramadol+sertraline',
    ],
    [
      'can I take Imitrex',
      { medications: ['tranylcypromine, 10 mg, twice a day'] },
      'interaction/contraindicated/sumatriptan+tranylcypromine',
    ],
    [
      'they put me on verapamil',
      { medications: ['digoxin, 0.125 mg, once a day'] },
      'interaction/major/verapamil+digoxin',
    ],
    [
      'I take azathioprine',
      { medications: ['febuxostat, 40 mg, once a day'] },
      'interaction/contraindicated/azathioprine+febuxostat',
    ],
    [
      'Can I take Sudafed?',
      { conditions: ['HTN'] },
      'contraindication/major/pseudoephedrine+high blood pressure',
    ],
    [
      'Can I take Zyrtec-D?',
      { conditions: ['Heart failure with reduced ejection fraction'] },
      'contraindication/major/pseudoephedrine+heart failure',
    ],
    [
      'Can I take Benadryl to sleep?',
      { conditions: ['narrow-angle glaucoma'] },
      'contraindication/major/diphenhydramine+glaucoma',
    ],
    [
      'Can I take Advil PM?',
      { conditions: ['BPH'] },
      'contraindication/major/diphenhydramine+an enlarged prostate',
    ],
    [
      'Can I take ibuprofen?',
      { conditions: ['chronic kidney disease stage 3'] },
      'contraindication/major/ibuprofen+kidney disease',
    ],
    [
      'Can I take Alka-Seltzer?',
      { conditions: ['heart failure'] },
      'contraindication/major/sodium bicarbonate+heart failure',
    ],
    [
      'Can I take milk of magnesia?',
      { conditions: ['CKD stage 4'] },
      'contraindication/major/magnesium hydroxide+kidney disease',
    ],
    ['Can I take Benadryl?', { age: 80 }, 'contraindication/moderate/diphenhydramine+age'],
    [
      'Can I take Tylenol?',
      { conditions: ['cirrhosis'] },
      'contraindication/major/acetaminophen+liver disease',
    ],
    [
      'Should I take Motrin?',
      { medications: ['lithium, 300 mg, twice a day'] },
      'interaction/major/ibuprofen+lithium',
    ],
  ])('%s → %#', (text, parts, fact) => {
    const review = look(text, { patient: patientWith(parts) });
    expect(facts(review)).toContain(fact);
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.facts.every(({ citation }) => citation.length > 5)).toBe(true);
  });

  it.each<[string, Parameters<typeof patientWith>[0]]>([
    ['I take pravastatin', { medications: ['clarithromycin, 500 mg, twice a day'] }],
    ['I take rosuvastatin', { medications: ['itraconazole, 100 mg, once a day'] }],
    [
      'Can I take Tylenol?',
      {
        conditions: ['heart failure'],
        medications: ['lisinopril, 10 mg, once a day', 'furosemide, 40 mg, once a day'],
      },
    ],
    ['Can I take Claritin?', { conditions: ['hypertension'] }],
    ['Can I take Coricidin HBP?', { conditions: ['hypertension'] }],
    ['I take metoprolol', {}],
  ])('%s is no problem here: %#', (text, parts) => {
    const review = look(text, { patient: patientWith(parts) });
    expect(facts(review).filter((fact) => !fact.includes('none'))).toEqual([]);
    expect([Verdict.PASS, Verdict.ADVISE]).toContain(review.verdict);
  });

  it('records, and does not speak of, what the prescriber combined', () => {
    const patient = patientWith({
      conditions: ['atrial fibrillation'],
      medications: ['warfarin, 5 mg, once a day', 'amiodarone, 200 mg, once a day'],
    });
    const review = look('I take my warfarin every night', { patient });
    expect(review.verdict).toBe(Verdict.PASS);
    expect(facts(review)).toContain('interaction/major/warfarin+amiodarone');
    expect(review.disposition).toBe(Disposition.ROUTINE);
  });
});

describe('aspirin that heart disease may call for', () => {
  it.each<[string, Parameters<typeof patientWith>[0]]>([
    ['I take a baby aspirin every day', { conditions: ['coronary artery disease'] }],
    ['I take aspirin 81 milligrams', { medications: ['warfarin, 5 mg, once a day'] }],
    ['I take a baby aspirin', { conditions: ['hypertension'] }],
  ])('%s is never stopped, and a nurse looks at it', (text, parts) => {
    const review = look(text, { patient: patientWith(parts) });
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).not.toMatch(/don't take (any more )?aspirin/);
    expect(review.say).toContain('A nurse will call you today');
  });
});

it('hears that a forbidden medicine was taken all the same', () => {
  const patient = patientWith({ conditions: ['chronic kidney disease'] });
  const review = look('my doctor said no ibuprofen but I took one anyway', { patient });
  expect(review.verdict).toBe(Verdict.SAY);
  expect(facts(review)).toContain('contraindication/major/ibuprofen+kidney disease');
  expect(review.entities[0]?.negated).toBe(false);
});

it('sends to Poison Control at once after a massive dose', () => {
  const review = look('I took 20 extra strength Tylenol last night', { patient: patientWith({}) });
  expect(review).toMatchObject({ verdict: Verdict.ESCALATE, disposition: Disposition.URGENT_NURSE });
  expect(review.say).toContain('Please call Poison Control right now, at 1 800 222 1222.');
});

describe('allergies', () => {
  it.each([
    ['they gave me amoxicillin', 'penicillin', 'avoid'],
    ['they gave me Augmentin', 'Penicillins - rash', 'avoid'],
    ['they gave me Keflex', 'penicillin', 'caution'],
    ['they gave me Bactrim', 'sulfa', 'avoid'],
    ['can I take Aleve', 'aspirin', 'avoid'],
    ['can I take Excedrin', 'ibuprofen', 'avoid'],
    ['I took codeine', 'codeine', 'avoid'],
  ])('%s with an allergy to %s: %s', (text, allergy, severity) => {
    const review = look(text, { patient: patientWith({ allergies: [allergy] }) });
    expect(review.facts.some((fact) => fact.kind === 'allergy' && fact.severity === severity)).toBe(true);
    expect(review.verdict).toBe(Verdict.SAY);
  });

  it.each([
    ['they gave me azithromycin', 'penicillin'],
    ['they gave me amoxicillin', 'no known drug allergies'],
    ['they gave me amoxicillin', 'NKDA'],
    ['I take furosemide', 'peanuts'],
  ])('%s with %s is none', (text, allergy) => {
    const review = look(text, { patient: patientWith({ allergies: [allergy] }) });
    expect(review.facts.filter((fact) => fact.kind === 'allergy')).toEqual([]);
  });
});

describe('over-the-counter doses', () => {
  it.each([
    ['I take two extra strength Tylenol every four hours', 'acetaminophen', 'danger'],
    ['two 500 mg acetaminophen every six hours', 'acetaminophen', 'over-label'],
    ['I take 650 mg of acetaminophen every six hours', 'acetaminophen', 'within'],
    ['I took ten extra strength Tylenol', 'acetaminophen', 'danger'],
    ['I take 15 Tylenol a day', 'acetaminophen', 'danger'],
    ['I take 200 mg of ibuprofen three times a day', 'ibuprofen', 'within'],
    ['I take 800 mg of ibuprofen three times a day', 'ibuprofen', 'over-label'],
    ['I take four Advil every four hours', 'ibuprofen', 'danger'],
    ['I take two Aleve twice a day', 'naproxen', 'over-label'],
    ['I take one 220 mg Aleve twice a day', 'naproxen', 'within'],
    ['six Imodium a day', 'loperamide', 'over-label'],
    ['I took twenty Imodium today', 'loperamide', 'danger'],
    ['I took eight Benadryl', 'diphenhydramine', 'over-label'],
    ['I take two 50 mg Benadryl every four hours', 'diphenhydramine', 'danger'],
    ['I take two cetirizine a day', 'cetirizine', 'within'],
    ['I take two Zyrtec a day', 'cetirizine', 'over-label'],
    ['I take three 10 mg Zyrtec every day', 'cetirizine', 'over-label'],
  ])('%s: %s %s', (text, ingredient, severity) => {
    const review = look(text, { patient: patientWith({}) });
    const found = review.facts.filter((fact) => fact.kind === 'dose' && fact.subjects[0] === ingredient);
    if (severity === 'within') {
      expect(found.filter((fact) => fact.severity !== 'within')).toEqual([]);
      expect(review.verdict).not.toBe(Verdict.SAY);
      return;
    }
    expect(found.map((fact) => fact.severity)).toEqual([severity]);
    expect([Verdict.SAY, Verdict.ESCALATE]).toContain(review.verdict);
    expect(review.disposition).toBe(severity === 'danger' ? Disposition.URGENT_NURSE : Disposition.SAME_DAY);
  });

  it('says the sum and Poison Control', () => {
    const { say } = look('I take two extra strength Tylenol every four hours', { patient: patientWith({}) });
    expect(say).toContain('6,000 milligrams of acetaminophen');
    expect(say).toContain('1 800 222 1222');
  });

  it('asks for the strength where it decides, and judges by the answer', () => {
    const patient = patientWith({});
    const review = look('I take 10 Tylenol a day', { patient });
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain('How many milligrams');
    const history = ['patient: I take 10 Tylenol a day', `agent: ${review.say}`];
    const strong = look('it says five hundred', { patient, history, answering: true });
    expect(facts(strong)).toEqual(['dose/danger/acetaminophen']);
    const weak = look('325', { patient, history, answering: true });
    expect(facts(weak)).toEqual(['dose/within/acetaminophen']);
  });

  it('sees one ingredient in two products of one utterance', () => {
    const review = look('I take NyQuil at night and two Tylenol every six hours', {
      patient: patientWith({}),
    });
    expect(
      review.facts.some((fact) => fact.severity === 'duplicate' && fact.subjects[0] === 'acetaminophen'),
    ).toBe(true);
    expect(review.say).toContain('acetaminophen');
  });

  it('adds up over the call', () => {
    const review = look('and I take two NyQuil every six hours', {
      patient: patientWith({}),
      history: ['patient: I take two extra strength Tylenol three times a day', 'agent: Thank you.'],
    });
    const sum = review.facts.find((fact) => fact.subjects[0] === 'acetaminophen' && fact.subjects.length > 1);
    expect(sum).toMatchObject({ severity: 'danger' });
    expect(review.disposition).toBe(Disposition.URGENT_NURSE);
  });
});

describe('doses against the prescription', () => {
  it.each([
    ['I take two 40 mg furosemide in the morning', 'furosemide', 'over-label'],
    ['I take two forty milligram furosemide in the morning', 'furosemide', 'over-label'],
    ['I take my furosemide 40 mg twice a day', 'furosemide', 'over-label'],
    ['I take my furosemide 40 mg once a day', 'furosemide', 'within'],
    ['I take one Lasix every morning', 'furosemide', 'within'],
    ['two lisinopril every day', 'lisinopril', 'over-label'],
    ['I take lisinopril 100 mg once a day', 'lisinopril', 'danger'],
  ])('%s: %s', (text, ingredient, severity) => {
    const review = look(text);
    expect(facts(review)).toContain(`dose/${severity}/${ingredient}`);
    expect(review.verdict).toBe(severity === 'within' ? Verdict.PASS : Verdict.SAY);
  });

  it('treats twice the dose of a narrow medicine as danger', () => {
    const review = look('I took two 5 mg warfarin tonight', {
      patient: patientWith({ medications: ['warfarin, 5 mg, once a day'] }),
    });
    expect(facts(review)).toContain('dose/danger/warfarin');
    expect(review.disposition).toBe(Disposition.URGENT_NURSE);
  });

  it('records less than prescribed as adherence', () => {
    const review = look('I take 20 mg of furosemide once a day');
    expect(facts(review)).toContain('adherence//furosemide');
    expect(review.disposition).toBe(Disposition.WITHIN_DAYS);
  });

  it('hears a dose after the agent asked about one medicine', () => {
    const review = look('yes, two of the forties every morning', {
      itemId: 'medicines',
      history: ['agent: Are you taking your furosemide, for extra fluid?'],
    });
    expect(facts(review)).toContain('dose/over-label/furosemide');
  });

  it.each([
    ['I stopped taking my furosemide', Disposition.SAME_DAY],
    ['I ran out of lisinopril', Disposition.SAME_DAY],
    ['I forgot my metoprolol yesterday', Disposition.WITHIN_DAYS],
  ])('%s', (text, disposition) => {
    const review = look(text);
    expect(review.facts.map((fact) => fact.kind)).toContain('adherence');
    expect(review.disposition).toBe(disposition);
    expect(review.verdict).toBe(Verdict.ADVISE);
  });
});

describe('a sentence before it is spoken', () => {
  const draft = (text: string, asking: Asking = {}): Review => look('yes', { ...asking, draft: text });

  it.each([
    'Are you taking your metoprolol, for your heart?',
    'Are you taking your metoprolol 50 mg once a day?',
    'Your list says 40 mg of furosemide, once a day.',
    'Thank you. Your list says 50 mg, once a day. I will have a nurse check that with you today.',
    "Please don't take ibuprofen for now.",
    'How much do you take, and how often?',
    'Metoprolol helps your heart.',
    'Do you take anything without a prescription, like ibuprofen or Tylenol?',
    'Please keep taking your furosemide until a nurse has talked with you.',
    'Take no more than 4,000 milligrams of acetaminophen in 24 hours.',
  ])('lets pass: %s', (text) => {
    expect(draft(text).verdict).toBe(Verdict.PASS);
  });

  it.each([
    'You can take ibuprofen for the pain.',
    'It is fine to take some Aleve.',
    'Try Sudafed for your nose.',
    'Take 80 mg of furosemide.',
    'Your list says metoprolol 100 mg, twice a day.',
    'Your lisinopril is 10 mg twice a day.',
    'Please stop taking your metoprolol.',
    'You can skip your furosemide today.',
    'How is your warfarin going?',
    'You can take 6,000 milligrams of acetaminophen a day.',
  ])('stops: %s', (text) => {
    const review = draft(text);
    expect(review.verdict).toBe(Verdict.BLOCK);
    expect(review.say).not.toBe('');
    expect(review.reason).not.toBe('');
  });

  it('lets pass what the patient said when it is read back', () => {
    const review = look('I take two 40 mg furosemide', {
      draft: 'I heard two 40 mg furosemide. Is that right?',
    });
    expect(review.verdict).toBe(Verdict.PASS);
  });

  it('lets pass its own warning', () => {
    const text = 'I take two extra strength Tylenol every four hours';
    const { say } = look(text);
    for (const sentence of say.split(/(?<=\.) /)) {
      expect(look(text, { draft: sentence }).verdict, sentence).toBe(Verdict.PASS);
    }
  });
});

describe('odd charts and odd words', () => {
  it('answers without a chart', () => {
    const review = look('Can I take ibuprofen?', { patient: undefined });
    expect(review.entities[0]?.name).toBe('ibuprofen');
    expect(review.facts.every((fact) => fact.kind === 'dose')).toBe(true);
  });

  it('answers with 200 medicines on the chart', () => {
    const medications = Array.from({ length: 200 }, (_, at) => `medicine number ${at}, 10 mg, once a day`);
    const patient = patientWith({
      conditions: ['heart failure'],
      medications: [...medications, 'lisinopril, 10 mg, once a day', 'Lasix, 40 mg, once a day'],
    });
    expect(facts(look('Can I take Advil?', { patient }))).toContain(
      'interaction/major/ibuprofen+lisinopril+furosemide',
    );
  });

  it('never throws, whatever is said', () => {
    let seed = 20261124;
    const random = (): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    const pieces = [
      'ibuprofen',
      'two',
      '40',
      'mg',
      'every',
      'hours',
      'every four hours',
      '\u0000',
      '🙂',
      "can't",
      '/',
      '140/90',
      '-5',
      '1e309',
      'M',
      'E',
      'T',
      'O',
      'as in',
      'NaN',
      '....',
      'half a',
      'NyQuil',
      'yes',
      'no',
      'warfarin?',
      'É',
      '١٢',
      'a'.repeat(300),
      'took',
      'husband',
    ];
    for (let round = 0; round < 400; round += 1) {
      const text = Array.from(
        { length: Math.floor(random() * 18) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join(random() < 0.9 ? ' ' : '');
      const asking: Asking = {
        patient: random() < 0.2 ? undefined : heartFailurePatient,
        answering: random() < 0.3,
        history: random() < 0.5 ? [`agent: ${text}`, `patient: ${text}`] : [],
        ...(random() < 0.3 ? { draft: text } : {}),
        itemId: random() < 0.5 ? 'medicines' : '',
        alternatives: random() < 0.3 ? [text, ''] : [],
      };
      const review = look(text, asking);
      expect(review.specialist).toBe('medication');
      expect(review.confidence).toBeGreaterThanOrEqual(0);
      expect(review.confidence).toBeLessThanOrEqual(1);
      for (const fact of review.facts) expect(fact.citation, fact.text).not.toBe('');
    }
  }, 60_000);
});

describe('a combination prescribed with both of its amounts', () => {
  const patient = patientWith({
    conditions: ['heart failure'],
    medications: ['sacubitril and valsartan, 24 mg/26 mg, twice a day, to help your heart pump'],
  });

  it.each([
    'I take Entresto 24 26 twice a day',
    'I take sacubitril and valsartan 24/26 mg twice a day',
    'I take the Entresto, 26 milligrams, twice a day',
    'Entresto twenty four twenty six, twice a day',
    'I take one Entresto twice a day',
  ])('is taken as prescribed: %s', (text) => {
    expect(look(text, { patient }).say).not.toContain('more');
  });

  it.each(['I take Entresto 49/51 mg twice a day', 'I take two Entresto twice a day'])(
    'is more than prescribed: %s',
    (text) => {
      expect(look(text, { patient }).say).toContain('That sounds like more Entresto than your list says.');
    },
  );
});
