import { adult, fill, numbered, turn, type TaskJson } from './making.js';

/*
 * The effect of a medicine on a laboratory value. Written from general knowledge of the public sources that each
 * row names, not from the knowledge base. Rows: source of a group, then medicine: value, value, … ; a medicine
 * with other names has them after a slash, the first is the generic one, the last is how the patient says it.
 */

type Effect = 'raises' | 'lowers' | 'none';

/** Values as patients say them, with the names that are right for each. */
const labs: Readonly<Record<string, { readonly said: string; readonly names: readonly string[] }>> = {
  potassium: { said: 'potassium', names: ['potassium', 'serum potassium'] },
  sodium: { said: 'sodium', names: ['sodium', 'serum sodium'] },
  glucose: {
    said: 'blood sugar',
    names: ['glucose', 'blood glucose', 'blood sugar', 'fasting glucose', 'hemoglobin A1c', 'A1c'],
  },
  a1c: { said: 'A1c', names: ['hemoglobin A1c', 'A1c', 'HbA1c', 'glycated hemoglobin', 'glucose'] },
  inr: { said: 'INR', names: ['INR', 'prothrombin time', 'prothrombin time INR'] },
  creatinine: { said: 'creatinine', names: ['creatinine', 'serum creatinine'] },
  bun: { said: 'BUN', names: ['BUN', 'urea nitrogen', 'blood urea nitrogen', 'urea'] },
  uricAcid: { said: 'uric acid', names: ['uric acid', 'urate'] },
  calcium: { said: 'calcium', names: ['calcium', 'total calcium', 'serum calcium'] },
  magnesium: { said: 'magnesium', names: ['magnesium', 'serum magnesium'] },
  phosphorus: { said: 'phosphorus', names: ['phosphorus', 'phosphate'] },
  bicarbonate: { said: 'bicarbonate', names: ['bicarbonate', 'carbon dioxide', 'CO2', 'total CO2'] },
  tsh: { said: 'TSH', names: ['TSH', 'thyroid stimulating hormone', 'thyrotropin'] },
  liver: {
    said: 'liver enzymes',
    names: [
      'ALT',
      'AST',
      'liver enzymes',
      'alanine aminotransferase',
      'aspartate aminotransferase',
      'transaminases',
      'liver tests',
    ],
  },
  hemoglobin: { said: 'hemoglobin', names: ['hemoglobin', 'haemoglobin', 'hematocrit'] },
  hematocrit: { said: 'hematocrit', names: ['hematocrit', 'hemoglobin'] },
  wbc: {
    said: 'white blood cell count',
    names: [
      'white blood cell count',
      'white blood cells',
      'WBC',
      'leukocytes',
      'neutrophils',
      'absolute neutrophil count',
    ],
  },
  platelets: { said: 'platelet count', names: ['platelets', 'platelet count'] },
  ldl: { said: 'LDL cholesterol', names: ['LDL cholesterol', 'LDL', 'cholesterol'] },
  hdl: { said: 'HDL cholesterol', names: ['HDL cholesterol', 'HDL'] },
  triglycerides: { said: 'triglycerides', names: ['triglycerides', 'triglyceride'] },
  ck: { said: 'CK', names: ['CK', 'creatine kinase', 'CPK'] },
  b12: { said: 'vitamin B12', names: ['vitamin B12', 'B12', 'cobalamin'] },
  folate: { said: 'folate', names: ['folate', 'folic acid'] },
  vitaminD: {
    said: 'vitamin D level',
    names: ['vitamin D', '25-hydroxyvitamin D', '25-hydroxy vitamin D', 'vitamin D, 25-hydroxy'],
  },
  prolactin: { said: 'prolactin', names: ['prolactin'] },
  psa: { said: 'PSA', names: ['PSA', 'prostate specific antigen'] },
  ammonia: { said: 'ammonia level', names: ['ammonia'] },
  lipase: { said: 'lipase', names: ['lipase', 'amylase'] },
  lithium: { said: 'lithium level', names: ['lithium', 'lithium level'] },
  digoxin: { said: 'digoxin level', names: ['digoxin', 'digoxin level'] },
  ferritin: { said: 'ferritin', names: ['ferritin', 'iron'] },
  bilirubin: { said: 'bilirubin', names: ['bilirubin', 'total bilirubin'] },
  troponin: { said: 'troponin', names: ['troponin', 'troponin T', 'troponin I'] },
  testosterone: { said: 'testosterone', names: ['testosterone', 'total testosterone'] },
};

const table: readonly (readonly [Effect, string, string])[] = [
  // [effect, source of the group, medicine: value, value; medicine: value …]
  [
    'raises',
    'FDA label, ACE inhibitors (Zestril 5.5, Vasotec, Altace, Lotensin: hyperkalemia; impaired renal function)',
    'lisinopril: potassium, creatinine, bun; enalapril: potassium, creatinine; ramipril: potassium; benazepril: potassium',
  ],
  [
    'raises',
    'FDA label, angiotensin receptor blockers (Cozaar 5.3-5.4, Diovan, Benicar, Avapro, Atacand, Micardis)',
    'losartan: potassium, creatinine; valsartan: potassium; olmesartan: potassium; irbesartan: potassium; candesartan: potassium; telmisartan: potassium',
  ],
  [
    'raises',
    'FDA label, Entresto 5.4 (hyperkalemia)',
    'sacubitril and valsartan/sacubitril/valsartan/sacubitril-valsartan/Entresto: potassium',
  ],
  [
    'raises',
    'FDA label, potassium-sparing diuretics (Aldactone 5.1, Inspra 5.1, Dyazide, Midamor boxed warnings)',
    'spironolactone: potassium; eplerenone: potassium; triamterene: potassium; amiloride: potassium; finerenone/Kerendia: potassium',
  ],
  [
    'raises',
    'FDA label, Bactrim (hyperkalemia; creatinine without loss of filtration; warfarin)',
    'trimethoprim/sulfamethoxazole/sulfamethoxazole and trimethoprim/trimethoprim-sulfamethoxazole/Bactrim: potassium, creatinine, inr',
  ],
  ['raises', 'FDA label, K-Tab (potassium chloride)', 'potassium chloride: potassium'],
  [
    'raises',
    'FDA label, calcineurin inhibitors (Prograf 5.5-5.9, Neoral)',
    'tacrolimus: potassium, creatinine, glucose; cyclosporine: potassium, creatinine, uricAcid',
  ],
  [
    'raises',
    'FDA label, NSAIDs (Motrin, Naprosyn, Celebrex, Mobic 5.6: renal toxicity and hyperkalemia)',
    'ibuprofen: creatinine, potassium; naproxen: creatinine; celecoxib: creatinine; meloxicam: creatinine, potassium; diclofenac: liver',
  ],
  ['raises', 'FDA label, heparin 5 and 6 (hyperkalemia)', 'heparin: potassium'],
  [
    'lowers',
    'FDA label, loop diuretics (Lasix precautions, Bumex, Demadex 5.2)',
    'furosemide/Lasix: potassium, magnesium, calcium; bumetanide: potassium; torsemide: potassium, magnesium',
  ],
  [
    'raises',
    'FDA label, loop diuretics (Lasix precautions: hyperuricemia, BUN)',
    'furosemide: uricAcid, bun; torsemide: uricAcid',
  ],
  [
    'lowers',
    'FDA label, thiazide and similar diuretics (Microzide 5, Thalitone, Zaroxolyn, Lozol)',
    'hydrochlorothiazide: potassium, sodium, magnesium; chlorthalidone: potassium, sodium; metolazone: potassium; indapamide: potassium, sodium',
  ],
  [
    'raises',
    'FDA label, thiazide and similar diuretics (hyperuricemia, hypercalcemia, hyperglycemia)',
    'hydrochlorothiazide: uricAcid, calcium, glucose; chlorthalidone: uricAcid, calcium, glucose',
  ],
  [
    'lowers',
    'FDA label, beta-2 agonists (ProAir 5.7, Serevent: hypokalemia)',
    'albuterol: potassium; salmeterol: potassium',
  ],
  [
    'lowers',
    'FDA label, corticosteroids (Florinef, prednisone: potassium loss)',
    'fludrocortisone: potassium; prednisone: potassium',
  ],
  [
    'raises',
    'FDA label, corticosteroids (Deltasone, Medrol, Decadron: hyperglycemia; leukocytosis)',
    'prednisone: glucose, wbc; prednisolone: glucose; methylprednisolone: glucose; dexamethasone: glucose, wbc',
  ],
  [
    'lowers',
    'FDA label, SSRIs and SNRIs (Zoloft 5.8, Celexa, Lexapro, Prozac, Paxil, Effexor, Cymbalta: hyponatremia)',
    'sertraline: sodium; citalopram: sodium; escitalopram: sodium; fluoxetine: sodium; paroxetine: sodium; venlafaxine: sodium; duloxetine: sodium; mirtazapine: sodium',
  ],
  [
    'lowers',
    'FDA label, Tegretol and Trileptal (hyponatremia); Tegretol boxed warning (blood counts)',
    'carbamazepine: sodium, wbc; oxcarbazepine: sodium',
  ],
  ['lowers', 'FDA label, Nocdurna boxed warning (hyponatremia)', 'desmopressin: sodium'],
  ['raises', 'FDA label, Samsca 5.1 (correction of sodium)', 'tolvaptan: sodium'],
  [
    'raises',
    'FDA label, atypical antipsychotics (Zyprexa 5.5, Seroquel 5.5, Clozaril, Risperdal 5.5-5.6)',
    'olanzapine: glucose, triglycerides; quetiapine: glucose, triglycerides; clozapine: glucose; risperidone: glucose, prolactin',
  ],
  [
    'raises',
    'FDA label, statins (Lipitor 5.3 and 5.4, Crestor, Zocor: A1c and transaminases; CK)',
    'atorvastatin: liver, a1c, ck; rosuvastatin: liver, a1c; simvastatin: liver, ck; pravastatin: liver',
  ],
  [
    'lowers',
    'FDA label, lipid-lowering medicines (Lipitor 14, Crestor 14, Zetia 14, Repatha 14, Welchol 14, Tricor 14, Vascepa 14)',
    'atorvastatin: ldl; rosuvastatin: ldl; ezetimibe: ldl; evolocumab: ldl; colesevelam: ldl; pravastatin: ldl; fenofibrate: triglycerides; gemfibrozil: triglycerides; icosapent ethyl/icosapent/Vascepa: triglycerides; niacin: triglycerides',
  ],
  [
    'raises',
    'FDA label, Niaspan 5 and 14, Welchol 5.1, Tricor 5 (creatinine)',
    'niacin: glucose, uricAcid, hdl, liver; colesevelam: triglycerides; fenofibrate: creatinine, liver',
  ],
  [
    'lowers',
    'FDA label, glucose-lowering medicines (section 14: A1c and fasting glucose)',
    'metformin: glucose, a1c; glipizide: glucose; glimepiride: glucose, a1c; glyburide: glucose; insulin glargine/Lantus: glucose; insulin lispro/Humalog: glucose; sitagliptin: a1c; empagliflozin/Jardiance: a1c; dapagliflozin: glucose; semaglutide/Ozempic: a1c; dulaglutide/Trulicity: glucose; pioglitazone: a1c, hemoglobin; tirzepatide/Mounjaro: a1c',
  ],
  ['lowers', 'FDA label, Glucophage 5.2 (vitamin B12)', 'metformin: b12'],
  [
    'raises',
    'FDA label, GLP-1 agonists (Ozempic 6.1, Victoza: amylase and lipase); Jardiance 6.1 (hematocrit)',
    'semaglutide: lipase; liraglutide: lipase; empagliflozin: hematocrit',
  ],
  [
    'raises',
    'FDA label, Coumadin 7 (medicines that raise the INR)',
    'amiodarone: inr; metronidazole/Flagyl: inr; fluconazole: inr; ciprofloxacin: inr; levofloxacin: inr; clarithromycin: inr; erythromycin: inr; acetaminophen/Tylenol: inr; rosuvastatin: inr; simvastatin: inr; fenofibrate: inr; gemfibrozil: inr; warfarin: inr',
  ],
  [
    'lowers',
    'FDA label, Coumadin 7 (medicines that lower the INR)',
    "carbamazepine: inr; rifampin: inr; phenobarbital: inr; phytonadione/vitamin K/vitamin K1/vitamin K: inr; St. John's wort/St John's wort/St. John's wort: inr",
  ],
  [
    'raises',
    'FDA label, Tagamet, Viread, Tivicay (creatinine)',
    'cimetidine: creatinine; tenofovir/tenofovir disoproxil/tenofovir disoproxil fumarate/tenofovir: creatinine; dolutegravir: creatinine',
  ],
  [
    'lowers',
    'FDA label, gout medicines (Zyloprim, Uloric 14, probenecid)',
    'allopurinol: uricAcid; febuxostat: uricAcid; probenecid: uricAcid',
  ],
  [
    'raises',
    'FDA label, lithium 5 (hypercalcemia, hypothyroidism, leukocytosis)',
    'lithium: calcium, tsh, wbc',
  ],
  [
    'raises',
    'NIH Office of Dietary Supplements, vitamin D and calcium fact sheets; Rocaltrol label',
    'calcitriol: calcium; cholecalciferol/vitamin D3/vitamin D/vitamin D: calcium, vitaminD',
  ],
  [
    'lowers',
    'FDA label, bone medicines and Sensipar (hypocalcemia)',
    'denosumab/Prolia: calcium; alendronate: calcium; cinacalcet: calcium',
  ],
  [
    'lowers',
    'FDA label, proton pump inhibitors (Prilosec 5: hypomagnesemia, vitamin B12)',
    'omeprazole: magnesium, b12; esomeprazole: magnesium; pantoprazole: magnesium, b12; lansoprazole: magnesium',
  ],
  [
    'raises',
    'OTC Drug Facts, Phillips milk of magnesia (magnesium; kidney disease warning)',
    'magnesium hydroxide/milk of magnesia: magnesium',
  ],
  [
    'lowers',
    'FDA label, Synthroid 2.4, Cytomel (TSH as the measure of dose)',
    'levothyroxine/Synthroid: tsh; liothyronine: tsh',
  ],
  ['lowers', 'FDA safety communication on biotin interference, 2019', 'biotin: tsh, troponin'],
  ['raises', 'FDA label, Synthroid 7.1 (iron and calcium bind levothyroxine)', 'ferrous sulfate/iron: tsh'],
  [
    'raises',
    'NIH Office of Dietary Supplements, iron fact sheet',
    'ferrous sulfate/iron: ferritin, hemoglobin',
  ],
  [
    'raises',
    'FDA label, hepatotoxicity sections (methotrexate, isoniazid, Lamisil, Nizoral, Depakote, Pacerone, Arava, Augmentin)',
    'methotrexate: liver; isoniazid: liver; terbinafine: liver; ketoconazole: liver; divalproex/valproate/valproic acid/divalproex sodium/Depakote: liver, ammonia; amiodarone: liver; leflunomide: liver',
  ],
  [
    'raises',
    'FDA label, epoetin and testosterone (hemoglobin, hematocrit)',
    'epoetin alfa/epoetin/Procrit: hemoglobin; testosterone: hematocrit',
  ],
  [
    'lowers',
    'FDA label, marrow toxicity (Clozaril, Tapazole, Imuran, Trexall, Retrovir, Copegus)',
    'clozapine: wbc; methimazole: wbc; azathioprine: wbc; methotrexate: wbc; ribavirin: hemoglobin; zidovudine: hemoglobin',
  ],
  [
    'lowers',
    'FDA label, thrombocytopenia (heparin 5, Lovenox 5, Depakote 5, Zyvox 5)',
    'heparin: platelets; enoxaparin/Lovenox: platelets; divalproex/valproate/valproic acid/divalproex sodium/Depakote: platelets; linezolid: platelets',
  ],
  [
    'raises',
    'FDA label, isotretinoin 5 and oral estrogens 5 (triglycerides)',
    'isotretinoin: triglycerides; estradiol: triglycerides',
  ],
  [
    'lowers',
    'NIH Office of Dietary Supplements, folate and vitamin D fact sheets (interactions)',
    'phenytoin: folate, vitaminD; sulfasalazine: folate; orlistat: vitaminD',
  ],
  [
    'raises',
    'FDA label, Reglan 5 and haloperidol (prolactin)',
    'metoclopramide: prolactin; haloperidol: prolactin',
  ],
  ['lowers', 'FDA label, Dostinex 14 (prolactin)', 'cabergoline: prolactin'],
  [
    'lowers',
    'FDA label, Proscar 5.1, Avodart 5.1 (PSA falls by about half)',
    'finasteride: psa; dutasteride: psa',
  ],
  [
    'lowers',
    'FDA label, Topamax 5 and Diamox (metabolic acidosis)',
    'topiramate: bicarbonate; acetazolamide: bicarbonate',
  ],
  [
    'lowers',
    'FDA label, phosphate binders (Renvela 14, PhosLo 14, Fosrenol 14)',
    'sevelamer: phosphorus; calcium acetate: phosphorus; lanthanum/lanthanum carbonate/lanthanum: phosphorus',
  ],
  [
    'raises',
    'FDA label, lithium 7 (diuretics, NSAIDs, ACE inhibitors, ARBs)',
    'hydrochlorothiazide: lithium; ibuprofen: lithium; lisinopril: lithium; losartan: lithium; naproxen: lithium',
  ],
  [
    'raises',
    'FDA label, Lanoxin 7 (medicines that raise digoxin)',
    'amiodarone: digoxin; verapamil: digoxin; clarithromycin: digoxin; dronedarone: digoxin',
  ],
  ['raises', 'FDA label, Reyataz 5 (hyperbilirubinemia)', 'atazanavir: bilirubin'],
  ['lowers', 'FDA label, Lupron 12 (testosterone)', 'leuprolide: testosterone'],
  [
    'none',
    'FDA label, sections 5, 6 and 7 name no such effect: amlodipine, loratadine, cetirizine, fexofenadine',
    'amlodipine: potassium, sodium, inr, tsh; loratadine/Claritin: glucose, potassium, inr; cetirizine/Zyrtec: potassium, creatinine; fexofenadine/Allegra: inr, glucose',
  ],
  [
    'none',
    'FDA label, sections 5, 6 and 7 name no such effect: gabapentin, levothyroxine, famotidine, metformin',
    'gabapentin: potassium, inr; levothyroxine: potassium, sodium; famotidine/Pepcid: glucose, inr; metformin: potassium, sodium, inr',
  ],
  [
    'none',
    'FDA label, Lipitor 12.3 and Pravachol 12.3 (no effect on prothrombin time); no electrolyte effect named',
    'atorvastatin: potassium, sodium, inr; pravastatin: potassium, inr',
  ],
  [
    'none',
    'FDA label, sections 5, 6 and 7 name no such effect: montelukast, tamsulosin, fluticasone nasal, latanoprost',
    'montelukast: potassium, creatinine; tamsulosin/Flomax: potassium, creatinine, psa; fluticasone/Flonase: potassium; latanoprost: potassium, glucose',
  ],
  [
    'none',
    'FDA label, sections 5, 6 and 7 name no such effect: warfarin, apixaban, clopidogrel, nitroglycerin',
    'warfarin: potassium, tsh; apixaban/Eliquis: potassium, glucose; clopidogrel: potassium, tsh; nitroglycerin: potassium',
  ],
  [
    'none',
    'FDA label, sections 5, 6 and 7 name no such effect: zolpidem, buspirone, donepezil, hydroxyzine',
    'zolpidem: potassium; buspirone: potassium; donepezil: tsh; hydroxyzine: potassium',
  ],
  [
    'none',
    'FDA label or OTC Drug Facts name no such effect: docusate, guaifenesin, meclizine, finasteride, cyclobenzaprine',
    'docusate/Colace: sodium; guaifenesin/Mucinex: potassium; meclizine: glucose; finasteride: potassium, a1c; cyclobenzaprine: potassium',
  ],
];

const neutral: readonly [string, ...string[]] = [
  'Does {drug} do anything to my {lab}?',
  "I'm on {drug}. Will it change my {lab}?",
  'They are checking my {lab} next week. Does the {drug} affect it?',
  'What does {drug} do to your {lab}?',
  'Would {drug} throw off my {lab}?',
  'I started {drug} last month. Is it going to show up in my {lab}?',
  'My son says {drug} can change the {lab}. Is that so?',
  'How does {drug} affect {lab}, up or down?',
  'Is my {lab} off because of the {drug}, do you think?',
  'They want to check my {lab}. Is that because of my {drug}?',
];
/** These suggest a direction, which may be the wrong one. */
const leadingUp: readonly [string, ...string[]] = [
  'Could my {drug} be making my {lab} go up?',
  'Does {drug} raise your {lab}?',
  'Can {drug} make the {lab} too high?',
  'I take {drug}, and they said my {lab} is high. Could it be from that?',
];
const leadingDown: readonly [string, ...string[]] = [
  'Could my {drug} be making my {lab} go down?',
  'Does {drug} lower your {lab}?',
  'Can {drug} make the {lab} too low?',
  'I take {drug}, and my {lab} was low. Is that why?',
];

/** The medicine without which the question would not be asked. */
function companionOf(lab: string, medicine: string): string | undefined {
  if (lab === 'inr' && medicine !== 'warfarin') return 'warfarin';
  if (lab === 'lithium' || lab === 'digoxin') return lab;
  return lab === 'tsh' && medicine === 'ferrous sulfate' ? 'levothyroxine' : undefined;
}

/** One task a medicine and value. */
export function labEffectTasks(): TaskJson[] {
  const rows = table.flatMap(([effect, source, medicines]) =>
    medicines.split('; ').flatMap((entry) => {
      const [named = '', values = ''] = entry.split(': ');
      const names = named.split('/');
      return values.split(', ').map((lab) => ({ effect, source, names, lab }));
    }),
  );
  return rows.map(({ effect, source, names, lab }, index) => {
    const value = labs[lab];
    if (!value) throw new Error(`no laboratory value ${lab}`);
    const said = names.at(-1) ?? '';
    const wordings = turn([neutral, neutral, leadingUp, neutral, leadingDown], index);
    const companion = companionOf(lab, names[0] ?? '');
    return {
      id: `lab-effect-${numbered(index)}`,
      kind: 'lab-effect',
      specialist: 'labs-vitals',
      source,
      verified: true,
      patient: {
        ...adult(index),
        medications: [...(companion === undefined ? [] : [{ name: companion }]), { name: names[0] ?? '' }],
      },
      heard: fill(turn(wordings, Math.floor(index / 5) + index), { drug: said, lab: value.said }),
      expect: {
        facts: [{ kind: 'lab-effect', subjects: [names, value.names], severity: effect, only: true }],
      },
    };
  });
}
