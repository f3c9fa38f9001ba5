import { adult, fill, numbered, turn, type TaskJson } from './making.js';

/*
 * Medicines that are bought without a prescription, for people with a condition: should be avoided, or are fine.
 * Written from the warnings of OTC Drug Facts labels ("do not use", "ask a doctor before use if you have") and from
 * the guidelines that a row names, not from the knowledge base.
 */

interface Condition {
  /** As charts write it; rows take turns. */
  readonly charts: readonly [string, ...string[]];
  /** A medicine that such a patient often takes and that changes no answer here. */
  readonly medicine: string | undefined;
  readonly sex?: 'female' | 'male';
  readonly age?: number;
}

const conditions = {
  pressure: { charts: ['hypertension', 'high blood pressure'], medicine: 'amlodipine' },
  heart: { charts: ['heart failure', 'congestive heart failure'], medicine: 'carvedilol' },
  kidney: {
    charts: ['chronic kidney disease stage 4', 'chronic kidney disease', 'chronic kidney disease stage 3'],
    medicine: 'amlodipine',
  },
  ulcer: {
    charts: ['peptic ulcer disease', 'gastrointestinal bleeding', 'stomach ulcer'],
    medicine: 'pantoprazole',
  },
  asthma: {
    charts: ['aspirin-sensitive asthma', 'aspirin-exacerbated respiratory disease'],
    medicine: 'montelukast',
  },
  glaucoma: { charts: ['narrow-angle glaucoma', 'angle-closure glaucoma'], medicine: 'latanoprost' },
  prostate: {
    charts: ['benign prostatic hyperplasia', 'enlarged prostate'],
    medicine: 'tamsulosin',
    sex: 'male',
  },
  liver: { charts: ['cirrhosis', 'liver disease'], medicine: undefined },
  diabetes: { charts: ['type 2 diabetes', 'diabetes'], medicine: 'metformin' },
  pregnancy: { charts: ['pregnancy', 'pregnant'], medicine: undefined, sex: 'female', age: 31 },
  thyroid: { charts: ['hyperthyroidism'], medicine: 'methimazole' },
  coronary: { charts: ['coronary artery disease'], medicine: 'atorvastatin' },
  dementia: { charts: ['dementia', "Alzheimer's disease"], medicine: 'donepezil', age: 82 },
  warfarin: { charts: ['atrial fibrillation'], medicine: 'warfarin' },
  apixaban: { charts: ['atrial fibrillation', 'deep vein thrombosis'], medicine: 'apixaban' },
  lithium: { charts: ['bipolar disorder'], medicine: 'lithium' },
  sertraline: { charts: ['depression'], medicine: 'sertraline' },
  phenelzine: { charts: ['depression'], medicine: 'phenelzine' },
  losartan: { charts: ['hypertension'], medicine: 'losartan' },
} as const satisfies Record<string, Condition>;
type ConditionName = keyof typeof conditions;

interface Product {
  readonly said: string;
  /** Names under which a right answer may know it or what is in it. */
  readonly names: readonly string[];
  readonly need: string;
}

const product = (said: string, need: string, ...names: string[]): Product => ({
  said,
  need,
  names: [...names, said],
});
const decongestant = ['pseudoephedrine'];
const nsaid = 'ibuprofen';
const products = {
  sudafed: product('Sudafed', 'a stuffy nose', ...decongestant),
  pseudoephedrine: product('pseudoephedrine', 'my sinuses', ...decongestant),
  sudafedPe: product('Sudafed PE', 'a stuffy nose', 'phenylephrine'),
  mucinexD: product('Mucinex D', 'this chest cold', 'pseudoephedrine', 'guaifenesin'),
  claritinD: product('Claritin-D', 'my allergies', 'pseudoephedrine', 'loratadine'),
  zyrtecD: product('Zyrtec-D', 'hay fever', 'pseudoephedrine', 'cetirizine'),
  dayquil: product('DayQuil', 'a bad cold', 'phenylephrine', 'acetaminophen', 'dextromethorphan'),
  afrin: product('Afrin nasal spray', 'my nose', 'oxymetazoline', 'Afrin'),
  primatene: product('Primatene Mist', 'my wheezing', 'epinephrine'),
  advil: product('Advil', 'my knee', nsaid),
  motrin: product('Motrin', 'a headache', nsaid),
  ibuprofen: product('ibuprofen', 'my back', nsaid),
  aleve: product('Aleve', 'my shoulder', 'naproxen', 'naproxen sodium'),
  naproxen: product('naproxen', 'my hip', 'naproxen sodium'),
  aspirin: product('aspirin', 'a headache'),
  bayer: product('Bayer aspirin', 'my aching joints', 'aspirin', 'Bayer'),
  excedrin: product('Excedrin', 'a migraine', 'aspirin', 'acetaminophen', 'caffeine'),
  alkaSeltzer: product('Alka-Seltzer', 'an upset stomach', 'aspirin', 'sodium bicarbonate'),
  pepto: product('Pepto-Bismol', 'an upset stomach', 'bismuth subsalicylate', 'bismuth'),
  advilPm: product('Advil PM', 'sleeping', 'ibuprofen', 'diphenhydramine'),
  voltaren: product('Voltaren gel', 'my knee', 'diclofenac', 'Voltaren'),
  benadryl: product('Benadryl', 'itching', 'diphenhydramine'),
  zzzquil: product('ZzzQuil', 'sleeping', 'diphenhydramine'),
  unisom: product('Unisom', 'sleeping', 'doxylamine'),
  tylenolPm: product('Tylenol PM', 'sleeping', 'diphenhydramine', 'acetaminophen'),
  nyquil: product('NyQuil', 'a cold', 'doxylamine', 'acetaminophen', 'dextromethorphan'),
  chlorpheniramine: product('Chlor-Trimeton', 'my allergies', 'chlorpheniramine'),
  milk: product('milk of magnesia', 'constipation', 'magnesium hydroxide', 'magnesium'),
  citrate: product('magnesium citrate', 'constipation', 'magnesium'),
  mylanta: product(
    'Mylanta',
    'a sour stomach',
    'magnesium hydroxide',
    'aluminum hydroxide',
    'aluminum hydroxide and magnesium hydroxide',
    'magnesium',
  ),
  fleet: product('a Fleet enema', 'constipation', 'sodium phosphate', 'sodium phosphates', 'Fleet enema'),
  bakingSoda: product('sodium bicarbonate', 'heartburn'),
  wort: product("St. John's wort", 'my mood', "St John's wort"),
  ginkgo: product('ginkgo', 'my memory', 'ginkgo biloba'),
  delsym: product('Delsym', 'a cough', 'dextromethorphan'),
  tylenol: product('Tylenol', 'a headache', 'acetaminophen'),
  acetaminophen: product('acetaminophen', 'my back'),
  monistat: product('Monistat', 'a yeast infection', 'miconazole'),
  saline: product('a saline nasal spray', 'my nose', 'saline', 'sodium chloride', 'saline nasal spray'),
  claritin: product('Claritin', 'my allergies', 'loratadine'),
  loratadine: product('loratadine', 'hay fever'),
  zyrtec: product('Zyrtec', 'my allergies', 'cetirizine'),
  allegra: product('Allegra', 'hay fever', 'fexofenadine'),
  mucinex: product('plain Mucinex', 'a chest cold', 'guaifenesin', 'Mucinex'),
  guaifenesin: product('guaifenesin', 'this phlegm'),
  pepcid: product('Pepcid', 'heartburn', 'famotidine'),
  tums: product('Tums', 'a sour stomach', 'calcium carbonate'),
  colace: product('Colace', 'constipation', 'docusate', 'docusate sodium'),
  miralax: product('MiraLAX', 'constipation', 'polyethylene glycol', 'polyethylene glycol 3350'),
  metamucil: product('Metamucil', 'constipation', 'psyllium'),
  gasx: product('Gas-X', 'gas', 'simethicone'),
  hydrocortisone: product('hydrocortisone cream', 'a rash', 'hydrocortisone'),
  flonase: product('Flonase', 'my allergies', 'fluticasone'),
  robitussin: product('dextromethorphan', 'a cough'),
  lidocaine: product('a lidocaine patch', 'my back', 'lidocaine'),
  capsaicin: product('capsaicin cream', 'my knee', 'capsaicin'),
  clotrimazole: product('clotrimazole cream', "athlete's foot", 'clotrimazole'),
  bacitracin: product('bacitracin ointment', 'a scratch', 'bacitracin', 'Neosporin'),
  senna: product('Senokot', 'constipation', 'senna', 'sennosides'),
} as const satisfies Record<string, Product>;
type ProductName = keyof typeof products;

type Row = readonly [condition: ConditionName, source: string, products: readonly ProductName[]];

const avoid: readonly Row[] = [
  [
    'pressure',
    'OTC Drug Facts, decongestants: ask a doctor before use if you have high blood pressure',
    ['sudafed', 'pseudoephedrine', 'sudafedPe', 'mucinexD', 'claritinD', 'zyrtecD', 'dayquil', 'afrin'],
  ],
  [
    'pressure',
    'OTC Drug Facts, NSAIDs: high blood pressure; 2017 ACC/AHA hypertension guideline, table 14',
    ['advil', 'aleve', 'ibuprofen', 'naproxen', 'motrin'],
  ],
  ['pressure', 'OTC Drug Facts, Primatene Mist: high blood pressure', ['primatene']],
  [
    'heart',
    '2022 AHA/ACC/HFSA heart failure guideline 7.3.7 (NSAIDs); AHA statement 2016 on drugs that worsen heart failure',
    ['advil', 'motrin', 'ibuprofen', 'aleve', 'naproxen', 'advilPm'],
  ],
  [
    'heart',
    'AHA statement 2016 on drugs that worsen heart failure (decongestants, sodium in effervescent products)',
    ['sudafed', 'pseudoephedrine', 'mucinexD', 'alkaSeltzer', 'claritinD', 'bakingSoda'],
  ],
  [
    'kidney',
    'KDIGO 2024 CKD guideline 4.1 and NKF advice: avoid NSAIDs',
    ['advil', 'motrin', 'ibuprofen', 'aleve', 'naproxen', 'advilPm'],
  ],
  [
    'kidney',
    'OTC Drug Facts, magnesium and phosphate products: ask a doctor if you have kidney disease',
    ['milk', 'citrate', 'mylanta', 'fleet'],
  ],
  [
    'ulcer',
    'OTC Drug Facts, NSAIDs and aspirin: stomach bleeding warning',
    [
      'advil',
      'motrin',
      'ibuprofen',
      'aleve',
      'naproxen',
      'aspirin',
      'bayer',
      'excedrin',
      'alkaSeltzer',
      'advilPm',
    ],
  ],
  ['ulcer', 'OTC Drug Facts, Pepto-Bismol: do not use if you have an ulcer or a bleeding problem', ['pepto']],
  [
    'asthma',
    'OTC Drug Facts, NSAIDs and aspirin: do not use with asthma after a pain reliever (allergy alert)',
    ['advil', 'motrin', 'aleve', 'naproxen', 'aspirin', 'bayer', 'excedrin', 'ibuprofen', 'alkaSeltzer'],
  ],
  [
    'glaucoma',
    'OTC Drug Facts, first-generation antihistamines: ask a doctor before use if you have glaucoma',
    ['benadryl', 'zzzquil', 'unisom', 'tylenolPm', 'nyquil', 'chlorpheniramine', 'advilPm'],
  ],
  [
    'prostate',
    'OTC Drug Facts: trouble urinating due to an enlarged prostate gland',
    [
      'benadryl',
      'zzzquil',
      'unisom',
      'tylenolPm',
      'nyquil',
      'chlorpheniramine',
      'sudafed',
      'pseudoephedrine',
      'claritinD',
      'mucinexD',
    ],
  ],
  [
    'liver',
    'OTC Drug Facts, acetaminophen: liver warning',
    ['tylenol', 'acetaminophen', 'nyquil', 'tylenolPm', 'excedrin', 'dayquil'],
  ],
  [
    'liver',
    'AASLD practice guidance on cirrhosis and ascites 2021: avoid NSAIDs',
    ['advil', 'aleve', 'ibuprofen', 'naproxen'],
  ],
  [
    'diabetes',
    'OTC Drug Facts, decongestants: ask a doctor before use if you have diabetes',
    ['sudafed', 'pseudoephedrine', 'mucinexD', 'claritinD'],
  ],
  [
    'pregnancy',
    'FDA drug safety communication 2020: NSAIDs from 20 weeks; OTC Drug Facts, aspirin',
    ['advil', 'motrin', 'ibuprofen', 'aleve', 'naproxen', 'bayer'],
  ],
  ['pregnancy', 'OTC Drug Facts and ACOG, salicylates in pregnancy', ['pepto', 'alkaSeltzer', 'excedrin']],
  [
    'thyroid',
    'OTC Drug Facts, decongestants: ask a doctor before use if you have thyroid disease',
    ['sudafed', 'pseudoephedrine', 'claritinD', 'mucinexD'],
  ],
  [
    'coronary',
    'OTC Drug Facts: heart disease (decongestants, epinephrine); FDA NSAID warning 2015',
    ['sudafed', 'pseudoephedrine', 'primatene', 'advil', 'aleve', 'mucinexD', 'ibuprofen'],
  ],
  [
    'dementia',
    'AGS Beers criteria 2023: strongly anticholinergic medicines in dementia',
    ['benadryl', 'zzzquil', 'unisom', 'tylenolPm', 'chlorpheniramine'],
  ],
  [
    'warfarin',
    'FDA label, Coumadin 7; OTC Drug Facts: ask if you take a blood thinner',
    [
      'advil',
      'aleve',
      'aspirin',
      'motrin',
      'excedrin',
      'pepto',
      'ginkgo',
      'wort',
      'monistat',
      'alkaSeltzer',
      'naproxen',
    ],
  ],
  [
    'apixaban',
    'FDA label, Eliquis 7.3 (NSAIDs, aspirin) and 7.2 (combined inducers)',
    ['advil', 'aleve', 'ibuprofen', 'aspirin', 'wort', 'naproxen'],
  ],
  ['lithium', 'FDA label, lithium 7 (NSAIDs)', ['advil', 'aleve', 'ibuprofen', 'naproxen']],
  [
    'sertraline',
    'FDA label, Zoloft 7 (serotonergic medicines; NSAIDs and bleeding)',
    ['wort', 'advil', 'aspirin', 'delsym'],
  ],
  [
    'phenelzine',
    'OTC Drug Facts: do not use if you take a MAOI; FDA label, Nardil',
    ['sudafed', 'delsym', 'dayquil', 'robitussin', 'mucinexD', 'pseudoephedrine'],
  ],
  ['losartan', 'FDA label, Cozaar 7 (NSAIDs)', ['ibuprofen', 'aleve']],
];

const fine: readonly Row[] = [
  [
    'pressure',
    'OTC Drug Facts name no warning for high blood pressure',
    [
      'saline',
      'claritin',
      'zyrtec',
      'allegra',
      'mucinex',
      'guaifenesin',
      'tums',
      'colace',
      'gasx',
      'hydrocortisone',
      'flonase',
      'robitussin',
      'metamucil',
      'pepcid',
    ],
  ],
  [
    'heart',
    'OTC Drug Facts name no warning for heart failure; acetaminophen as in AHA patient advice',
    [
      'tylenol',
      'acetaminophen',
      'saline',
      'claritin',
      'mucinex',
      'colace',
      'gasx',
      'flonase',
      'allegra',
      'hydrocortisone',
    ],
  ],
  [
    'kidney',
    'NKF advice on pain and cold medicines: acetaminophen; topical and inert products',
    [
      'tylenol',
      'acetaminophen',
      'bacitracin',
      'lidocaine',
      'capsaicin',
      'gasx',
      'flonase',
      'colace',
      'clotrimazole',
    ],
  ],
  [
    'ulcer',
    'OTC Drug Facts name no stomach bleeding warning',
    [
      'tylenol',
      'acetaminophen',
      'claritin',
      'pepcid',
      'tums',
      'gasx',
      'mucinex',
      'lidocaine',
      'allegra',
      'zyrtec',
    ],
  ],
  [
    'asthma',
    'AAAAI advice on aspirin-exacerbated respiratory disease: acetaminophen in usual doses; no warning on the others',
    ['tylenol', 'pepcid', 'claritin', 'zyrtec', 'tums', 'colace', 'flonase'],
  ],
  [
    'glaucoma',
    'OTC Drug Facts name no glaucoma warning',
    ['tylenol', 'acetaminophen', 'mucinex', 'tums', 'metamucil', 'advil', 'colace', 'gasx'],
  ],
  [
    'prostate',
    'OTC Drug Facts name no prostate warning',
    ['tylenol', 'acetaminophen', 'mucinex', 'flonase', 'metamucil', 'tums', 'colace', 'gasx'],
  ],
  [
    'diabetes',
    'OTC Drug Facts name no diabetes warning',
    [
      'tylenol',
      'acetaminophen',
      'claritin',
      'zyrtec',
      'tums',
      'colace',
      'lidocaine',
      'flonase',
      'gasx',
      'pepcid',
      'allegra',
      'miralax',
    ],
  ],
  [
    'pregnancy',
    'ACOG patient advice: acetaminophen, antacids, docusate, saline',
    ['tylenol', 'tums', 'colace', 'saline', 'gasx'],
  ],
  [
    'dementia',
    'AGS Beers criteria 2023 name no such warning',
    ['tylenol', 'claritin', 'metamucil', 'tums', 'allegra'],
  ],
  [
    'warfarin',
    'FDA label, Coumadin 7 names no such interaction',
    ['claritin', 'lidocaine', 'gasx', 'colace', 'zyrtec', 'allegra'],
  ],
  [
    'coronary',
    'OTC Drug Facts name no heart disease warning',
    ['tylenol', 'claritin', 'mucinex', 'hydrocortisone', 'gasx', 'senna'],
  ],
  [
    'liver',
    'OTC Drug Facts name no liver warning',
    ['hydrocortisone', 'gasx', 'hydrocortisone', 'clotrimazole'],
  ],
];

const wordings: readonly [string, ...string[]] = [
  'Can I take {product} for {need}?',
  'Is it okay if I use {product} for {need}?',
  "I've been taking {product} for {need} since Monday.",
  'My daughter picked up {product} for {need}. Is that all right for me?',
  'I was going to try {product} for {need}.',
  'Would {product} be safe for me? It is for {need}.',
  'I used {product} last night for {need}.',
  'The store had {product} on sale, so I got it for {need}.',
  "What about {product}? I've got it here for {need}.",
  'I took {product} this morning for {need}, is that a problem?',
];

const serious = ['contraindicated', 'major', 'moderate'];

function taskOf(
  [condition, source, name]: readonly [ConditionName, string, ProductName],
  index: number,
  avoided: boolean,
): TaskJson {
  const { charts, medicine, sex, age }: Condition = conditions[condition];
  const { said, names, need }: Product = products[name];
  const person = adult(index);
  return {
    id: `${avoided ? 'otc-avoid' : 'otc-fine'}-${numbered(index)}`,
    kind: avoided ? 'otc-to-avoid' : 'otc-that-is-fine',
    specialist: 'medication',
    source,
    verified: true,
    patient: {
      age: age ?? person.age,
      sex: sex ?? person.sex,
      conditions: [turn(charts, index)],
      medications: medicine === undefined ? [] : [{ name: medicine }],
    },
    heard: fill(turn(wordings, index), { product: said, need }),
    expect: {
      identifies: { names },
      ...(avoided
        ? {
            facts: [
              ['contraindication', 'interaction'].map((kind) => ({
                kind,
                subjects: [names],
                severity: serious,
              })),
            ],
            mustWarn: true,
          }
        : {
            verdicts: ['PASS', 'ADVISE', 'SAY'],
            noFacts: ['contraindication', 'interaction'].map((kind) => ({
              kind,
              subjects: [names],
              severity: serious,
            })),
          }),
    },
  };
}

/** One task a condition and product. */
export function otcConditionTasks(): TaskJson[] {
  const rows = (table: readonly Row[]): (readonly [ConditionName, string, ProductName])[] =>
    table.flatMap(([condition, source, names]) => names.map((name) => [condition, source, name] as const));
  return [
    ...rows(avoid).map((row, index) => taskOf(row, index, true)),
    ...rows(fine).map((row, index) => taskOf(row, index, false)),
  ];
}
