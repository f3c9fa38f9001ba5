/**
 * How surely medicines are recognised by name: right, asked, wrong (another medicine taken unasked: the dangerous
 * one) or missed, under misrecognitions made from confused sounds; and how often ordinary talk is taken for one.
 * The same numbers in every run. Run: node dist/bench/medicine-names.js
 */
import { loadMedicineNames } from '../clinical-kb/medicine-names/load-medicine-names.js';
import { loadMedicines } from '../clinical-kb/medicines/load-medicines.js';
import type { Word } from '../protos/generated/asterism/v1/hearing.js';
import { Verdict, type Review } from '../protos/generated/asterism/v1/specialist.js';
import { createMedication } from '../agents/medication/medication.js';
import { namesOf, type MedicineName } from '../agents/medication/name-index.js';
import { patientWith, requestFor } from '../agents/medication/test-requests.js';
import type { SpecialistLogic } from '../agents/specialist.js';
import { readMedicineNames } from '../models/medicine-names/medicine-names.js';
import { modelFile } from '../models/resolve.js';
import { mishear, seeded, type Misheard } from './mishearing.js';
import { ordinaryTalk } from './ordinary-talk.js';

type Outcome = 'right' | 'asked' | 'asked other' | 'wrong' | 'missed';
const outcomes: readonly Outcome[] = ['right', 'asked', 'asked other', 'wrong', 'missed'];

interface Case {
  readonly meant: string;
  readonly misheard: Misheard;
  readonly chart: readonly string[];
  readonly group: string;
}

const carriers: readonly (readonly [before: string, after: string])[] = [
  ['I take', 'every morning'],
  ['they put me on', ''],
  ['I am taking', '20 milligrams once a day'],
  ['and then there is', 'twice a day'],
  ['I just started', 'last week'],
];

const random = seeded(20261125);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const knowledge = await loadMedicines();
const lookAlikes = (await loadMedicineNames()).lookAlikes;
const further = await readMedicineNames(await modelFile('medicine-names'));
const medication = await createMedication();

const known = namesOf(knowledge).filter((name) => name.product === undefined && name.key.length > 3);
const knownKeys = new Set(namesOf(knowledge).map((name) => name.key));
const beyond = further.filter(
  ({ name, kind }) =>
    kind !== 'rare' && !name.includes(' ') && name.length > 5 && !knownKeys.has(name.replaceAll('-', ' ')),
);
const others = [...knowledge.medicines.keys()];
const otherChart = (but: string): string[] =>
  Array.from({ length: 5 }, () => pick(others)).filter((name) => name !== but);

const cases: Case[] = [];
for (let round = 0; round < 1200; round += 1) {
  const name: MedicineName = pick(known);
  const misheard = mishear(name.written, random);
  const chart = otherChart(name.canonical);
  cases.push({ meant: name.canonical, misheard, chart, group: 'known, not on the chart' });
  cases.push({
    meant: name.canonical,
    misheard,
    chart: [...chart, name.canonical],
    group: 'known, on the chart',
  });
}
for (let round = 0; round < 600; round += 1) {
  const { name, ingredient } = pick(beyond);
  cases.push({
    meant: ingredient,
    misheard: mishear(name, random),
    chart: otherChart(name),
    group: 'beyond the knowledge base',
  });
}
for (const { names } of lookAlikes) {
  for (const [said, charted] of [names, [names[1], names[0]] as const]) {
    const name = known.find(({ written }) => written.toLowerCase() === said.toLowerCase());
    if (!name) continue;
    cases.push({
      meant: name.canonical,
      misheard: mishear(said, random),
      chart: [...otherChart(name.canonical), charted],
      group: 'its look-alike on the chart',
    });
  }
}

const perGroup = new Map<string, Map<Outcome, number>>();
const wrong: string[] = [];
for (const one of cases) {
  const { outcome, heard, review } = listen(medication, one);
  for (const group of [one.group, `${one.group}: ${one.misheard.kind}`]) {
    const counts = perGroup.get(group) ?? new Map<Outcome, number>();
    perGroup.set(group, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
  }
  if (outcome === 'wrong') {
    wrong.push(
      `${one.group}: ${one.meant} heard as "${heard}" → ${review.entities.map(({ name }) => name).join(', ')}`,
    );
  }
}

print(`${String(cases.length)} names`);
for (const [group, counts] of [...perGroup].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shares = outcomes.map(
    (outcome) => `${outcome} ${(((counts.get(outcome) ?? 0) / total) * 100).toFixed(1)} %`,
  );
  print(`${group.padEnd(44)} ${String(total).padStart(5)}  ${shares.join('  ')}`);
}
print(`\nwrong (${String(wrong.length)}):\n${wrong.map((line) => `  ${line}`).join('\n')}`);

const talk = ordinaryTalk();
for (const itemId of ['', 'medicines']) {
  const alarms = talk.flatMap((text) => {
    const patient = patientWith({
      medications: [
        'metformin, 500 mg, twice a day',
        'lisinopril, 10 mg, once a day',
        'warfarin, 5 mg, once a day',
      ],
    });
    const { entities } = medication.review(requestFor(text, { patient, itemId }));
    return entities.length === 0
      ? []
      : [`  ${text} → ${entities.map(({ heard, name }) => `${heard}: ${name}`).join(', ')}`];
  });
  const where = itemId === '' ? 'ordinary talk' : 'ordinary talk while medicines are asked for';
  print(
    `\n${where}: ${String(alarms.length)} of ${String(talk.length)} sentences were taken to name a medicine\n${alarms.join('\n')}`,
  );
}

function listen(
  logic: SpecialistLogic,
  { meant, misheard, chart }: Case,
): { outcome: Outcome; heard: string; review: Review } {
  const [before, after] = pick(carriers);
  const exact = misheard.kind === 'exact';
  const words: Word[] = [
    ...before.split(' ').map((text) => word(text, 0.95)),
    ...misheard.words.map((text) => word(text, exact ? 0.75 + 0.24 * random() : 0.35 + 0.5 * random())),
    ...after
      .split(' ')
      .filter((text) => text !== '')
      .map((text) => word(text, 0.95)),
  ];
  const heard = words.map(({ text }) => text).join(' ');
  const patient = patientWith({ medications: chart.map((name) => `${name}, 10 mg, once a day`) });
  const review = logic.review(requestFor(heard, { words, patient }));
  return { outcome: outcomeOf(review, meant), heard, review };
}

function outcomeOf(review: Review, meant: string): Outcome {
  const named = review.entities.map(({ name }) => name).filter((name) => name !== '');
  if (review.verdict === Verdict.ASK) {
    const offered = review.entities.flatMap(({ name, alternatives }) => [name, ...alternatives]);
    return offered.includes(meant) ? 'asked' : 'asked other';
  }
  if (named.length === 0) return 'missed';
  return named.every((name) => name === meant) ? 'right' : 'wrong';
}

function word(text: string, confidence: number): Word {
  return { text, confidence, startMs: 0, endMs: 0, alternatives: [] };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
