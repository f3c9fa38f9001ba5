import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import { sayDigits } from '../spoken/digits.js';
import type { Chart } from './chart.js';
import { amountText, type DoseFinding } from './dose-judgement.js';
import type { Candidate } from './mention.js';
import type { MedicineName } from './name-index.js';
import { purposePhrase } from './purpose.js';
import { capital, listOf, type Problem } from './rules.js';
import { spellOut } from './spelled.js';

/** What the medication specialist says; every sentence is complete, plain, and no diagnosis. */
export interface Voice {
  readonly chart: Chart;
  readonly knowledge: MedicineKnowledge;
  /** Until then nothing of the chart may be said. */
  readonly verified: boolean;
}

/** A generic name in small letters, a brand as it is written. */
export function spokenName(name: MedicineName): string {
  return name.written.toLowerCase() === name.ingredients[0]
    ? name.written.toLowerCase().replaceAll('/', ' and ')
    : name.written;
}

/** "Did you say metoprolol, the one for your heart?" @param spell adds the letters of the name */
export function readBack(voice: Voice, candidate: Candidate, spell: boolean): string {
  const purpose = purposePhrase(purposeOf(voice, candidate.name));
  const one = purpose === '' ? '' : purpose.startsWith('your ') ? `, ${purpose}` : `, the one ${purpose}`;
  const spelled = spell ? ` It is spelled ${spellOut(candidate.name.written)}.` : '';
  return `I want to be sure I heard that right. Did you say ${spokenName(candidate.name)}${one}?${spelled}`;
}

/** Tells two names apart by purpose and by the letters that differ. */
export function tellApart(voice: Voice, first: MedicineName, second: MedicineName): string {
  const describe = (name: MedicineName, other: MedicineName): string => {
    const purpose = purposePhrase(purposeOf(voice, name));
    return `${spokenName(name)},${purpose === '' ? '' : ` ${purpose},`} spelled ${spellOut(distinctLetters(name.written, other.written))}`;
  };
  return `I want to be sure I have the right medicine. Did you say ${describe(first, second)}, or ${describe(second, first)}?`;
}

/** The beginning of a name up to two letters after it parts from the other. */
function distinctLetters(name: string, other: string): string {
  let same = 0;
  while (same < name.length && name[same]?.toLowerCase() === other[same]?.toLowerCase()) same += 1;
  return name.slice(0, Math.max(5, same + 2));
}

/** As the chart has it, else as the knowledge base; nothing before identity is known. */
export function purposeOf(voice: Voice, name: MedicineName): string {
  if (!voice.verified) return '';
  const onChart = voice.chart.medicines.find((entry) => entry.name.canonical === name.canonical);
  const known = voice.knowledge.medicines.get(name.ingredients[0] ?? '')?.purpose;
  return onChart?.purpose ?? known ?? name.purpose;
}

/** The warning about a medicine that this patient should leave out, or have checked. */
export function warning(
  voice: Voice,
  name: MedicineName,
  problems: readonly Problem[],
  said: { readonly taken: boolean },
): string {
  const spoken = spokenName(name);
  if (!voice.verified) {
    return `To be safe, please don't take ${said.taken ? 'any more ' : ''}${spoken} until a nurse has talked with you.`;
  }
  const worst = problems[0];
  if (!worst) return '';
  const holds =
    name.product === undefined
      ? brandNote(name)
      : ` It has ${listOf([...new Set(problems.map((problem) => problem.subjects[0] ?? ''))])} in it.`;
  const why = reason(problems, worst);
  if (worst.avoid || problems.some((problem) => problem.avoid && rank(problem) <= rank(worst))) {
    const more = said.taken ? 'any more ' : '';
    const purpose = voice.knowledge.medicines.get(worst.subjects[0] ?? '')?.purpose ?? '';
    const instead = purpose === '' ? 'about it' : `about what you can take for ${purpose}`;
    const verb = isUsed(worst.subjects[0]) ? 'use' : 'take';
    return `Please don't ${verb} ${more}${spoken} for now.${holds} ${why} A nurse will call you today ${verb === 'use' ? 'about it' : instead}.`;
  }
  return `I want a nurse to look at ${spoken} before anything changes.${holds} ${why} Please don't stop or start a medicine on your own. A nurse will call you today.`;
}

function isSeasoning(ingredient: string | undefined): boolean {
  return ingredient?.includes('salt substitute') === true;
}

function isUsed(ingredient: string | undefined): boolean {
  return isSeasoning(ingredient) || ingredient === 'oxymetazoline';
}

function rank(problem: Problem): number {
  return { contraindicated: 0, avoid: 0, major: 1, moderate: 2, caution: 2, minor: 3, ok: 4 }[
    problem.severity
  ];
}

function brandNote(name: MedicineName): string {
  const ingredient = name.ingredients[0] ?? '';
  if (name.written === ingredient || name.ingredients.length > 1) return '';
  return isSeasoning(ingredient)
    ? ' It is made of potassium.'
    : ` It is ${ingredient.replaceAll('/', ' and ')}.`;
}

/** "With heart failure and your lisinopril and furosemide, it can hurt your kidneys and make you hold water." */
function reason(problems: readonly Problem[], worst: Problem): string {
  if (worst.kind === 'allergy') return `You have an allergy to ${worst.subjects[1] ?? 'it'}.`;
  const telling = problems.filter(
    (problem) => problem.kind !== 'allergy' && rank(problem) <= Math.max(1, rank(worst)),
  );
  const conditions = [...new Set(telling.flatMap((problem) => problem.conditions))].slice(0, 2);
  const medicines = [...new Set(telling.flatMap((problem) => problem.medicines))].slice(0, 3);
  const interaction = telling.find((problem) => problem.kind === 'interaction');
  const harm = (interaction ?? worst).harm;
  const own = medicines.length > 0 ? [`your ${listOf(medicines)}`] : [];
  const circumstances = listOf([...conditions, ...own]);
  return circumstances === ''
    ? `${capital(`at your age it can ${harm}`)}.`
    : `With ${circumstances}, it can ${harm}.`;
}

/** What is said about a dose that is over a limit. */
export function doseWarning(voice: Voice, name: MedicineName, finding: DoseFinding): string {
  const spoken = spokenName(name);
  if (finding.against === 'prescription' && voice.verified) {
    const entry = voice.chart.medicines.find((candidate) => candidate.name.canonical === name.canonical);
    const list = entry
      ? `Your list says ${entry.dose}${entry.frequency === '' ? '' : `, ${entry.frequency}`}.`
      : '';
    const end =
      finding.severity === 'danger'
        ? "Please don't take any more of it today until a nurse has talked with you. A nurse will call you right away."
        : "Please don't take extra. A nurse will call you today to go over it.";
    return `That sounds like more ${spoken} than your list says. ${list} ${end}`.replace(/ {2,}/g, ' ');
  }
  const ingredient = finding.subjects[0] ?? spoken;
  if (finding.severity === 'danger') {
    const sum =
      finding.perDayMg === undefined
        ? ''
        : ` That adds up to about ${amountText(finding.perDayMg)} milligrams of ${ingredient} in a day.`;
    const limit =
      finding.limitMg === undefined
        ? ''
        : ` The most for an adult is ${amountText(finding.limitMg)}${sum === '' ? ' milligrams' : ''}.`;
    return `Please don't take any more ${spoken} for now.${sum}${limit} Too much can hurt you even before you feel sick. ${isMassive(finding) ? 'Please call Poison Control right now, at 1 800 222 1222. I am asking a nurse to call you right away.' : 'A nurse will call you right away. You can also call Poison Control at any time, at 1 800 222 1222.'}`;
  }
  if (finding.personal === true && finding.limitMg !== undefined)
    return `For you the most ${spoken} in a day may be less than for others, ${amountText(finding.limitMg)} milligrams. Please don't take more than your list says. A nurse will call you today to go over it.`;
  if (finding.total === true && finding.perDayMg !== undefined && finding.limitMg !== undefined) {
    const [, ...products] = finding.subjects;
    const both = products.length > 1 ? ` ${capital(listOf(products))} have ${ingredient} in them.` : '';
    return `Please don't take any more ${spoken} today.${both} That adds up to about ${amountText(finding.perDayMg)} milligrams of ${ingredient} in a day. The package says no more than ${amountText(finding.limitMg)}. A nurse will call you today about it.`;
  }
  const single =
    finding.passedSingleMg === undefined
      ? ''
      : ` The package says no more than ${amountText(finding.passedSingleMg)} milligrams at a time.`;
  const most =
    single !== '' || finding.limitMg === undefined
      ? single
      : ` The package says no more than ${amountText(finding.limitMg)} milligrams of ${ingredient} in 24 hours.`;
  return `That is more ${spoken} than the package says is safe.${most} Please don't take more than the package says. A nurse will call you today about it.`;
}

/** Half as much again as the highest safe amount: Poison Control is called now, not later. */
export function isMassive(finding: DoseFinding): boolean {
  return (
    finding.severity === 'danger' &&
    finding.against === 'label' &&
    finding.mostMg !== undefined &&
    finding.limitMg !== undefined &&
    finding.perDayMg === undefined &&
    finding.mostMg >= 1.5 * finding.limitMg
  );
}

/** Two products with the same ingredient. */
export function duplicateWarning(finding: DoseFinding): string {
  const [ingredient, ...products] = finding.subjects;
  return `${capital(listOf(products.map((product) => (product === ingredient ? product : product))))} have the same medicine in them, ${ingredient ?? ''}. Please don't take them together. A nurse will call you today about it.`;
}

export const sentences = {
  spell: "I'm sorry. Please say the name again, or spell it for me, letter by letter.",
  sayAgain:
    "I'm sorry, I didn't catch the name of that medicine. Please say it again, or spell it for me, letter by letter.",
  leaveToNurse: "That's okay. I won't guess. A nurse will go over that medicine with you.",
  unknown: (heard: string): string =>
    `I don't know a medicine called ${heard}, so I can't advise you on it. A nurse will go over it with you.`,
  knownOnly: (name: string): string =>
    `I know that ${name} is a medicine, but I can't advise you on it. A nurse will go over it with you.`,
  onlyOnChart: (name: string): string =>
    `I see ${name} on your list, but I can't advise you on it. A nurse will answer that.`,
  nurseConfirms: (name: string): string =>
    `I want a nurse to answer that about ${name}, so I don't guess. A nurse will call you.`,
  keepTaking: (name: string): string =>
    `Please keep taking your ${name} as your list says until a nurse has talked with you. A nurse will call you about it.`,
  stopped: (name: string): string =>
    `Thank you for telling me about the ${name}. Please don't change anything else for now. A nurse will call you today about it.`,
  missed: (
    name: string,
    told: { readonly advice: string; readonly sameDay: boolean; readonly never: boolean },
  ): string =>
    `Thank you for telling me.${told.never ? ` Please don't take a double dose of ${name} to catch up.` : ''}${told.advice} ${told.sameDay ? 'A nurse will call you today about it.' : 'I will let a nurse know.'}`,
  whichUnit: (name: string, value: number, said: string, usual: string): string =>
    `I heard ${value} ${said} of ${name}, but ${name} comes in ${usual}. Please look at the label. How much is it, and is it ${usual}?`,
  whichMass: (name: string, value: number): string =>
    `I want to be sure of the dose. Please look at the label of ${name}. Is it ${value} micrograms or ${value} milligrams?`,
  listDose: (name: string, dose: string, frequency: string): string =>
    `Your list says ${dose} of ${name}${frequency === '' ? '' : `, ${frequency}`}. Please don't take more than that. A nurse can answer more about it.`,
  packageDose: (name: string, single: string | undefined, daily: string, less: boolean): string =>
    `For most adults the most ${name} in 24 hours is ${daily}${single === undefined ? '' : `, and no more than ${single} at a time`}.${less ? ' Some packages say less, so follow yours.' : ' Follow the package.'} A nurse can tell you if less is right for you.`,
  packageUnits: (
    name: string,
    single: number,
    daily: number,
    unit: string,
    ingredients: readonly string[],
  ): string =>
    `${name} has ${listOf(ingredients)} in it. The package says ${single} ${unit}${single === 1 ? '' : 's'} at a time, and no more than ${daily} in 24 hours. A nurse can tell you if less is right for you.`,
  whichDose: (name: string, value: number, twin: number): string =>
    `I want to be sure of the number. For ${name}, did you say ${value}, ${sayDigits(value)}, or ${twin}, ${sayDigits(twin)}?`,
  whichStrength: (name: string): string =>
    `Please look at the bottle of ${name} for me. How many milligrams is one ${name}?`,
  withinLabel: (name: string, daily: string): string =>
    `I don't see a conflict between ${name} and your list. Follow the package, and take no more than ${daily} in 24 hours. A nurse can confirm that for you.`,
};
