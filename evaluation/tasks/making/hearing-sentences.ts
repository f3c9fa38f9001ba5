import { fill, numbered, turn } from './making.js';

/*
 * Sentences with one medicine in each, to be spoken, sent over a telephone line and recognised. The medicines are
 * most of the 200 that are prescribed most often in the United States (ClinCalc DrugStats, from the Medical
 * Expenditure Panel Survey) and some that are bought without a prescription; the pairs are from ISMP's list of
 * confused drug names and FDA's list of tall-man names. Written from general knowledge of both.
 */

/** One sentence and what lies around it. */
export interface HearingSentence {
  readonly id: string;
  /** Which question it answers: a row of the report. */
  readonly kind: string;
  readonly sentence: string;
  /** The names that are right for it, generic first. */
  readonly names: readonly string[];
  /** Medicines of the chart. */
  readonly chart: readonly string[];
  /** Whether the recogniser is told the chart's medicines, as it is in a call. */
  readonly vocabulary: boolean;
}

/** As the patient says it; a brand or short name is followed by the generic names that are right for it. */
const medicines: readonly (readonly [string, ...string[]])[] = (
  'atorvastatin;metformin;levothyroxine;lisinopril;amlodipine;metoprolol;albuterol;losartan;gabapentin;' +
  'omeprazole;rosuvastatin;sertraline;pantoprazole;escitalopram;hydrochlorothiazide;bupropion;fluoxetine;semaglutide;' +
  'simvastatin;montelukast;trazodone;duloxetine;furosemide;tamsulosin;carvedilol;prednisone;fluticasone;meloxicam;' +
  'clopidogrel;insulin glargine;allopurinol;citalopram;potassium chloride;empagliflozin;tramadol;cyclobenzaprine;' +
  'venlafaxine;spironolactone;quetiapine;loratadine;cetirizine;alprazolam;zolpidem;atenolol;warfarin;' +
  'buspirone;topiramate;lamotrigine;clonazepam;famotidine;pravastatin;hydroxyzine;glipizide;dulaglutide;apixaban;' +
  'amitriptyline;ondansetron;lorazepam;oxycodone;aripiprazole;propranolol;methocarbamol;valsartan;' +
  'finasteride;donepezil;baclofen;celecoxib;ezetimibe;mirtazapine;diclofenac;naproxen;ibuprofen;acetaminophen;aspirin;' +
  'methotrexate;hydralazine;levetiracetam;oxybutynin;rivaroxaban;sitagliptin;latanoprost;doxycycline;' +
  'amoxicillin;azithromycin;cephalexin;ciprofloxacin;nitrofurantoin;valacyclovir;fluconazole;sumatriptan;rizatriptan;' +
  'clonidine;benazepril;olmesartan;irbesartan;telmisartan;ramipril;enalapril;diltiazem;verapamil;nifedipine;' +
  'isosorbide mononitrate;nitroglycerin;digoxin;amiodarone;torsemide;bumetanide;chlorthalidone;triamterene;' +
  'lovastatin;fenofibrate;colchicine;glimepiride;pioglitazone;liraglutide;dapagliflozin;lithium;' +
  'risperidone;olanzapine;paroxetine;temazepam;pregabalin;ropinirole;pramipexole;memantine;carbidopa;' +
  'tizanidine;hydrocodone;morphine;naltrexone;promethazine;meclizine;benzonatate;methylprednisolone;' +
  'budesonide;tiotropium;ipratropium;alendronate;estradiol;progesterone;medroxyprogesterone;' +
  'tolterodine;solifenacin;dutasteride;sildenafil;tadalafil;hydroxychloroquine;sulfasalazine;azathioprine;' +
  'folic acid;ferrous sulfate;cyanocobalamin;diphenhydramine;loperamide;guaifenesin;docusate;melatonin;' +
  'Lasix/furosemide;Lipitor/atorvastatin;Synthroid/levothyroxine;Eliquis/apixaban;Xarelto/rivaroxaban;' +
  'Jardiance/empagliflozin;Ozempic/semaglutide;Plavix/clopidogrel;Coumadin/warfarin;Zoloft/sertraline;' +
  'Lexapro/escitalopram;Neurontin/gabapentin;Norvasc/amlodipine;Coreg/carvedilol;Crestor/rosuvastatin;' +
  'Januvia/sitagliptin;Lantus/insulin glargine/insulin;Singulair/montelukast;Protonix/pantoprazole;Nexium/esomeprazole;' +
  'Tylenol/acetaminophen;Advil/ibuprofen;Aleve/naproxen;Benadryl/diphenhydramine;Claritin/loratadine;' +
  'Zyrtec/cetirizine;Mucinex/guaifenesin;Imodium/loperamide;Prilosec/omeprazole;Pepcid/famotidine'
)
  .split(';')
  .map((entry) => {
    const [said = '', ...names] = entry.split('/');
    return [said, ...names];
  });

/** Said, and what lies on the chart instead: names that have been confused. */
const lookAlikes: readonly (readonly [said: string, chart: string])[] = [
  ['hydroxyzine', 'hydralazine'],
  ['hydralazine', 'hydroxyzine'],
  ['prednisone', 'prednisolone'],
  ['prednisolone', 'prednisone'],
  ['metronidazole', 'metformin'],
  ['metformin', 'metronidazole'],
  ['clonidine', 'clonazepam'],
  ['clonazepam', 'clonidine'],
  ['bupropion', 'buspirone'],
  ['buspirone', 'bupropion'],
  ['glyburide', 'glipizide'],
  ['glipizide', 'glyburide'],
  ['tramadol', 'trazodone'],
  ['trazodone', 'tramadol'],
  ['lamivudine', 'lamotrigine'],
  ['lamotrigine', 'levetiracetam'],
  ['ropinirole', 'risperidone'],
  ['risperidone', 'ropinirole'],
  ['nicardipine', 'nifedipine'],
  ['nifedipine', 'nicardipine'],
  ['quinidine', 'quetiapine'],
  ['quetiapine', 'olanzapine'],
  ['cycloserine', 'cyclosporine'],
  ['duloxetine', 'fluoxetine'],
  ['fluoxetine', 'duloxetine'],
  ['paroxetine', 'fluoxetine'],
  ['metolazone', 'methimazole'],
  ['methimazole', 'metolazone'],
  ['sumatriptan', 'sitagliptin'],
  ['sitagliptin', 'sumatriptan'],
  ['carvedilol', 'captopril'],
  ['captopril', 'carvedilol'],
  ['lorazepam', 'alprazolam'],
  ['alprazolam', 'lorazepam'],
  ['oxycodone', 'hydrocodone'],
  ['hydrocodone', 'oxycodone'],
  ['amlodipine', 'amiloride'],
  ['torsemide', 'furosemide'],
  ['guanfacine', 'guaifenesin'],
  ['vilazodone', 'trazodone'],
];

const wordings: readonly [string, ...string[]] = [
  'I take {drug} every morning.',
  'I ran out of my {drug} on Friday.',
  'They put me on {drug} last month.',
  'Should I keep taking the {drug}?',
  'I think I missed my {drug} yesterday.',
  'The {drug} makes me a little dizzy.',
  'And at night I take my {drug}.',
  'My doctor told me to stay on {drug}.',
  "I've been taking {drug} for about a year.",
  'Yes, the pharmacy gave me {drug}.',
  'I stopped the {drug} because it upset my stomach.',
  "There's also {drug}, I take that with supper.",
  'Is it all right to take {drug} with food?',
  'I forgot to pick up the {drug}.',
  "I'm still on {drug}, that one I take twice a day.",
  "The other one is {drug}, I don't know what it is for.",
];

/** Charts that hold none of what is said. */
const otherCharts: readonly [readonly string[], ...(readonly string[])[]] = [
  ['lisinopril', 'furosemide', 'metoprolol'],
  ['metformin', 'atorvastatin', 'amlodipine'],
  ['levothyroxine', 'omeprazole', 'sertraline'],
  ['apixaban', 'carvedilol', 'spironolactone'],
];

/** The medicine is on the chart; it is not; its look-alike is; and nothing is known to the recogniser. */
export function hearingSentences(): HearingSentence[] {
  const chartWithout = (names: readonly string[], index: number): readonly string[] =>
    turn(otherCharts, index).filter((name) => !names.includes(name));
  const make = (
    kind: string,
    [said, ...generic]: readonly [string, ...string[]],
    index: number,
    chartOf: (names: readonly string[]) => readonly string[],
    vocabulary = true,
  ): HearingSentence => {
    const names = generic.length === 0 ? [said] : [...generic, said];
    return {
      id: `${kind}-${numbered(index)}`,
      kind,
      sentence: fill(turn(wordings, index), { drug: said }),
      names,
      chart: chartOf(names),
      vocabulary,
    };
  };
  return [
    ...medicines
      .filter((_, index) => index % 3 !== 2)
      .map((medicine, index) =>
        make('heard-on-chart', medicine, index, (names) => [
          names[0] ?? '',
          ...chartWithout(names, index).slice(0, 2),
        ]),
      ),
    ...medicines
      .filter((_, index) => index % 3 !== 0)
      .map((medicine, index) =>
        make('heard-off-chart', medicine, index + 5, (names) => chartWithout(names, index)),
      ),
    ...lookAlikes.map(([said, chart], index) =>
      make('heard-look-alike', [said], index, () => [chart, 'amlodipine'].filter((name) => name !== said)),
    ),
    ...medicines
      .filter((_, index) => index % 4 === 0)
      .map((medicine, index) =>
        make('heard-without-vocabulary', medicine, index + 9, (names) => chartWithout(names, index), false),
      ),
  ];
}
