import { adult, fill, numbered, turn, type TaskJson } from './making.js';

/*
 * A laboratory value or home reading against its reference range. Written from general knowledge of the sources that
 * each row names, not from the knowledge base. Values lie clear of the limits, because laboratories differ there;
 * where sources differ on what is critical both are right.
 */

const abim = 'ABIM laboratory test reference ranges, 2024';
const mayo = 'Mayo Clinic Laboratories, critical values; ABIM reference ranges, 2024';

type Severity = 'low' | 'normal' | 'high' | 'critical-low' | 'critical-high';

interface Reading {
  readonly kind: 'lab' | 'vital';
  readonly source: string;
  /** As the patient says it, and the names that are right for it. */
  readonly said: string;
  readonly names: readonly string[];
  readonly unit: string;
  /** Severities that are right: a value, or the same with sex or age where they matter. */
  readonly values: readonly string[];
  readonly wordings?: readonly [string, ...string[]];
}

const lab = (said: string, unit: string, names: string, source: string, values: string): Reading => ({
  kind: 'lab',
  source,
  said,
  unit,
  names: [said, ...names.split('/')].filter((name) => name !== ''),
  values: values.split(', '),
});

/** A converted unit is always said: without it the number means something else. */
const withUnit: readonly [string, ...string[]] = [
  'They said my {name} was {value} {unit}.',
  'The lab says {name} {value} {unit}.',
  'It says here that my {name} is {value} {unit}.',
];

const pressure: readonly [string, ...string[]] = [
  'My blood pressure was {value} this morning.',
  'I got {value} on the blood pressure cuff.',
  'It was {value} when I took my blood pressure just now.',
];

const vital = (
  said: string,
  unit: string,
  names: string,
  source: string,
  values: string,
  wordings?: readonly [string, ...string[]],
): Reading => ({
  ...lab(said, unit, names, source, values),
  kind: 'vital',
  ...(wordings ? { wordings } : {}),
});

/*
 * Values: "3.1 low" or "13.1 normal female"; H and L are high and low, HH and LL critical ones, N is normal, and
 * "H|HH" accepts both.
 */
const readings: readonly Reading[] = [
  lab(
    'potassium',
    'millimoles per liter',
    'serum potassium',
    mayo,
    '2.2 LL, 3.1 L, 3.9 N, 4.4 N, 4.7 N, 5.6 H, 6.8 HH',
  ),
  lab(
    'sodium',
    'millimoles per liter',
    'serum sodium',
    mayo,
    '114 LL, 130 L, 138 N, 141 N, 144 N, 150 H, 164 HH',
  ),
  lab('chloride', 'millimoles per liter', '', abim, '92 L, 101 N, 104 N, 112 H'),
  lab('bicarbonate', 'millimoles per liter', 'carbon dioxide/CO2/total CO2', abim, '18 L, 25 N, 34 H'),
  lab(
    'calcium',
    'milligrams per deciliter',
    'total calcium/serum calcium',
    mayo,
    '6.0 LL, 8.0 L, 9.2 N, 9.7 N, 11.3 H, 13.8 HH',
  ),
  lab(
    'magnesium',
    'milligrams per deciliter',
    'serum magnesium',
    abim,
    '0.8 LL|L, 1.3 L, 1.9 N, 2.2 N, 3.1 H',
  ),
  lab('phosphorus', 'milligrams per deciliter', 'phosphate', abim, '2.0 L, 3.5 N, 4.0 N, 6.0 H'),
  lab(
    'creatinine',
    'milligrams per deciliter',
    'serum creatinine',
    abim,
    '0.9 N male, 1.1 N male, 2.1 H male, 0.8 N female, 0.6 N female, 1.9 H female, 1.6 H female',
  ),
  lab(
    'BUN',
    'milligrams per deciliter',
    'urea nitrogen/blood urea nitrogen/urea',
    abim,
    '12 N, 15 N, 35 H, 48 H',
  ),
  lab(
    'fasting glucose',
    'milligrams per deciliter',
    'glucose/fasting blood glucose/blood glucose/blood sugar',
    mayo,
    '38 LL, 62 L, 84 N, 92 N, 118 H, 142 H, 520 HH',
  ),
  lab(
    'A1c',
    'percent',
    'hemoglobin A1c/HbA1c/glycated hemoglobin',
    'ADA Standards of Care 2025, section 2',
    '5.2 N, 5.4 N, 7.4 H, 8.9 H, 10.2 H',
  ),
  lab('albumin', 'grams per deciliter', '', abim, '2.6 L, 3.9 N, 4.4 N, 4.8 N'),
  lab('total bilirubin', 'milligrams per deciliter', 'bilirubin', abim, '0.5 N, 0.8 N, 2.4 H, 3.1 H'),
  lab('ALT', 'units per liter', 'alanine aminotransferase', abim, '18 N, 25 N, 29 N, 88 H, 140 H'),
  lab('AST', 'units per liter', 'aspartate aminotransferase', abim, '19 N, 24 N, 30 N, 75 H, 160 H'),
  lab('alkaline phosphatase', 'units per liter', 'ALP', abim, '60 N, 85 N, 210 H'),
  lab(
    'hemoglobin',
    'grams per deciliter',
    'haemoglobin',
    mayo,
    '15.2 N male, 16.0 N male, 11.8 L male, 18.9 H male, 13.1 N female, 14.2 N female, 10.4 L female, 9.6 L female, 5.8 LL female, 5.1 LL male',
  ),
  lab('hematocrit', 'percent', '', abim, '45 N male, 35 L male, 55 H male, 40 N female, 31 L female'),
  lab(
    'white blood cell count',
    'thousand',
    'white blood cells/WBC/leukocytes/white cell count',
    mayo,
    '2.9 L, 6.2 N, 7.8 N, 9.1 N, 14.5 H, 17.2 H',
  ),
  lab('platelet count', 'thousand', 'platelets', mayo, '16 LL, 95 L, 118 L, 210 N, 260 N, 330 N, 620 H'),
  lab('INR', '', 'prothrombin time INR', mayo, '1.0 N, 7.2 HH'),
  lab('TSH', '', 'thyroid stimulating hormone/thyrotropin', abim, '0.1 L, 1.4 N, 2.2 N, 3.0 N, 9.8 H, 24 H'),
  lab(
    'free T4',
    'nanograms per deciliter',
    'free thyroxine/thyroxine, free',
    abim,
    '0.4 L, 1.1 N, 1.4 N, 3.2 H',
  ),
  lab(
    'ferritin',
    'nanograms per milliliter',
    '',
    abim,
    '6 L female, 80 N female, 110 N male, 8 L male, 900 H male',
  ),
  lab('vitamin B12', 'picograms per milliliter', 'B12/cobalamin', abim, '120 L, 400 N, 550 N'),
  lab(
    'vitamin D',
    'nanograms per milliliter',
    '25-hydroxyvitamin D/25-hydroxy vitamin D/vitamin D, 25-hydroxy',
    'NIH Office of Dietary Supplements, vitamin D fact sheet; ABIM 2024',
    '9 L, 38 N, 42 N',
  ),
  lab(
    'uric acid',
    'milligrams per deciliter',
    'urate',
    abim,
    '4.8 N female, 5.6 N male, 9.6 H male, 10.3 H male',
  ),
  lab(
    'total cholesterol',
    'milligrams per deciliter',
    'cholesterol',
    'AHA/ACC cholesterol guideline 2018; NCEP ATP III',
    '165 N, 182 N, 262 H',
  ),
  lab(
    'LDL',
    'milligrams per deciliter',
    'LDL cholesterol',
    'NCEP ATP III table 2',
    '82 N, 90 N, 172 H, 188 H',
  ),
  lab(
    'HDL',
    'milligrams per deciliter',
    'HDL cholesterol',
    'NCEP ATP III table 2; ABIM 2024',
    '31 L male, 52 N male, 34 L female, 58 N female',
  ),
  lab(
    'triglycerides',
    'milligrams per deciliter',
    'triglyceride',
    'NCEP ATP III table 10',
    '95 N, 120 N, 310 H, 240 H',
  ),
  lab(
    'BNP',
    'picograms per milliliter',
    'B-type natriuretic peptide/natriuretic peptide B',
    abim,
    '40 N, 25 N, 640 H',
  ),
  lab('CRP', 'milligrams per liter', 'C-reactive protein', abim, '2 N, 45 H'),
  lab(
    'ESR',
    'millimeters per hour',
    'erythrocyte sedimentation rate/sed rate',
    abim,
    '8 N male, 62 H male, 12 N female, 70 H female',
  ),
  lab(
    'PSA',
    'nanograms per milliliter',
    'prostate specific antigen',
    'NCI, prostate-specific antigen test fact sheet (4.0 ng/mL as the traditional limit)',
    '1.1 N male, 2.0 N male, 11.5 H male',
  ),
  lab('CK', 'units per liter', 'creatine kinase/CPK', abim, '95 N male, 1800 H male'),
  lab('lipase', 'units per liter', '', abim, '40 N, 480 H'),
  lab(
    'lithium level',
    'millimoles per liter',
    'lithium',
    'FDA label, lithium 2.3 and 5.1; Mayo Clinic Laboratories critical values',
    '0.8 N, 0.9 N, 2.6 HH',
  ),
  lab(
    'digoxin level',
    'nanograms per milliliter',
    'digoxin',
    'Mayo Clinic Laboratories, digoxin; 2022 AHA/ACC/HFSA guideline 7.3.8',
    '0.7 N, 3.4 HH|H',
  ),
  lab(
    'GFR',
    '',
    'eGFR/estimated GFR/glomerular filtration rate/estimated glomerular filtration rate',
    'KDIGO 2024, table 2',
    '95 N, 41 L, 28 L',
  ),
  lab('iron', 'micrograms per deciliter', 'serum iron', abim, '25 L, 90 N, 110 N'),
  lab('MCV', 'femtoliters', 'mean corpuscular volume', abim, '70 L, 90 N, 112 H'),
  lab(
    'glucose',
    'millimoles per liter',
    'fasting glucose/blood glucose/blood sugar/random glucose',
    'Mayo Clinic Laboratories critical values, converted by 18.0 mg/dL per mmol/L',
    '1.9 LL, 28 HH',
  ),
  lab(
    'glucose',
    'millimoles per liter',
    'fasting glucose/blood glucose/blood sugar/random glucose',
    'ABIM reference ranges, 2024, converted by 18.0 mg/dL per mmol/L',
    '4.9 N, 5.2 N',
  ),
  lab(
    'creatinine',
    'micromoles per liter',
    'serum creatinine',
    'ABIM reference ranges, 2024, converted by 88.4 µmol/L per mg/dL',
    '85 N male, 230 H male, 65 N female, 190 H female',
  ),
  lab(
    'hemoglobin',
    'grams per liter',
    'haemoglobin',
    'ABIM reference ranges, 2024, converted by 10 g/L per g/dL',
    '152 N male, 135 N female, 94 L female',
  ),
  lab(
    'total cholesterol',
    'millimoles per liter',
    'cholesterol',
    'NCEP ATP III, converted by 38.67 mg/dL per mmol/L',
    '4.3 N, 7.4 H',
  ),
  lab('total protein', 'grams per deciliter', 'protein, total/protein', abim, '4.4 L, 7.1 N'),
  lab('amylase', 'units per liter', '', abim, '60 N, 420 H'),
  lab('GGT', 'units per liter', 'gamma-glutamyl transferase/gamma glutamyl transferase', abim, '20 N, 240 H'),
  lab('LDH', 'units per liter', 'lactate dehydrogenase', abim, '150 N, 560 H'),
  lab('prolactin', 'nanograms per milliliter', '', abim, '9 N, 140 H'),
  lab('testosterone', 'nanograms per deciliter', 'total testosterone', abim, '520 N male, 110 L male'),
  lab(
    'PTT',
    'seconds',
    'aPTT/activated partial thromboplastin time/partial thromboplastin time',
    abim,
    '30 N, 140 HH|H',
  ),
  lab(
    'TIBC',
    'micrograms per deciliter',
    'total iron binding capacity/total iron-binding capacity/iron binding capacity',
    abim,
    '280 N, 480 H',
  ),
  vital(
    'blood pressure',
    '',
    'systolic blood pressure/diastolic blood pressure/systolic pressure/BP',
    '2017 ACC/AHA hypertension guideline, table 6 and section 11.2',
    '116 over 74 N, 112 over 70 N, 118 over 76 N, 152 over 94 H, 164 over 98 H, 148 over 92 H, 156 over 96 H, 194 over 126 HH, 202 over 128 HH, 78 over 44 L|LL, 84 over 50 L|LL',
    pressure,
  ),
  vital(
    'pulse',
    '',
    'heart rate/pulse rate',
    'AHA, target heart rates and bradycardia pages: 60 to 100 at rest',
    '72 N, 78 N, 84 N, 66 N, 118 H, 112 H, 48 L|N, 34 LL|L, 168 HH|H',
    [
      'My pulse was {value} sitting down.',
      'The machine says my pulse is {value}.',
      'I counted my pulse, it was {value}.',
    ],
  ),
  vital(
    'oxygen',
    'percent',
    'oxygen saturation/pulse oximetry/SpO2/blood oxygen',
    'WHO pulse oximetry training manual; FDA on pulse oximeters',
    '98 N, 97 N, 96 N, 91 L, 82 LL, 79 LL',
    [
      'My oxygen is {value} on the finger thing.',
      'My oxygen was {value} percent this morning.',
      'The oximeter says my oxygen is {value}.',
    ],
  ),
  vital(
    'temperature',
    '',
    'body temperature',
    'CDC definition of fever (100.4 °F); MedlinePlus, body temperature norms',
    '98.4 N, 98.1 N, 98.8 N, 101.6 H, 102.2 H, 93.5 LL|L',
    [
      'My temperature is {value}.',
      'I took my temperature and it was {value}.',
      "I've got a temperature of {value} right now.",
    ],
  ),
  vital(
    'blood sugar',
    '',
    'glucose/blood glucose/fasting glucose/random glucose',
    'ADA Standards of Care 2025, section 6 (hypoglycemia below 70 and 54)',
    '46 LL|L, 64 L, 430 HH|H',
    [
      'My blood sugar was {value} on the meter.',
      'I checked my blood sugar and it was {value}.',
      'My blood sugar is {value} right now.',
    ],
  ),
];

const severityOf: Readonly<Record<string, Severity>> = {
  LL: 'critical-low',
  L: 'low',
  N: 'normal',
  H: 'high',
  HH: 'critical-high',
};

const labWordings: readonly [string, ...string[]] = [
  'My {name} came back {value}.',
  'They said my {name} was {value} {unit}.',
  'My {name} is {value}. Is that good?',
  'The lab says {name} {value} {unit}.',
  'It says here that my {name} is {value} {unit}.',
  'The doctor told me my {name} was {value}. Is that normal?',
  'I got my results, the {name} was {value}.',
  'On the paper it says {name}, {value} {unit}.',
];

/** One task a value. */
export function labRangeTasks(): TaskJson[] {
  const rows = readings.flatMap((reading) => reading.values.map((value) => ({ reading, value })));
  return rows.map(({ reading, value }, index) => {
    const [, number = '', marks = '', sex] = /^(.+?) ([LNH|]+)(?: (male|female))?$/.exec(value) ?? [];
    const severities = marks.split('|').flatMap((mark) => severityOf[mark] ?? []);
    const person = adult(index);
    const critical = severities.every((severity) => severity.startsWith('critical'));
    const converted = reading.source.includes('converted');
    const wordings = converted ? withUnit : (reading.wordings ?? labWordings);
    return {
      id: `${reading.kind}-range-${numbered(index)}`,
      kind: reading.kind === 'lab' ? 'lab-range' : 'home-reading-range',
      specialist: 'labs-vitals',
      source: reading.source,
      verified: true,
      patient: { ...person, sex: sex ?? person.sex },
      heard: fill(turn(wordings, index), { name: reading.said, value: number, unit: reading.unit })
        .replace(/ +/g, ' ')
        .replace(/ ([.,?])/g, '$1'),
      expect: {
        facts: [{ kind: ['lab', 'vital'], subjects: [reading.names], severity: severities, only: true }],
        ...(critical ? { mustWarn: true } : {}),
      },
    };
  });
}
