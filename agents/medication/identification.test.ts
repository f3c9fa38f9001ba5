import { beforeAll, describe, expect, it } from 'vitest';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { heartFailurePatient, patientWith, requestFor, wordsOf, type Asking } from './test-requests.js';

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication();
}, 60_000);

function look(text: string, asking?: Asking): Review {
  return medication.review(requestFor(text, asking));
}

function names(review: Review): string[] {
  return review.entities.map((entity) => entity.name);
}

describe('a name heard surely and exactly', () => {
  it.each([
    ['I take metoprolol every morning', 'metoprolol'],
    ['Lasix', 'furosemide'],
    ['I am on Eliquis', 'apixaban'],
    ['They gave me Entresto', 'sacubitril/valsartan'],
    ['I use Toprol XL', 'metoprolol'],
    ['my Synthroid in the morning', 'levothyroxine'],
    ['some Pepto-Bismol', 'bismuth subsalicylate'],
    ['two Tylenols', 'acetaminophen'],
    ['a couple of Advils', 'ibuprofen'],
    ['I put in my Lantus', 'insulin glargine'],
    ['I drink Metamucil', 'psyllium'],
    ['isosorbide mononitrate', 'isosorbide mononitrate'],
    ['NyQuil at night', 'NyQuil'],
    ['ny quil at night', 'NyQuil'],
    ['I take the metoprolol tartrate', 'metoprolol'],
    ['losartan potassium 50 mg', 'losartan'],
    ['my potassium pills', 'potassium chloride'],
    ['I take car vedilol', 'carvedilol'],
    ['I take lo sartan', 'losartan'],
    ["Saint John's wort", "St. John's wort"],
  ])('%s → %s', (text, name) => {
    const review = look(text, { patient: patientWith({}) });
    expect(names(review)).toEqual([name]);
    expect(review.entities[0]?.confidence).toBeGreaterThanOrEqual(0.9);
    expect(review.verdict).not.toBe(Verdict.ASK);
  });
});

describe('a name that was misheard', () => {
  it.each([
    ['I take met o pro lol', 'metoprolol'],
    ['listen a pril in the morning', 'lisinopril'],
    ['I take listen April every day', 'lisinopril'],
    ['fewer oh semide 40 milligrams', 'furosemide'],
    ['I take furrow semide', 'furosemide'],
    ['I take met from in twice a day', 'metformin'],
    ['I take Metaprolol', 'metoprolol'],
    ['I take a torva statin at night', 'atorvastatin'],
    ['I take elequis', 'apixaban'],
    ['I took I be profen', 'ibuprofen'],
    ['I take cum a din', 'warfarin'],
    ['I am on warfare in', 'warfarin'],
    ['spy ron lactone 25 milligrams', 'spironolactone'],
    ['sir traline 50 mg', 'sertraline'],
    ['I take Jardians', 'empagliflozin'],
    ['I take level thigh rocks in', 'levothyroxine'],
    ['gabba pentin three times a day', 'gabapentin'],
    ['I take am low dippen', 'amlodipine'],
    ['pant oh prazole', 'pantoprazole'],
    ['I take zorelto', 'rivaroxaban'],
  ])('%s → asks about %s', (text, name) => {
    const review = look(text);
    expect(names(review)[0]).toBe(name);
    expect(review.entities[0]?.confidence).toBeLessThan(0.95);
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain('Did you say');
  });

  it('reads back an exact name that the recogniser doubts', () => {
    const review = look('I take metoprolol', { words: wordsOf('I .9 take .9 metoprolol .4') });
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toBe(
      'I want to be sure I heard that right. Did you say metoprolol, the one for your heart?',
    );
    expect(names(review)).toEqual(['metoprolol']);
  });

  it.each([
    ['to help your heart beat steadily', 'metoprolol, the one to help your heart beat steadily?'],
    ['for your heart', 'metoprolol, the one for your heart?'],
    ['heart', 'metoprolol, the one for heart?'],
  ])('reads the purpose "%s" back in a sentence that is whole', (purpose, end) => {
    const patient = patientWith({ medications: [`metoprolol, 50 mg, once a day, ${purpose}`] });
    const words = wordsOf('I .9 take .9 metoprolol .4');
    const review = look('I take metoprolol', { patient, words });
    expect(review.say).toBe(`I want to be sure I heard that right. Did you say ${end}`);
  });

  it('spells a name only when it is easily confused or hardly heard', () => {
    expect(look('I take metoprolol', { words: wordsOf('I .9 take .9 metoprolol .4') }).say).not.toContain(
      'spelled',
    );
    expect(look('I take tramadol', { words: wordsOf('I .9 take .9 tramadol .4') }).say).toContain(
      'It is spelled T, R, A, M, A, D, O, L.',
    );
  });

  it('takes a name from an alternative of the recogniser only to ask for it', () => {
    const review = look('I take my metro pole', { alternatives: ['I take my metoprolol'] });
    expect(names(review)).toEqual(['metoprolol']);
    expect(review.verdict).toBe(Verdict.ASK);
  });

  it('takes a name from an alternative of one word', () => {
    const review = look('', { words: wordsOf('I .9 take .9 petroleum|metoprolol .4') });
    expect(names(review)).toEqual(['metoprolol']);
    expect(review.verdict).toBe(Verdict.ASK);
  });

  it('hears a name that was spelled', () => {
    const review = look('M E T O P R O L O L', { itemId: 'medicines' });
    expect(names(review)).toEqual(['metoprolol']);
    expect(review.verdict).toBe(Verdict.PASS);
  });
});

describe('names that are confused with each other', () => {
  it.each([
    ['hydroxyzine', 'hydralazine'],
    ['hydralazine', 'hydroxyzine'],
    ['prednisone', 'prednisolone'],
    ['metronidazole', 'metformin'],
    ['clonazepam', 'clonidine'],
    ['bupropion', 'buspirone'],
    ['glipizide', 'glyburide'],
    ['tramadol', 'trazodone'],
    ['lamotrigine', 'lamivudine'],
    ['quetiapine', 'quinidine'],
    ['risperidone', 'ropinirole'],
    ['nicardipine', 'nifedipine'],
    ['cyclosporine', 'cycloserine'],
  ])('%s said with %s on the chart is asked for, and neither is swapped', (said, charted) => {
    const review = look(`I take ${said}`, {
      patient: patientWith({ medications: [`${charted}, 10 mg, once a day`] }),
    });
    expect(review.verdict).toBe(Verdict.ASK);
    expect(names(review)).toEqual([said]);
    expect(review.entities[0]?.alternatives).toEqual([charted]);
    expect(review.say).toContain(said);
    expect(review.say).toContain(charted);
    expect(review.say).toMatch(/spelled [A-Z], [A-Z], /);
    expect(review.facts).toEqual([]);
  });

  it.each(['hydralazine', 'prednisone', 'metformin', 'glipizide'])(
    '%s said with itself on the chart needs no question',
    (name) => {
      const review = look(`I take ${name}`, {
        patient: patientWith({ medications: [`${name}, 10 mg, once a day`] }),
      });
      expect(review.verdict).toBe(Verdict.PASS);
      expect(names(review)).toEqual([name]);
    },
  );
});

describe('a name of the chart, which the recogniser hears too readily', () => {
  const patient = patientWith({
    medications: ['pantoprazole, 40 mg, once a day', 'hydroxyzine, 25 mg, once a day'],
  });
  const heard = (name: string, confidence: number, history: readonly string[] = []): Review =>
    look(`I take ${name}`, {
      patient,
      history,
      words: wordsOf(`I .9 take .9 ${name} ${String(confidence)}`),
    });

  it.each([
    ['pantoprazole', 0.7, Verdict.ASK],
    ['pantoprazole', 0.8, Verdict.PASS],
    ['hydroxyzine', 0.8, Verdict.ASK],
    ['hydroxyzine', 0.9, Verdict.PASS],
    ['allopurinol', 0.7, Verdict.PASS],
  ])('%s with a word probability of %d → %s', (name, confidence, verdict) => {
    expect(heard(name, confidence).verdict).toBe(verdict);
  });

  it('needs less where the agent has just named it', () => {
    expect(heard('hydroxyzine', 0.5, ['agent: Are you taking your hydroxyzine?']).verdict).toBe(Verdict.PASS);
  });
});

describe('a word where a medicine stands that sounds like none', () => {
  const words = wordsOf('the .9 pharmacy .9 gave .9 me .9 telforzin .3');

  it('is asked for again when it was not heard surely', () => {
    const review = look('', { words });
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain('spell it for me');
    expect(names(review)).toEqual(['']);
  });

  it('is called unknown when it was', () => {
    expect(look('the pharmacy gave me telforzin').say).toContain("I don't know a medicine called telforzin");
  });

  it('is taken from the spelling, or left to a nurse', () => {
    const history = ['patient: the pharmacy gave me telforzin', `agent: ${look('', { words }).say}`];
    expect(names(look('M E T O P R O L O L', { history, answering: true }))).toEqual(['metoprolol']);
    expect(look('I am not sure', { history, answering: true }).say).toContain(
      'A nurse will go over that medicine',
    );
  });
});

describe('ordinary English', () => {
  it.each([
    'I listen to the radio in the evening',
    'I met my sister for lunch',
    'we met for lunch and then I took the bus',
    'I met four men at church',
    'I put salt on my food',
    'I will see him tomorrow',
    'I feel pretty good, a little tired in the afternoon',
    'My daughter Marjorie drove me to Walgreens',
    'I have an appointment with Doctor Kowalczyk on Thursday',
    'It has been a long week for us',
    'I take the stairs slowly',
    'I take my dog for a walk every morning',
    'I take a nap after lunch',
    'I take a shower every day',
    'I took the bus to the pharmacy',
    'I took my blood pressure twice',
    'Could you say that again please',
    'No, no chest pain, no swelling',
    'I sleep on two pillows',
    'I have not been using any salt',
    'no salt at all',
    'My birthday is March fourth nineteen fifty two',
    'one eighty seven this morning',
    'Margaret Thompson',
    'I called the insurance about it',
    'I am allergic to cats',
    'the swelling in my ankles went down',
    'yes that is right',
    'I started walking around the block',
    'I take care of my grandson',
    'My wife does the cooking and she uses garlic',
    'I had oatmeal and a banana for breakfast',
    'I can take a message',
  ])('%s names no medicine', (text) => {
    const review = look(text);
    expect(names(review)).toEqual([]);
    expect(review.verdict).toBe(Verdict.PASS);
  });

  it.each([
    'I met my sister for lunch',
    'I listen to the radio',
    'it is on the counter',
    'I called my sister Geraldine',
    'my neighbor Delores takes me to the store',
    'I called Medicare about it',
    'my daughter fills it up for me',
    'could you speak up a little, please',
    'I saw my cousin yesterday',
    'every morning with breakfast',
    'I keep them in the kitchen',
    'my son sets them up for me',
  ])('%s names no medicine while a medicine is asked for', (text) => {
    const patient = patientWith({
      medications: ['metformin, 500 mg, twice a day', 'lisinopril, 10 mg, once a day'],
    });
    expect(names(look(text, { itemId: 'medicines', patient }))).toEqual([]);
  });
});

describe('a medicine that nobody knows', () => {
  it('is said honestly to be unknown', () => {
    const review = look('I take zorbitrex 20 mg');
    expect(names(review)).toEqual(['']);
    expect(review.verdict).toBe(Verdict.ADVISE);
    expect(review.say).toContain("I don't know a medicine called zorbitrex");
    expect(review.facts).toEqual([]);
  });

  it('is recognised by its name when it stands on the chart', () => {
    const patient = patientWith({ medications: ['zorbitrex, 20 mg, once a day'] });
    const review = look('Can I take my zorbitrex with food?', { patient });
    expect(review.facts).toEqual([]);
    expect(review.verdict).not.toBe(Verdict.SAY);
  });
});

describe('who it is about', () => {
  it.each([
    ['My husband takes warfarin', 'husband'],
    ['my sister is on ibuprofen for her knee', 'sister'],
  ])('%s', (text, experiencer) => {
    const review = look(text);
    expect(review.entities[0]?.experiencer).toBe(experiencer);
    expect(review.facts).toEqual([]);
    expect(review.verdict).toBe(Verdict.PASS);
  });

  it('hears that a medicine is not taken', () => {
    const review = look("No, I don't take ibuprofen");
    expect(review.entities[0]).toMatchObject({ name: 'ibuprofen', negated: true });
    expect(review.facts).toEqual([]);
    expect(review.verdict).toBe(Verdict.PASS);
  });
});

describe("the patient's answer to a read-back", () => {
  const asked =
    'agent: I want to be sure I heard that right. Did you say metoprolol, the one for your heart?';

  it('settles on yes, and then judges what was said before', () => {
    const review = look('yes', {
      answering: true,
      history: ['patient: I take two 50 mg met o pro lol', asked],
    });
    expect(names(review)).toEqual(['metoprolol']);
    expect(review.entities[0]?.confidence).toBeGreaterThan(0.9);
    expect(review.facts).toMatchObject([{ kind: 'dose', severity: 'over-label', subjects: ['metoprolol'] }]);
  });

  it.each(['yes', 'Yeah.', "that's right", 'yes metoprolol', 'met o pro lol yes'])(
    '"%s" settles it',
    (answer) => {
      const review = look(answer, { answering: true, history: ['patient: I take met o pro lol', asked] });
      expect(names(review)).toEqual(['metoprolol']);
      expect(review.verdict).toBe(Verdict.PASS);
      expect(review.reason).toContain('metoprolol');
    },
  );

  it('does not ask again for a name confirmed earlier in the call', () => {
    const history = ['patient: I take met o pro lol', asked, 'patient: yes', 'agent: Thank you.'];
    const review = look('I take met o pro lol in the morning', { history });
    expect(names(review)).toEqual(['metoprolol']);
    expect(review.verdict).toBe(Verdict.PASS);
  });

  it('takes a correction', () => {
    const review = look('no, metformin', { answering: true, history: ['patient: I take met o', asked] });
    expect(names(review)).toEqual(['metformin']);
  });

  it('asks for the spelling on a bare no, and leaves it to a nurse when it stays open', () => {
    const first = look('no', { answering: true, history: ['patient: I take met o pro lol', asked] });
    expect(first.verdict).toBe(Verdict.ASK);
    expect(first.say).toContain('spell it');
    const second = look('no', {
      answering: true,
      history: [
        'patient: I take met o pro lol',
        asked,
        'patient: no',
        `agent: ${first.say}`,
        'patient: metro',
        asked,
      ],
    });
    expect(second.verdict).toBe(Verdict.ADVISE);
    expect(names(second)).toEqual(['']);
    expect(second.entities[0]?.alternatives).toEqual(['metoprolol']);
  });

  it('chooses between two by purpose or order', () => {
    const patient = patientWith({ medications: ['hydralazine, 25 mg, three times a day'] });
    const question = look('I take hydroxyzine', { patient }).say;
    const history = ['patient: I take hydroxyzine', `agent: ${question}`];
    const byPurpose = look('the one for my blood pressure', { patient, history, answering: true });
    expect(names(byPurpose)[0]).toBe('hydralazine');
    const byOrder = look('the first one', { patient, history, answering: true });
    expect(names(byOrder)[0]).toBe('hydroxyzine');
    const bare = look('yes', { patient, history, answering: true });
    expect(bare.verdict).toBe(Verdict.ASK);
  });
});

it('says nothing of the chart before the caller is known', () => {
  for (const text of ['I take met o pro lol', 'Can I take ibuprofen?']) {
    const { say } = look(text, { verified: false, patient: heartFailurePatient });
    expect(say).not.toMatch(/heart|lisinopril|furosemide|blood pressure|kidney/);
    expect(say).not.toBe('');
  }
});
