import { beforeAll, describe, expect, it } from 'vitest';
import { loadMedicines, type MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { compiledRules } from './compiled-rules.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor } from './test-requests.js';

let medication: SpecialistLogic;
let knowledge: MedicineKnowledge;
beforeAll(async () => {
  [medication, knowledge] = await Promise.all([createMedication(), loadMedicines()]);
}, 60_000);

function start(medicine: string, charted: string): Review {
  const patient = patientWith({ medications: [`${charted}, , once a day`] });
  return medication.review(requestFor(`They started me on ${medicine}`, { patient }));
}

function severities(review: Review): string[] {
  return review.facts.filter(({ kind }) => kind === 'interaction').map(({ severity }) => severity);
}

describe('the published high-priority list of interactions', () => {
  // Phansalkar and others 2012: fifteen pairs of classes.
  it.each([
    ['Adderall', 'phenelzine'],
    ['Vyvanse', 'tranylcypromine'],
    ['methylphenidate', 'phenelzine'],
    ['omeprazole', 'atazanavir'],
    ['pantoprazole', 'atazanavir'],
    ['azathioprine', 'febuxostat'],
    ['mercaptopurine', 'febuxostat'],
    ['irinotecan', 'ketoconazole'],
    ['irinotecan', 'clarithromycin'],
    ['meperidine', 'phenelzine'],
    ['fentanyl', 'tranylcypromine'],
    ['sotalol', 'moxifloxacin'],
    ['haloperidol', 'methadone'],
    ['ramelteon', 'fluvoxamine'],
    ['sertraline', 'phenelzine'],
    ['fluoxetine', 'isocarboxazid'],
    ['simvastatin', 'ritonavir'],
    ['lovastatin', 'atazanavir'],
    ['simvastatin', 'itraconazole'],
    ['ergotamine', 'clarithromycin'],
    ['dihydroergotamine', 'ritonavir'],
    ['tizanidine', 'ciprofloxacin'],
    ['tizanidine', 'fluvoxamine'],
    ['amitriptyline', 'phenelzine'],
    ['sumatriptan', 'phenelzine'],
    ['rizatriptan', 'tranylcypromine'],
    ['rifampin', 'darunavir'],
    ['procarbazine', 'tranylcypromine'],
  ])('holds %s with %s', (medicine, charted) => {
    const review = start(medicine, charted);
    expect(severities(review).some((severity) => /contraindicated|major/.test(severity))).toBe(true);
    expect(review.verdict).toBe(Verdict.SAY);
  });

  it.each([
    ['pravastatin', 'itraconazole'],
    ['rosuvastatin', 'clarithromycin'],
    ['fluvastatin', 'ketoconazole'],
    ['tizanidine', 'levofloxacin'],
    ['ramelteon', 'sertraline'],
    ['azathioprine', 'colchicine'],
    ['naratriptan', 'phenelzine'],
    ['famotidine', 'irinotecan'],
  ])('is not widened to %s with %s', (medicine, charted) => {
    expect(severities(start(medicine, charted)).filter((severity) => /contra|major/.test(severity))).toEqual(
      [],
    );
  });
});

describe('two medicines', () => {
  it.each([
    ['fluconazole', 'warfarin', 'major'],
    ['metronidazole', 'Coumadin', 'major'],
    ['Cipro', 'warfarin', 'major'],
    ['amiodarone', 'warfarin', 'major'],
    ['Aleve', 'warfarin', 'major'],
    ['aspirin', 'Eliquis', 'major'],
    ['carbamazepine', 'warfarin', 'major'],
    ['gemfibrozil', 'warfarin', 'major'],
    ['levothyroxine', 'warfarin', 'moderate'],
    ['amoxicillin', 'warfarin', 'moderate'],
    ['Pepto-Bismol', 'warfarin', 'major'],
    ['rifampin', 'Eliquis', 'major'],
    ["St. John's wort", 'Xarelto', 'major'],
    ['ketoconazole', 'Xarelto', 'major'],
    ['Paxlovid', 'Eliquis', 'major'],
    ['phenytoin', 'Pradaxa', 'major'],
    ['dronedarone', 'Pradaxa', 'major'],
    ['clopidogrel', 'Eliquis', 'major'],
    ['Advil', 'clopidogrel', 'major'],
    ['omeprazole', 'Plavix', 'moderate'],
    ['clarithromycin', 'digoxin', 'major'],
    ['amiodarone', 'digoxin', 'major'],
    ['verapamil', 'digoxin', 'major'],
    ['ibuprofen', 'lithium', 'major'],
    ['lisinopril', 'lithium', 'major'],
    ['losartan', 'lithium', 'major'],
    ['hydrochlorothiazide', 'lithium', 'major'],
    ['Bactrim', 'methotrexate', 'major'],
    ['naproxen', 'methotrexate', 'major'],
    ['omeprazole', 'methotrexate', 'moderate'],
    ['Viagra', 'isosorbide mononitrate', 'contraindicated'],
    ['nitroglycerin', 'tadalafil', 'contraindicated'],
    ['avanafil', 'nitroglycerin', 'contraindicated'],
    ['riociguat', 'sildenafil', 'contraindicated'],
    ['oxycodone', 'alprazolam', 'major'],
    ['gabapentin', 'morphine', 'major'],
    ['zolpidem', 'hydrocodone', 'major'],
    ['naltrexone', 'oxycodone', 'contraindicated'],
    ['tramadol', 'sertraline', 'major'],
    ['tramadol', 'bupropion', 'major'],
    ['dextromethorphan', 'phenelzine', 'contraindicated'],
    ['Delsym', 'paroxetine', 'moderate'],
    ["St. John's wort", 'sertraline', 'major'],
    ['linezolid', 'fluoxetine', 'major'],
    ['sertraline', 'rasagiline', 'major'],
    ['potassium chloride', 'spironolactone', 'major'],
    ['Nu-Salt', 'losartan', 'major'],
    ['Bactrim', 'spironolactone', 'major'],
    ['Bactrim', 'lisinopril', 'major'],
    ['triamterene', 'spironolactone', 'contraindicated'],
    ['Tums', 'levothyroxine', 'moderate'],
    ['ferrous sulfate', 'levothyroxine', 'moderate'],
    ['gemfibrozil', 'simvastatin', 'contraindicated'],
    ['gemfibrozil', 'rosuvastatin', 'major'],
    ['clarithromycin', 'simvastatin', 'contraindicated'],
    ['clarithromycin', 'atorvastatin', 'major'],
    ['diltiazem', 'simvastatin', 'major'],
    ['amlodipine', 'simvastatin', 'major'],
    ['cyclosporine', 'simvastatin', 'contraindicated'],
    ['fluconazole', 'glipizide', 'major'],
    ['Bactrim', 'glyburide', 'moderate'],
    ['levofloxacin', 'glipizide', 'major'],
    ['gemfibrozil', 'repaglinide', 'contraindicated'],
    ['ciprofloxacin', 'theophylline', 'major'],
    ['clarithromycin', 'colchicine', 'major'],
    ['allopurinol', 'azathioprine', 'major'],
    ['verapamil', 'metoprolol', 'major'],
    ['diltiazem', 'atenolol', 'major'],
    ['clonidine', 'metoprolol', 'moderate'],
    ['sildenafil', 'doxazosin', 'moderate'],
    ['Toradol', 'ibuprofen', 'contraindicated'],
    ['Toradol', 'probenecid', 'contraindicated'],
    ['carbamazepine', 'Sprintec', 'major'],
    ['rifampin', 'Yaz', 'major'],
    ['topiramate', 'Sprintec', 'major'],
    ['Sudafed', 'phenelzine', 'contraindicated'],
    ['Primatene Mist', 'phenelzine', 'contraindicated'],
    ['Sudafed', 'metoprolol', 'moderate'],
    ['azithromycin', 'sotalol', 'major'],
    ['methadone', 'citalopram', 'major'],
    ['divalproex', 'lamotrigine', 'major'],
    ['metoclopramide', 'carbidopa/levodopa', 'major'],
    ['haloperidol', 'pramipexole', 'major'],
    ['metformin', 'topiramate', 'moderate'],
    ['black licorice', 'digoxin', 'major'],
    ['a Fleet enema', 'lisinopril', 'major'],
    ['Cipro', 'Tums', 'moderate'],
    ['doxycycline', 'ferrous sulfate', 'moderate'],
    ['Fosamax', 'Tums', 'moderate'],
    ['itraconazole', 'omeprazole', 'moderate'],
    ['paroxetine', 'tamoxifen', 'major'],
    ['fluvoxamine', 'clozapine', 'major'],
    ['alprazolam', 'ketoconazole', 'contraindicated'],
    ['ketoconazole', 'ranolazine', 'contraindicated'],
    ['clarithromycin', 'tacrolimus', 'major'],
    ['isotretinoin', 'doxycycline', 'contraindicated'],
    ['Benadryl', 'donepezil', 'major'],
    ['Benadryl', 'oxybutynin', 'moderate'],
    ['Paxlovid', 'amiodarone', 'contraindicated'],
    ['propranolol', 'albuterol', 'major'],
    ['Entresto', 'enalapril', 'contraindicated'],
    ['lisinopril', 'losartan', 'major'],
  ])('%s with %s is %s', (medicine, charted, severity) => {
    const review = start(medicine, charted);
    expect(severities(review)).toContain(severity);
    expect(review.verdict).toBe(Verdict.SAY);
  });

  it.each([
    ['Tylenol', 'lisinopril'],
    ['Claritin', 'warfarin'],
    ['metformin', 'lisinopril'],
    ['atorvastatin', 'lisinopril'],
    ['amlodipine', 'lisinopril'],
    ['amoxicillin', 'metoprolol'],
    ['famotidine', 'Eliquis'],
    ['levothyroxine', 'sertraline'],
    ['gabapentin', 'lisinopril'],
    ['Mucinex', 'metoprolol'],
    ['pantoprazole', 'clopidogrel'],
    ['Allegra', 'sertraline'],
    ['pravastatin', 'amlodipine'],
    ['Flonase', 'lisinopril'],
    ['MiraLAX', 'furosemide'],
    ['tamsulosin', 'finasteride'],
    ['albuterol', 'metoprolol'],
    ['cephalexin', 'lisinopril'],
    ['Colace', 'oxycodone'],
    ['azithromycin', 'metformin'],
  ])('%s with %s is no cause for a warning', (medicine, charted) => {
    const review = start(medicine, charted);
    expect(severities(review).filter((severity) => severity !== 'minor')).toEqual([]);
    expect(review.verdict).toBe(Verdict.PASS);
  });
});

describe('the same kind of medicine twice', () => {
  it.each([
    ['Aleve', 'ibuprofen'],
    ['meloxicam', 'naproxen'],
    ['enalapril', 'lisinopril'],
    ['valsartan', 'losartan'],
    ['atenolol', 'metoprolol'],
    ['atorvastatin', 'simvastatin'],
    ['bumetanide', 'furosemide'],
    ['escitalopram', 'sertraline'],
    ['diazepam', 'clonazepam'],
    ['morphine', 'oxycodone'],
    ['pantoprazole', 'omeprazole'],
    ['glipizide', 'glimepiride'],
    ['Trulicity', 'Ozempic'],
    ['Xarelto', 'Eliquis'],
    ['sumatriptan', 'rizatriptan'],
    ['Jardiance', 'Farxiga'],
    ['Unisom', 'Benadryl'],
    ['pregabalin', 'gabapentin'],
    ['tolterodine', 'oxybutynin'],
    ['Cialis', 'sildenafil'],
  ])('%s beside %s', (medicine, charted) => {
    const review = start(medicine, charted);
    expect(severities(review).some((severity) => severity !== 'minor')).toBe(true);
    expect(review.verdict).toBe(Verdict.SAY);
  });
});

it('are looked up by ingredient, so that a chart of 200 costs no more than its own rules', () => {
  const rules = compiledRules(knowledge);
  const all = [...knowledge.medicines.keys()];
  const touched = all.map((ingredient) => rules.interactionsOf(ingredient).length);
  const mean = touched.reduce((sum, count) => sum + count, 0) / all.length;
  // One medicine meets a small part of the rules, and the commonest not even a fifth of them.
  expect(mean).toBeLessThan(knowledge.interactions.length / 20);
  expect(Math.max(...touched)).toBeLessThan(knowledge.interactions.length / 5);
  expect(rules).toBe(compiledRules(knowledge));
});
