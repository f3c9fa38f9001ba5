import { adult, fill, numbered, turn, type TaskJson } from './making.js';

/*
 * How much of a medicine that is bought without a prescription was taken: within the label, over it, or dangerous;
 * twice the same under two names. Written from OTC Drug Facts labels (the most in 24 hours that the package allows)
 * and from the referral doses of the poison-center guidelines that a row names, not from the knowledge base.
 * Where it is a matter of opinion whether an amount over the label is dangerous, both are right.
 */

type Severity = 'within' | 'over-label' | 'danger' | 'duplicate';

const W: readonly Severity[] = ['within'];
const O: readonly Severity[] = ['over-label'];
const OD: readonly Severity[] = ['over-label', 'danger'];
const D: readonly Severity[] = ['danger'];
/** The same ingredient twice; said as a sum or as a duplicate. */
const TWICE: readonly Severity[] = ['duplicate', 'over-label'];
const TWICE_OVER: readonly Severity[] = ['duplicate', 'over-label', 'danger'];

interface Group {
  readonly source: string;
  /** The ingredient that is judged, by any of its names. */
  readonly ingredient: readonly string[];
  readonly rows: readonly (readonly [severities: readonly Severity[], heard: string, before?: string])[];
}

const aapccAcetaminophen =
  'AAPCC acetaminophen guideline 2006 (10 g or 200 mg/kg in 24 hours; 6 g a day for two days)';

const groups: readonly Group[] = [
  {
    source: 'OTC Drug Facts: Tylenol Extra Strength, 500 mg, 6 in 24 hours',
    ingredient: ['acetaminophen'],
    rows: [
      [W, 'I took two extra strength Tylenol this morning for my head.'],
      [W, 'I had two Tylenol Extra Strength at noon, nothing since.'],
      [W, 'Two extra strength Tylenol before bed, that is all I took today.'],
      [W, 'I take one extra strength Tylenol three times a day.'],
      [W, 'I took two extra strength Tylenol, and two more six hours later.'],
      [W, 'I only took one Tylenol, the five hundred milligram kind.'],
      [O, 'I took seven extra strength Tylenol in the last day.'],
      [O, "I've been taking two extra strength Tylenol every six hours around the clock."],
      [OD, 'I take two extra strength Tylenol every four hours.'],
      [OD, 'Two of the 500 milligram Tylenol every 3 hours, day and night, for my back.'],
      [OD, 'I had 12 extra strength Tylenol yesterday.'],
      [OD, 'I took about ten extra strength Tylenol since yesterday morning.'],
      [OD, 'My tooth hurts so bad that I took three extra strength Tylenol every four hours.'],
    ],
  },
  {
    source: `OTC Drug Facts: Tylenol Extra Strength; ${aapccAcetaminophen}`,
    ingredient: ['acetaminophen'],
    rows: [
      [D, 'I took 24 extra strength Tylenol today.'],
      [D, 'I swallowed thirty of the 500 milligram Tylenol this afternoon.'],
      [D, 'I had 22 extra strength Tylenol since last night for the pain.'],
      [D, 'I took forty extra strength Tylenol.'],
    ],
  },
  {
    source: 'OTC Drug Facts: acetaminophen regular strength, 325 mg, 10 in 24 hours',
    ingredient: ['acetaminophen'],
    rows: [
      [W, 'I took two regular strength Tylenol after breakfast.'],
      [W, 'Two regular Tylenol, the 325, and two more at supper.'],
      [W, 'I take two of the 325 milligram acetaminophen twice a day.'],
      [W, 'I took one acetaminophen 325 this morning.'],
      [OD, 'I took 14 of the 325 milligram Tylenol in the last day.'],
      [O, 'I take three regular strength Tylenol, the 325 kind, four times a day.'],
      [OD, 'I took sixteen of the 325 milligram acetaminophen yesterday.'],
      [D, 'I took thirty-five of the 325 milligram acetaminophen today.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Tylenol 8 HR Arthritis Pain, 650 mg, 6 in 24 hours',
    ingredient: ['acetaminophen'],
    rows: [
      [W, 'I take two of the arthritis Tylenol, the 650, every morning.'],
      [W, 'Two Tylenol Arthritis every eight hours, 650 milligrams each.'],
      [W, 'I took one of the 650 milligram acetaminophen at lunch.'],
      [OD, 'I take two Tylenol Arthritis 650 every six hours.'],
      [OD, 'I had nine of the 650 milligram Tylenol Arthritis yesterday.'],
      [D, 'I took twenty of the 650 milligram Tylenol today.'],
    ],
  },
  {
    source: 'OTC Drug Facts: ibuprofen (Advil, Motrin IB), 200 mg, 6 in 24 hours',
    ingredient: ['ibuprofen'],
    rows: [
      [W, 'I took two Advil after dinner.'],
      [W, 'I take one Advil in the morning and one at night.'],
      [W, 'Two Motrin this morning, 200 milligrams each.'],
      [W, 'I took two ibuprofen, the 200 milligram ones, and two more eight hours later.'],
      [W, 'One ibuprofen 200 every six hours, that is what I do.'],
      [W, 'I took three Advil in all today, one at a time.'],
      [O, 'I took eight Advil yesterday.'],
      [O, 'I take two Advil every four hours, all day and all night.'],
      [O, 'I take four ibuprofen 200 twice a day.'],
      [O, 'I take three Advil four times a day for my back.'],
      [O, 'I had nine Motrin since yesterday morning, the 200 milligram ones.'],
      [OD, 'I take four of the 200 milligram ibuprofen every four hours.'],
      [OD, 'I took sixteen Advil in one day.'],
      [OD, 'I took twenty Motrin IB yesterday.'],
    ],
  },
  {
    source: 'OTC Drug Facts: ibuprofen; toxicology reviews: symptoms from 100 mg/kg, severe from 400 mg/kg',
    ingredient: ['ibuprofen'],
    rows: [
      [D, 'I took a hundred Advil tonight.'],
      [D, 'I swallowed eighty ibuprofen 200 milligram tablets.'],
    ],
  },
  {
    source: 'OTC Drug Facts: naproxen sodium (Aleve), 220 mg, 3 in 24 hours',
    ingredient: ['naproxen', 'naproxen sodium'],
    rows: [
      [W, 'I took one Aleve this morning.'],
      [W, 'I take one Aleve in the morning and one at night.'],
      [W, 'I took two Aleve to start with, and one more tonight.'],
      [W, 'One Aleve every twelve hours.'],
      [O, 'I took four Aleve yesterday.'],
      [O, 'I take two Aleve in the morning and two at night.'],
      [O, 'Two Aleve every eight hours, that is what works for me.'],
      [OD, 'I take two Aleve every four hours.'],
      [OD, 'I had eight Aleve since yesterday.'],
      [OD, 'I took ten Aleve today for my knee.'],
      [OD, 'Three Aleve three times a day, for a week now.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Bayer aspirin, 325 mg, 12 in 24 hours',
    ingredient: ['aspirin'],
    rows: [
      [W, 'I took two aspirin, the 325.'],
      [W, 'I take one baby aspirin a day, 81 milligrams.'],
      [W, 'Two regular Bayer aspirin this morning, 325 each.'],
      [W, 'I took one aspirin 325 at breakfast and one at supper.'],
      [OD, 'I took sixteen aspirin yesterday, the 325 milligram ones.'],
      [OD, 'I took 14 of the 325 milligram aspirin in the last day.'],
      [OD, 'I take three aspirin 325 every four hours, round the clock.'],
      [OD, 'Two of the 325 aspirin every two hours, day and night.'],
    ],
  },
  {
    source: 'OTC Drug Facts: aspirin; AAPCC salicylate guideline 2007 (150 mg/kg or 6.5 g)',
    ingredient: ['aspirin'],
    rows: [
      [D, 'I took forty of the 325 milligram aspirin today.'],
      [D, 'I swallowed fifty aspirin, 325 milligrams each.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Benadryl Allergy, 25 mg, 1 to 2 every 4 to 6 hours, 12 in 24 hours',
    ingredient: ['diphenhydramine'],
    rows: [
      [W, 'I took one Benadryl for the itching.'],
      [W, 'I took two Benadryl, 25 milligrams each, at noon.'],
      [W, 'One Benadryl every six hours for this rash.'],
      [W, 'I took a Benadryl this morning and another one this evening.'],
      [OD, 'I had sixteen Benadryl in the last day, the 25 milligram ones.'],
      [OD, 'I took three Benadryl every four hours since yesterday, 25 milligrams each.'],
      [OD, 'I take four Benadryl 25 four times a day.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Benadryl; AAPCC diphenhydramine guideline 2006 (300 mg or 7.5 mg/kg at once)',
    ingredient: ['diphenhydramine'],
    rows: [
      [D, 'I took forty Benadryl, the 25 milligram ones.'],
      [D, 'I swallowed twenty-four Benadryl at once, 25 milligrams each.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Unisom SleepTabs, doxylamine 25 mg, one at bedtime',
    ingredient: ['doxylamine', 'doxylamine succinate'],
    rows: [
      [W, 'I took one Unisom SleepTab at bedtime.'],
      [OD, 'I took four Unisom SleepTabs last night.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Imodium A-D, loperamide 2 mg, 4 in 24 hours; FDA safety communication 2016',
    ingredient: ['loperamide'],
    rows: [
      [W, 'I took two Imodium this morning.'],
      [W, 'Two Imodium first, and one more after lunch.'],
      [W, 'I took one Imodium, the two milligram caplet.'],
      [O, 'I took six Imodium today.'],
      [O, 'I had five Imodium since this morning.'],
      [OD, 'I took eight Imodium, two milligrams each, since yesterday.'],
      [D, 'I took forty Imodium today.'],
      [D, 'I take fifty Imodium a day.'],
    ],
  },
  {
    source: 'OTC Drug Facts: once-daily antihistamines (Claritin 10 mg, Zyrtec 10 mg, Allegra 180 mg)',
    ingredient: ['loratadine', 'cetirizine', 'fexofenadine'],
    rows: [
      [W, 'I take one Claritin a day.'],
      [W, 'One Zyrtec every night.'],
      [W, 'I took one Allegra 180 this morning.'],
      [O, 'I take three Claritin a day, the ten milligram ones.'],
      [O, 'I took two Zyrtec in the morning and two at night.'],
      [O, 'I took three Allegra 180 today.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Sudafed, pseudoephedrine 30 mg, 8 in 24 hours',
    ingredient: ['pseudoephedrine'],
    rows: [
      [W, 'I took two Sudafed, 30 milligrams each, this morning.'],
      [W, 'One Sudafed 30 every six hours.'],
      [OD, 'I took twelve Sudafed 30 since yesterday.'],
      [OD, 'I take three of the 30 milligram Sudafed every four hours.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Mucinex, guaifenesin 600 mg, 4 in 24 hours',
    ingredient: ['guaifenesin'],
    rows: [
      [W, 'I take one plain Mucinex 600 twice a day.'],
      [W, 'Two of the 600 milligram Mucinex this morning.'],
      [OD, 'I took seven of the 600 milligram Mucinex today.'],
      [OD, 'I take two Mucinex 600 every six hours.'],
    ],
  },
  {
    source:
      'OTC Drug Facts: heartburn medicines (Pepcid AC 20 mg, 2 in 24 hours; Prilosec OTC 20 mg, 1 in 24 hours)',
    ingredient: ['famotidine', 'omeprazole'],
    rows: [
      [W, 'I took one Pepcid 20 before dinner.'],
      [W, 'One Prilosec OTC every morning.'],
      [W, 'I take a Pepcid 20 twice a day.'],
      [O, 'I took five Pepcid 20 today.'],
      [O, 'I take three Prilosec OTC a day, twenty milligrams each.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Pepto-Bismol, 8 doses of 2 tablets in 24 hours',
    ingredient: ['bismuth subsalicylate', 'bismuth'],
    rows: [
      [W, 'I chewed two Pepto-Bismol tablets after lunch.'],
      [OD, 'I chewed twenty-four Pepto-Bismol tablets today.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Tums Regular Strength 500, 15 tablets in 24 hours',
    ingredient: ['calcium carbonate'],
    rows: [
      [W, 'I chewed two Tums after dinner.'],
      [W, 'I had three regular Tums, the 500, today.'],
      [OD, 'I ate thirty Tums 500 today.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Dulcolax 5 mg, 1 to 3 a day; Senokot 8.6 mg, 4 tablets twice a day',
    ingredient: ['bisacodyl', 'senna', 'sennosides'],
    rows: [
      [W, 'I took two Dulcolax last night.'],
      [W, 'I took two Senokot at bedtime.'],
      [OD, 'I took ten Dulcolax today.'],
      [OD, 'I took sixteen Senokot yesterday.'],
    ],
  },
  {
    source: 'OTC Drug Facts: Delsym 12 hour, dextromethorphan 30 mg in 5 mL, 10 mL every 12 hours',
    ingredient: ['dextromethorphan'],
    rows: [
      [W, 'I took ten milliliters of Delsym this morning.'],
      [W, 'Two teaspoons of Delsym at bedtime.'],
      [OD, 'I took ten milliliters of Delsym every four hours.'],
    ],
  },
  {
    source: 'OTC Drug Facts: NyQuil and DayQuil LiquiCaps, acetaminophen 325 mg each, 8 in 24 hours',
    ingredient: ['acetaminophen', 'NyQuil', 'DayQuil'],
    rows: [
      [W, 'I took two NyQuil LiquiCaps at bedtime.'],
      [W, 'Two DayQuil this morning and two at noon.'],
      [W, 'I took two DayQuil LiquiCaps and that is it.'],
      [OD, 'I took fourteen NyQuil LiquiCaps since yesterday.'],
      [OD, 'I take four DayQuil every four hours.'],
      [TWICE, 'I took two DayQuil and two extra strength Tylenol this morning.'],
      [TWICE, 'Can I take two Tylenol with my two NyQuil LiquiCaps?'],
      [TWICE_OVER, 'I took two extra strength Tylenol four times today, and now two NyQuil LiquiCaps.'],
      [TWICE_OVER, 'I take two DayQuil every four hours and two extra strength Tylenol every six hours.'],
      [
        TWICE,
        'And tonight I will take two NyQuil LiquiCaps.',
        'I took two extra strength Tylenol at six this evening.',
      ],
      [
        TWICE_OVER,
        'Now I want to take two NyQuil LiquiCaps for the night.',
        'I already took six extra strength Tylenol today.',
      ],
    ],
  },
  {
    source: 'OTC Drug Facts: Tylenol PM (acetaminophen 500 mg, diphenhydramine 25 mg), 2 at bedtime',
    ingredient: ['acetaminophen', 'diphenhydramine', 'Tylenol PM'],
    rows: [
      [W, 'I took two Tylenol PM at bedtime.'],
      [TWICE, 'I took two Tylenol PM and two Benadryl last night.'],
      [TWICE, 'I took two Tylenol PM and two regular strength Tylenol at bedtime.'],
      [TWICE_OVER, 'I had eight extra strength Tylenol today and two Tylenol PM tonight.'],
      [OD, 'I took ten Tylenol PM last night.'],
    ],
  },
  {
    source:
      'OTC Drug Facts: Excedrin Extra Strength (acetaminophen 250 mg, aspirin 250 mg, caffeine 65 mg), 2 in 24 hours',
    ingredient: ['acetaminophen', 'aspirin', 'caffeine', 'Excedrin', 'Excedrin Extra Strength'],
    rows: [
      [W, 'I took two Excedrin for my migraine.'],
      [OD, 'I took six Excedrin today.'],
      [OD, 'I take two Excedrin every four hours.'],
      [TWICE, 'I took two Excedrin and then two extra strength Tylenol an hour later.'],
      [TWICE, 'I take a 325 aspirin every morning, and today two Excedrin as well.'],
      [TWICE_OVER, 'I take two Excedrin every six hours and two extra strength Tylenol in between.'],
    ],
  },
  {
    source:
      'FDA label: Norco, Percocet, Vicodin (acetaminophen 325 mg or 300 mg in each); OTC Drug Facts: Tylenol',
    ingredient: ['acetaminophen'],
    rows: [
      [TWICE, 'I take Norco for my back, one every six hours, and two extra strength Tylenol in between.'],
      [TWICE, 'I took one Percocet and two Tylenol this afternoon.'],
      [TWICE_OVER, 'I take two Percocet every six hours, and two extra strength Tylenol every six hours.'],
      [TWICE, 'The dentist gave me Vicodin. I took one with two Tylenol.'],
      [TWICE, 'Tonight I took two Tylenol PM to sleep.', 'This afternoon I took my Percocet.'],
      [TWICE_OVER, 'I have had six Norco and six extra strength Tylenol since yesterday.'],
    ],
  },
  {
    source:
      'OTC Drug Facts: cold medicines with acetaminophen (Theraflu 650 mg, Alka-Seltzer Plus, Mucinex Fast-Max)',
    ingredient: ['acetaminophen', 'Theraflu', 'Alka-Seltzer Plus'],
    rows: [
      [W, 'I drank one packet of Theraflu tonight.'],
      [TWICE, 'I drank a Theraflu and took two Tylenol with it.'],
      [TWICE, 'I took two Alka-Seltzer Plus Cold and two extra strength Tylenol.'],
      [TWICE_OVER, 'I have had a Theraflu every four hours, six today, and four extra strength Tylenol.'],
    ],
  },
  {
    source: 'OTC Drug Facts: NSAIDs: do not use with another NSAID (Advil, Motrin, Aleve, aspirin)',
    ingredient: ['ibuprofen', 'naproxen', 'naproxen sodium', 'aspirin'],
    rows: [
      [TWICE, 'I took two Advil and two Motrin this morning.'],
      [TWICE, 'I took an Advil PM last night on top of my two Advil.'],
      [TWICE, 'I take Motrin in the morning and two Advil at noon.'],
      [TWICE_OVER, 'I take two Advil every four hours and two Motrin at night.'],
      [TWICE, 'I just took two Advil.', 'I took two Motrin an hour ago.'],
    ],
  },
  {
    source:
      'OTC Drug Facts: diphenhydramine products: do not use with any other product with diphenhydramine',
    ingredient: ['diphenhydramine'],
    rows: [
      [TWICE, 'I took a Benadryl and two ZzzQuil to sleep.'],
      [TWICE, 'I took two Advil PM and two Benadryl.'],
      [W, 'I took two ZzzQuil at bedtime.'],
      [TWICE, 'Two ZzzQuil now, before bed.', 'I took two Benadryl for the itching an hour ago.'],
    ],
  },
];

/** Numbers of one product in one day, by what they are; said in the ways below. */
const counted: readonly {
  readonly source: string;
  readonly ingredient: readonly string[];
  readonly said: string;
  readonly counts: readonly (readonly [Severity | 'over or danger', readonly number[]])[];
}[] = [
  {
    source:
      'OTC Drug Facts: Tylenol Extra Strength, 500 mg, 6 in 24 hours; AAPCC acetaminophen guideline 2006',
    ingredient: ['acetaminophen'],
    said: 'extra strength Tylenol',
    counts: [
      ['within', [1, 2, 4, 6]],
      ['over or danger', [9, 11, 14]],
      ['danger', [25, 30, 50]],
    ],
  },
  {
    source:
      'OTC Drug Facts: Tylenol Regular Strength, 325 mg, 10 in 24 hours; AAPCC acetaminophen guideline 2006',
    ingredient: ['acetaminophen'],
    said: 'regular strength Tylenol',
    counts: [
      ['within', [2, 4, 8]],
      ['over or danger', [13, 17]],
      ['danger', [40, 60]],
    ],
  },
  {
    source: 'OTC Drug Facts: Advil, 200 mg, 6 in 24 hours',
    ingredient: ['ibuprofen'],
    said: 'Advil',
    counts: [
      ['within', [1, 2, 4, 6]],
      ['over-label', [7, 10]],
      ['over or danger', [18, 24]],
    ],
  },
  {
    source: 'OTC Drug Facts: Motrin IB, 200 mg, 6 in 24 hours',
    ingredient: ['ibuprofen'],
    said: 'Motrin IB',
    counts: [
      ['within', [2, 3, 5]],
      ['over-label', [8, 9]],
      ['over or danger', [20]],
    ],
  },
  {
    source: 'OTC Drug Facts: Aleve, 220 mg, 3 in 24 hours',
    ingredient: ['naproxen', 'naproxen sodium'],
    said: 'Aleve',
    counts: [
      ['within', [1, 2, 3]],
      ['over-label', [4, 5]],
      ['over or danger', [9, 12]],
    ],
  },
  {
    source: 'OTC Drug Facts: Imodium A-D, 2 mg, 4 in 24 hours; FDA safety communication 2016',
    ingredient: ['loperamide'],
    said: 'Imodium',
    counts: [
      ['within', [1, 2, 4]],
      ['over-label', [6]],
      ['danger', [35, 60]],
    ],
  },
  {
    source: 'OTC Drug Facts: Benadryl Allergy, 25 mg, 12 in 24 hours',
    ingredient: ['diphenhydramine'],
    said: 'of the 25 milligram Benadryl',
    counts: [
      ['within', [1, 2, 4]],
      ['over or danger', [14, 18]],
    ],
  },
  {
    source: 'OTC Drug Facts: Excedrin Migraine, 2 in 24 hours',
    ingredient: ['acetaminophen', 'aspirin', 'caffeine', 'Excedrin', 'Excedrin Migraine'],
    said: 'Excedrin Migraine',
    counts: [
      ['within', [1, 2]],
      ['over or danger', [8, 10]],
    ],
  },
];

const dayWordings: readonly [string, ...string[]] = [
  "I've taken {count} {product} today.",
  'I took {count} {product} yesterday, all told.',
  '{count} {product} in the last twenty-four hours.',
  'All in all I had {count} {product} since this time yesterday.',
  "It's {count} {product} so far today. Is that too many?",
  'I counted, it was {count} {product} in one day.',
];

function countedGroups(): Group[] {
  let row = 0;
  return counted.map(({ source, ingredient, said, counts }) => ({
    source,
    ingredient,
    rows: counts.flatMap(([severity, numbers]) =>
      numbers.map((count) => {
        const heard = fill(turn(dayWordings, row++), { count: String(count), product: said });
        return [severity === 'over or danger' ? OD : [severity], heard] as const;
      }),
    ),
  }));
}

/** One task a sentence. */
export function toxicDoseTasks(): TaskJson[] {
  const rows = [...groups, ...countedGroups()].flatMap(({ source, ingredient, rows: own }) =>
    own.map((row) => ({ source, ingredient, row })),
  );
  return rows.map(({ source, ingredient, row: [severities, heard, before] }, index) => {
    const within = severities.includes('within');
    return {
      id: `toxic-dose-${numbered(index)}`,
      kind: 'toxic-dose',
      specialist: 'medication',
      source,
      verified: true,
      // Young enough that nothing is to be said about their age.
      patient: { ...adult(index), age: 25 + ((index * 7) % 35) },
      ...(before === undefined ? {} : { history: [{ speaker: 'patient', text: before }] }),
      heard,
      expect: {
        facts: [
          { kind: 'dose', subjects: [ingredient], severity: severities, ...(within ? { only: true } : {}) },
        ],
        ...(within ? {} : { mustWarn: true }),
      },
    };
  });
}
