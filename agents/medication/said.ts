import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOfText, type Token } from '../spoken/tokens.js';
import type { Chart } from './chart.js';
import { nameKey } from './name-index.js';
import { experiencerOf } from './statement.js';

/** What a patient says of themselves that rules need: it counts like the chart, for this call. */
export interface Said {
  readonly conditions: ReadonlySet<string>;
  readonly allergies: readonly string[];
  readonly ageYears: number | undefined;
}

/** Short names that mean something else when they are spoken ("heating pad", "as far as"). */
const writtenOnly = new Set([
  'pad',
  'af',
  'sle',
  'mi',
  'itp',
  'pcn',
  'osa',
  'men 2',
  'stent',
  'falls',
  'pvd',
]);

const denied =
  /(^| )(no|not|don't|do not|didn't|never|without|deny|haven't|isn't|wasn't|free of|ruled out|instead of|did i|do i)( \S+){0,4}$/;
/** "Can it cause a stroke?" tells of no stroke. */
const feared =
  /(^| )(cause|causes|causing|give me|gives me|get|getting|prevent|prevents|preventing|avoid|risk of|risk for|lead to|leads to|worried about|afraid of|scared of|chance of|keep from|protect from|against|trigger|triggers|bring on|raise my)( \S+){0,3}$/;
const drinks = /^(beers?|drinks?|glasses|glass|shots?|cans|bottles|cocktails?)$/;

/** Adds to a chart what the patient said in this call. */
export function withSaid(chart: Chart, request: ReviewRequest, knowledge: MedicineKnowledge): Chart {
  const said = saidBy(request, knowledge);
  if (said.conditions.size === 0 && said.allergies.length === 0 && said.ageYears === undefined) return chart;
  return {
    ...chart,
    conditions: new Set([...chart.conditions, ...said.conditions]),
    allergies: [...chart.allergies, ...said.allergies],
    ageYears: chart.ageYears ?? said.ageYears,
  };
}

/** Conditions, allergies and age in the patient's own words of this call. */
export function saidBy(request: ReviewRequest, knowledge: MedicineKnowledge): Said {
  const lines = (request.context?.history ?? [])
    .filter((turn) => turn.speaker === 'patient')
    .map((turn) => turn.text);
  const texts = new Set([...lines, ...(request.heard ? [request.heard.text] : [])]);
  const conditions = new Set<string>();
  const allergies: string[] = [];
  let ageYears: number | undefined;
  for (const text of texts) {
    const tokens = tokensOfText(text);
    for (const clause of clausesOf(tokens)) {
      for (const id of conditionsIn(clause, knowledge)) conditions.add(id);
      allergies.push(...allergiesIn(clause));
    }
    ageYears = ageIn(tokens) ?? ageYears;
    if (drinksHeavily(tokens)) conditions.add('heavy-alcohol');
  }
  return { conditions, allergies, ageYears };
}

/** Parts of a sentence that say one thing: "I have gout but no ulcer" is two. */
function clausesOf(tokens: readonly Token[]): string[] {
  const clauses: string[] = [];
  let words: string[] = [];
  for (const token of tokens) {
    if (token.text === 'but' && words.length > 0) {
      clauses.push(words.join(' '));
      words = [];
    }
    words.push(token.text);
    if (token.endsClause) {
      clauses.push(words.join(' '));
      words = [];
    }
  }
  return [...clauses, words.join(' ')].filter((clause) => clause !== '');
}

function conditionsIn(clause: string, knowledge: MedicineKnowledge): string[] {
  const words = nameKey(clause).split(' ');
  const byWord = phrasesByWord(knowledge);
  const found: string[] = [];
  words.forEach((word, at) => {
    for (const { phrase, ids } of byWord.get(word) ?? []) {
      if (phrase.some((part, step) => words[at + step] !== part)) continue;
      const before = words.slice(0, at).join(' ');
      if (denied.test(before) || feared.test(before) || experiencerOf(before) !== 'patient') continue;
      found.push(...ids);
    }
  });
  return found;
}

interface SpokenCondition {
  readonly phrase: readonly string[];
  /** The condition and what it implies. */
  readonly ids: readonly string[];
}

const spoken = new WeakMap<MedicineKnowledge, ReadonlyMap<string, readonly SpokenCondition[]>>();

/** The conditions that can be heard, by the first word of their names; made once for each knowledge base. */
function phrasesByWord(knowledge: MedicineKnowledge): ReadonlyMap<string, readonly SpokenCondition[]> {
  const known = spoken.get(knowledge);
  if (known) return known;
  const made = new Map<string, SpokenCondition[]>();
  for (const { id, phrases, implies } of knowledge.conditions.values()) {
    for (const key of phrases.map(nameKey)) {
      const phrase = key.split(' ');
      const [first = ''] = phrase;
      if (writtenOnly.has(key) || first === '') continue;
      made.set(first, [...(made.get(first) ?? []), { phrase, ids: [id, ...(implies ?? [])] }]);
    }
  }
  spoken.set(knowledge, made);
  return made;
}

/** "I'm allergic to penicillin and sulfa", "I have a codeine allergy". */
function allergiesIn(clause: string): string[] {
  const text = clause.toLowerCase();
  const to = /(^|.* )(allergic|allergy|allergies|bad reaction|reaction) to (?<what>\S+( \S+){0,4})/.exec(
    text,
  );
  const of = /(^|.* )(have|got|with|my|had) an? ?(?<what>\S+)( \S+)? allergy/.exec(text);
  const found = to ?? of;
  const before = found?.[1] ?? '';
  if (!found?.groups?.['what'] || denied.test(before.trim()) || /(^| )am i( |$)/.test(before)) return [];
  return experiencerOf(before) === 'patient' ? [found.groups['what']] : [];
}

/** "I'm eighty two years old". */
function ageIn(tokens: readonly Token[]): number | undefined {
  return numbersIn(tokens).find(({ start, end, value }) => {
    const before = tokens
      .slice(Math.max(0, start - 2), start)
      .map((token) => token.text)
      .join(' ');
    return (
      /^years?$/.test(tokens[end]?.text ?? '') &&
      tokens[end + 1]?.text === 'old' &&
      /(^| )(i'm|i am|am)$/.test(before) &&
      value >= 18 &&
      value <= 120
    );
  })?.value;
}

/** Three drinks a day or more, which labels of pain relievers name. */
function drinksHeavily(tokens: readonly Token[]): boolean {
  return numbersIn(tokens).some(({ start, end, value }) => {
    if (value < 3 || value > 40 || !drinks.test(tokens[end]?.text ?? '')) return false;
    const before = tokens.slice(0, start).map((token) => token.text);
    const after = tokens
      .slice(end, end + 7)
      .map((token) => token.text)
      .join(' ');
    const water = /(water|juice|milk|coffee|tea|soda)/.test(after);
    return (
      !water &&
      /(a|per|each|every) (day|night|evening)|daily/.test(after) &&
      experiencerOf(before.join(' ')) === 'patient'
    );
  });
}
