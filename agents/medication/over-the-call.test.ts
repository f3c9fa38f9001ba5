import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor } from './test-requests.js';

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication();
}, 60_000);

/** The last of several things that the patient said in one call. */
function call(lines: readonly string[], medications: readonly string[] = []): Review {
  const said = lines.slice(0, -1).flatMap((line) => [`patient: ${line}`, 'agent: Thank you.']);
  return medication.review(
    requestFor(lines.at(-1) ?? '', { patient: patientWith({ medications }), history: said }),
  );
}

function doses(review: Review): string[] {
  return review.facts
    .filter(({ kind }) => kind === 'dose')
    .map(({ severity, subjects }) => `${severity} ${subjects[0] ?? ''}`);
}

describe('what adds up over a call', () => {
  it.each<[string, readonly string[], string, (readonly string[])?]>([
    [
      'one product with its habit, and another hours later',
      ['I take two extra strength Tylenol three times a day', 'and two NyQuil every six hours'],
      'danger acetaminophen',
    ],
    [
      'three turns in between',
      [
        'two extra strength Tylenol every eight hours for my back',
        'my sleep is bad',
        'yes I weigh myself',
        'no swelling',
        'I also take Theraflu every six hours',
      ],
      'danger acetaminophen',
    ],
    [
      'one medicine at four times of one day',
      [
        'I took three extra strength Tylenol this morning',
        'I took three more Tylenol at lunch',
        'and three Tylenol tonight',
      ],
      'danger acetaminophen',
    ],
    [
      'several times in one sentence',
      ['I took three extra strength Tylenol this morning, three at noon and three at dinner'],
      'danger acetaminophen',
    ],
    [
      'ibuprofen beside a cold medicine that holds it',
      ['I take two Advil three times a day', 'and one Advil Cold and Sinus every six hours'],
      'over-label ibuprofen',
    ],
    [
      'naproxen day and night',
      ['I take one Aleve twice a day', 'and two Aleve PM at bedtime'],
      'over-label naproxen',
    ],
    [
      'diphenhydramine for sleep and in a pain reliever',
      ['I take two Benadryl every six hours', 'and Tylenol PM at night'],
      'duplicate diphenhydramine',
    ],
    [
      'a prescription that hides acetaminophen',
      ['I take two extra strength Tylenol every eight hours'],
      'danger acetaminophen',
      ['Norco, 5/325 mg, every six hours'],
    ],
    [
      'a prescription that hides it, with a cold medicine',
      ['I take two DayQuil every four hours'],
      'danger acetaminophen',
      ['Percocet, 5/325 mg, every six hours'],
    ],
    [
      'two prescriptions told in one breath',
      ['I take one Norco every six hours and two extra strength Tylenol every six hours'],
      'danger acetaminophen',
    ],
    [
      'dextromethorphan in two cough medicines',
      ['I take Mucinex DM twice a day', 'and Delsym at night'],
      'duplicate dextromethorphan',
    ],
    [
      'two decongestants of one kind',
      ['I take Claritin-D every morning', 'and I took one 30 mg Sudafed at lunch'],
      'over-label pseudoephedrine',
    ],
    [
      'aspirin in a powder and a tablet',
      ['I take a baby aspirin every day', 'and a BC powder every six hours'],
      'duplicate aspirin',
    ],
    [
      'liquid by the spoon',
      ['I take 30 mL of NyQuil every six hours', 'and two extra strength Tylenol every eight hours'],
      'danger acetaminophen',
    ],
  ])('%s', (_, lines, expected, medications) => {
    const review = call(lines, medications);
    expect(doses(review)).toContain(expected);
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.disposition).toBe(
      expected.startsWith('danger') ? Disposition.URGENT_NURSE : Disposition.SAME_DAY,
    );
    if (expected.startsWith('danger')) expect(review.say).toContain('1 800 222 1222');
  });

  it.each<[string, readonly string[], (readonly string[])?]>([
    [
      'the same habit told twice',
      ['I take two extra strength Tylenol twice a day', 'yes, two extra strength Tylenol twice a day'],
    ],
    [
      'what a husband takes',
      [
        'my husband takes two extra strength Tylenol every four hours',
        'I take one extra strength Tylenol twice a day',
      ],
    ],
    [
      'what was only asked about',
      ['can I take two NyQuil at night?', 'I take one extra strength Tylenol twice a day'],
    ],
    ['what is not taken', ["I don't take NyQuil", 'I take one extra strength Tylenol twice a day']],
    [
      'two small doses of one day',
      ['I took one extra strength Tylenol this morning', 'and one Tylenol tonight'],
    ],
    [
      'two medicines without anything in common',
      ['I take two Advil twice a day', 'and one Claritin every morning'],
    ],
    [
      'yesterday and today',
      ['I took two extra strength Tylenol yesterday', 'I took two extra strength Tylenol this morning'],
    ],
    [
      'the charted medicine under its brand',
      ['I take my Lasix 40 mg once a day'],
      ['furosemide, 40 mg, once a day'],
    ],
    ['a liquid within its label', ['I take 30 mL of NyQuil every six hours']],
    ['a liquid of which the strength is not known', ['I take 15 mL of Robitussin every four hours']],
  ])('%s is no cause for a warning', (_, lines, medications) => {
    const review = call(lines, medications);
    expect(doses(review).filter((dose) => !dose.startsWith('within'))).toEqual([]);
    expect([Verdict.PASS, Verdict.ADVISE]).toContain(review.verdict);
  });
});

describe('a missed dose', () => {
  it.each<[string, string, string]>([
    ['I forgot my Eliquis this morning', 'Eliquis, 5 mg, twice a day', 'on the same day'],
    [
      'I skipped my Eliquis yesterday; should I double up?',
      'Eliquis, 5 mg, twice a day',
      'next dose at the usual time',
    ],
    ['I missed my warfarin last night', 'warfarin, 5 mg, once a day', 'tell your clinic'],
    [
      'I missed my Xarelto this morning',
      'Xarelto, 20 mg, once a day',
      'as soon as you remember on the same day',
    ],
    ['I forgot my Pradaxa', 'Pradaxa, 150 mg, twice a day', 'less than six hours away'],
    ['I missed my Brilinta dose', 'Brilinta, 90 mg, twice a day', 'Leave the missed dose out'],
    ['I forgot my metoprolol this morning', 'metoprolol, 50 mg, once a day', 'Leave the missed dose out'],
    ['I missed my Ozempic shot on Monday', 'Ozempic, 1 mg, once a week', 'five days or less'],
    ['I forgot my Trulicity', 'Trulicity, 1.5 mg, once a week', 'three days or more'],
    ['I missed my Mounjaro', 'Mounjaro, 5 mg, once a week', 'four days or less'],
    ['I missed my Wegovy', 'Wegovy, 1 mg, once a week', 'two days away'],
    ['I forgot my Fosamax on Sunday', 'Fosamax, 70 mg, once a week', 'morning after you remember'],
    ['I missed my methotrexate', 'methotrexate, 10 mg, once a week', 'once a week, never every day'],
    ['I forgot my Lantus last night', 'Lantus, 20 units, at bedtime', 'Check your blood sugar'],
    ['I missed a dose of Keppra', 'Keppra, 500 mg, twice a day', "don't stop it suddenly"],
    ['I forgot my Zoloft this morning', 'Zoloft, 50 mg, once a day', 'almost time for your next dose'],
    ['I skipped my Wellbutrin this morning', 'Wellbutrin XL, 300 mg, once a day', 'seizure'],
    [
      'What should I do if I miss a dose of metformin?',
      'metformin, 500 mg, twice a day',
      'with food at the usual time',
    ],
    [
      'I missed my amoxicillin this morning',
      'amoxicillin, 500 mg, three times a day',
      'finish the whole course',
    ],
    [
      'I forgot my birth control pill this morning, I take Sprintec',
      'Sprintec, 1 tablet, once a day',
      'If you missed one pill',
    ],
    ['I missed my Prograf this morning', 'Prograf, 1 mg, twice a day', 'transplant team'],
    ["I didn't take my lisinopril this morning", 'lisinopril, 10 mg, once a day', "don't take a double dose"],
    ['I forgot my Lipitor last night', 'Lipitor, 20 mg, once a day', 'twelve hours'],
    ['I missed my Aricept', 'Aricept, 10 mg, once a day', 'Leave the missed dose out'],
    ['I missed my furosemide this morning', 'furosemide, 40 mg, once a day', "don't take a double dose"],
  ])('%s', (text, charted, sentence) => {
    const review = call([text], [charted]);
    expect(review.facts.map(({ kind }) => kind)).toContain('adherence');
    expect(review.say).toContain(sentence);
    expect(review.say).not.toMatch(/you (can|should) double|take two at once/);
  });

  it.each([
    ['I missed my Eliquis this morning', 'Eliquis, 5 mg, twice a day', Disposition.SAME_DAY],
    ['I forgot my lisinopril this morning', 'lisinopril, 10 mg, once a day', Disposition.WITHIN_DAYS],
    ["I haven't taken my lisinopril for two weeks", 'lisinopril, 10 mg, once a day', Disposition.SAME_DAY],
    ['I missed my Keppra this morning', 'Keppra, 500 mg, twice a day', Disposition.SAME_DAY],
  ])('%s is for a nurse in time', (text, charted, disposition) => {
    expect(call([text], [charted]).disposition).toBe(disposition);
  });

  it.each([
    'I forgot whether I took my warfarin',
    "I can't remember if I took my warfarin this morning",
    "I'm not sure if I already took my warfarin",
  ])('that may have been taken is not taken again: %s', (text) => {
    const review = call([text], ['warfarin, 5 mg, once a day']);
    expect(review.say).toContain('please leave it out');
    expect(review.say).not.toContain('as soon as you remember');
  });

  it('is answered when the question comes a turn later', () => {
    const review = call(
      ['I skipped my Eliquis yesterday', 'should I double up?'],
      ['Eliquis, 5 mg, twice a day'],
    );
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).toContain("Please don't take a double dose of Eliquis");
  });

  it.each([
    'I never miss my lisinopril',
    'I take my lisinopril every day',
    'I missed my appointment and I take lisinopril',
  ])('is not heard in: %s', (text) => {
    const review = call([text], ['lisinopril, 10 mg, once a day']);
    expect(review.facts.filter(({ kind }) => kind === 'adherence')).toEqual([]);
  });
});

describe('limits for some people', () => {
  it.each<[string, string, Parameters<typeof patientWith>[0]]>([
    ['I take citalopram 40 mg once a day', 'citalopram', { age: 70 }],
    ['I take zolpidem 10 mg at bedtime', 'zolpidem', { age: 75 }],
    ['I take tramadol 100 mg four times a day', 'tramadol', { age: 80 }],
    ['I take gabapentin 800 mg three times a day', 'gabapentin', { conditions: ['CKD stage 4'] }],
    ['I take Januvia 100 mg once a day', 'sitagliptin', { conditions: ['CKD stage 5'] }],
    ['I take digoxin 0.25 mg once a day', 'digoxin', { age: 78 }],
    [
      'I take rosuvastatin 40 mg once a day',
      'rosuvastatin',
      { conditions: ['stage 4 chronic kidney disease'] },
    ],
  ])('%s', (text, ingredient, parts) => {
    const review = medication.review(requestFor(text, { patient: patientWith(parts) }));
    expect(doses(review)).toContain(`over-label ${ingredient}`);
    expect(review.disposition).toBe(Disposition.SAME_DAY);
  });

  it.each<[string, Parameters<typeof patientWith>[0]]>([
    ['I take citalopram 40 mg once a day', { age: 45 }],
    ['I take citalopram 20 mg once a day', { age: 70 }],
    ['I take gabapentin 300 mg three times a day', { conditions: ['hypertension'] }],
  ])('%s is within', (text, parts) => {
    const review = medication.review(requestFor(text, { patient: patientWith(parts) }));
    expect(doses(review).filter((dose) => dose.startsWith('over'))).toEqual([]);
  });

  it('are for a nurse, and not said, where the prescriber went over them', () => {
    const patient = patientWith({ age: 70, medications: ['citalopram, 40 mg, once a day'] });
    const review = medication.review(requestFor('I take my citalopram 40 mg every morning', { patient }));
    expect(doses(review)).toContain('over-label citalopram');
    expect(review).toMatchObject({ verdict: Verdict.PASS, disposition: Disposition.ROUTINE });
  });
});
