import { amountIn } from '../../clinical-kb/nutrition/load-nutrition.js';
import {
  Disposition,
  Verdict,
  Verification,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { readUtterance, type Reading } from '../language/reading.js';
import { entityOf, figureFact, ruleFact } from './facts.js';
import { findingsOf, gravity, reasonFor, type Finding } from './findings.js';
import { mentionsIn, type Mention } from './mentions.js';
import type { NutritionMind } from './mind.js';
import { medicinesIn, personOf, takes, type Person } from './person.js';
import {
  askPharmacist,
  betterKind,
  calledOf,
  changedGreens,
  checkLabel,
  countSodium,
  filled,
  figureSentence,
  fluidSentence,
  noFigure,
  noReason,
} from './sentences.js';
import { aboutTopic, topicOf } from './topics.js';

/** Below this a food's name was not heard surely enough to say anything about it. */
const LEAST_CONFIDENCE = 0.5;
const MOST_FACTS = 12;
/** A portion with so much is counted by somebody who is to eat little salt. */
const COUNTED_SODIUM_MG = 100;

/** The first look: foods that the patient named or asked about. */
export function reviewHeard(mind: NutritionMind, request: ReviewRequest): Partial<Review> {
  const said = request.heard;
  if (!said || (said.text.trim() === '' && said.words.length === 0)) {
    return { reason: 'Nothing was heard.', relevant: false };
  }
  const reading = readUtterance(said);
  const mentions = mentionsIn(reading, mind.index);
  const verified = request.context?.verification === Verification.VERIFIED;
  const person = personOf(request.patient, mind.knowledge);
  // A low blood sugar is treated, whatever food was named beside it.
  const first = topicOf(mind, reading, person, true);
  if (mentions.length === 0 || first) return aboutTopic(mind, reading, person, verified);
  const own = mentions.filter(({ experiencer, negated }) => experiencer === 'patient' && !negated);
  const sure = own.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE);
  const common = {
    entities: mentions.map(entityOf),
    facts: sure.flatMap((mention) => figureFact(mention) ?? []).slice(0, MOST_FACTS),
    confidence: confidenceOf(mentions),
    relevant: true,
  };
  if (verified && !mentions.some(({ asked }) => asked) && changes(mentions, reading)) {
    const steady = mentions
      .flatMap((mention) => findingsOf(mention, person, mind.knowledge))
      .find(
        ({ rule, mention }) =>
          /^warfarin-(?:vitamin-k|leafy)$/.test(rule.id) && mention.experiencer === 'patient',
      );
    if (steady)
      return {
        ...common,
        verdict: Verdict.SAY,
        disposition: Disposition.NONE,
        say: changedGreens,
        facts: [ruleFact(steady)],
        reason: 'Eats much more or much less vitamin K than before while on warfarin.',
      };
  }
  if (own.length === 0) return { ...common, reason: 'The food is denied or of somebody else.' };
  if (sure.length === 0) return { ...common, reason: 'The food was not surely heard.' };
  if (!verified)
    return { ...common, reason: 'Food was named; nothing is said of a chart before identity is known.' };
  return judge(mind, request, reading, sure, person, common);
}

type Common = Pick<Review, 'entities' | 'facts' | 'confidence' | 'relevant'>;

function judge(
  mind: NutritionMind,
  request: ReviewRequest,
  reading: Reading,
  mentions: readonly Mention[],
  charted: Person,
  common: Common,
): Partial<Review> {
  const asked = mentions.filter((mention) => mention.asked);
  const person = asked.length > 0 ? withNamed(mind, reading, mentions, charted) : charted;
  const findings = mentions
    .flatMap((mention) => findingsOf(mention, person, mind.knowledge))
    .sort(
      (a, b) =>
        Number(b.mention.asked) - Number(a.mention.asked) || gravity[b.rule.kind] - gravity[a.rule.kind],
    );
  const facts = [...findings.map(ruleFact), ...common.facts].slice(0, MOST_FACTS);
  const reason =
    findings.length > 0 ? findings.map((of) => ruleFact(of).text).join(' ') : 'No rule speaks against it.';
  const all = { ...common, facts, reason };
  const question = findings.find(({ mention }) => mention.asked)?.mention ?? asked[0];
  if (question) return answer(mind, reading, all, question, findings, person);
  const worst = findings.find(({ rule }) => rule.id !== 'diabetes-sugar' || !lowSugar.test(reading.text));
  // What is only worth knowing when asked is not said in passing.
  if (!worst || worst.rule.kind === 'note') return all;
  const say = filled(worst.rule.say, worst);
  if (saidBefore(request, say)) return { ...all, reason: `${reason} Said before.` };
  return {
    ...all,
    verdict: worst.rule.kind === 'avoid' ? Verdict.SAY : Verdict.ADVISE,
    disposition: Disposition.NONE,
    say,
  };
}

/** Ways of telling that one eats less of a thing than before, where the food is denied. */
const givenUp =
  / (?:quit|stopped|gave up|given up|giving up|cut out|cutting out|no more|no longer|cut back|cutting back|swore off|staying away|stay away|less|off|lately|anymore|any more|in (?:a|two|three|four|five) (?:weeks?|months?)|for (?:a|two|three|four|five) (?:weeks?|months?)|since) /;
/** Ways of telling that one eats more of it than before. */
const takenUp =
  / (?:started|starting|began|begun|have been (?:[a-z]+ )?(?:eating|having|drinking|doing|juicing|making|loading)|loading up|these days|lately|now i|suddenly|twice as|doubled|triple|(?:a lot|lot|much|way|lots|tons) more|more (?:[a-z]+ ){0,2}than|switched|new diet|kick|juicing|smoothies?|every (?:single )?day (?:this|since|now)|(?:this|last|past|few|two|three) weeks?|cut down|cut back|cutting back|eat less|eating less|hardly|barely) /;
const steadily = / (?:same|as always|like always|as usual|like usual|steady|for years|all my life) /;

/** Whether the amount of a food is told to have changed. */
function changes(mentions: readonly Mention[], { text }: Reading): boolean {
  if (steadily.test(text)) return false;
  const told = mentions.every(({ negated }) => negated) ? givenUp : takenUp;
  return told.test(text);
}

/** Sugar was taken against a low blood sugar; nothing is said against it. */
const lowSugar = / (?:low|shaky|shaking|sweaty|dropped) /;

const asksSugar = / (?:how much|many|grams of|is there|the) (?:grams of )?sugars? /;
const asksFluid = / how much (?:fluid|liquid) /;
const asksOther =
  / how (?:much|many) (?:fluid|liquid|calories|calorie|protein|fat|fiber|fibre|cholesterol|caffeine|iron|calcium|vitamin [abcde]|sugar|sugars) /;

/** A direct question: the figure that was asked for, or what the gravest rule says, or that none speaks against it. */
function answer(
  mind: NutritionMind,
  reading: Reading,
  all: Common & { readonly reason: string },
  question: Mention,
  findings: readonly Finding[],
  person: Person,
): Partial<Review> {
  const say = (text: string): Partial<Review> => ({
    ...all,
    verdict: Verdict.SAY,
    disposition: Disposition.NONE,
    say: text,
  });
  const [worst] = findings.filter(({ mention }) => mention === question);
  const sugar = asksSugar.test(reading.text) && question.food.tags.has('fast-sugar');
  const sweetness = sugar ? figureSentence(question, 'carbohydrateG') : undefined;
  if (sweetness !== undefined && worst?.rule.kind !== 'avoid') return say(sweetness);
  if (worst?.rule.kind !== 'avoid' && asksOther.test(reading.text)) {
    const fluid = asksFluid.test(reading.text) ? fluidSentence(question) : undefined;
    return fluid === undefined ? { ...all, reason: 'That nutrient is not known.' } : say(fluid);
  }
  const [nutrient] = question.askedOf;
  const name = calledOf(question);
  if (nutrient && worst?.rule.kind !== 'avoid') {
    const rule = worst?.rule.nutrient?.of === nutrient ? worst : undefined;
    return say(
      rule ? filled(rule.rule.say, rule) : (figureSentence(question, nutrient) ?? noFigure(nutrient, name)),
    );
  }
  if (worst) return say(filled(worst.rule.say, worst));
  const sodiumMatters = mind.knowledge.rules.some(
    (rule) => rule.nutrient?.of === 'sodiumMg' && reasonFor(rule, person) !== undefined,
  );
  if (question.without.has('sodiumMg') && sodiumMatters) return say(betterKind);
  if (person.conditions.size === 0 && person.medicines.length === 0 && person.allergies.length === 0)
    return { ...all, reason: 'The chart tells nothing that a diet would follow from; not known.' };
  if (isUnsure(mind, person, question)) return say(askPharmacist(name));
  if (person.medicines.some((medicine) => takes(medicine, 'class:maoi')) && !isPlain(question))
    return { ...all, reason: `Whether ${question.food.id} holds tyramine is not known.` };
  if (isAllergic(mind, person) && !isPlain(question)) return say(checkLabel(name));
  if (!question.portion) return { ...all, reason: `What is in ${question.food.id} is not known.` };
  if (sodiumMatters) {
    // Short of what a rule calls salty it still counts; never is it called fine, and least of all when not known.
    const sodium = amountIn(question.food, 'sodiumMg', question.portion.grams);
    if (sodium === undefined) return { ...all, reason: `The sodium in ${question.food.id} is not known.` };
    const figure = sodium >= COUNTED_SODIUM_MG ? figureSentence(question, 'sodiumMg') : undefined;
    if (figure !== undefined) return say(countSodium(figure));
  }
  return say(noReason(name));
}

/** Somebody who must not eat an ingredient is told nothing of a dish whose ingredients are not known one by one. */
function isAllergic(mind: NutritionMind, person: Person): boolean {
  return mind.knowledge.rules.some(
    (rule) =>
      (rule.allergies !== undefined || rule.conditions?.includes('celiac-disease') === true) &&
      reasonFor(rule, person) !== undefined,
  );
}

/** Alcohol and grapefruit meet many medicines; without having looked at each, none is called harmless. */
function isUnsure(mind: NutritionMind, person: Person, { food, without }: Mention): boolean {
  const tag = ['grapefruit', 'alcohol'].find((one) => food.tags.has(one));
  if (tag === undefined || (tag === 'alcohol' && without.has('alcohol'))) return false;
  const cleared = mind.knowledge.cleared
    .filter((one) => one.tag === tag)
    .flatMap(({ medicines }) => medicines);
  return (
    person.unknownMedicines > 0 ||
    person.medicines.some((medicine) => !cleared.some((selector) => takes(medicine, selector)))
  );
}

/** Fruit and vegetables (food groups 09 and 11 of the record) are one ingredient. */
function isPlain({ food }: Mention): boolean {
  return /, (?:09|11)\d{3} /.test(food.citation);
}

/** A medicine named in the question counts as if it were on the chart. */
function withNamed(
  mind: NutritionMind,
  reading: Reading,
  mentions: readonly Mention[],
  person: Person,
): Person {
  const foods = new Set(mentions.flatMap(({ heard }) => heard.split(' ')));
  const named = medicinesIn(
    reading.tokens.map(({ text }) => text),
    mind.knowledge,
  ).filter(
    ({ medicine, name }) =>
      !name.split(' ').some((word) => foods.has(word)) &&
      !person.medicines.some(({ ingredient }) => ingredient === medicine.ingredient),
  );
  return {
    ...person,
    medicines: [...named.map(({ medicine }) => medicine), ...person.medicines],
  };
}

function saidBefore(request: ReviewRequest, say: string): boolean {
  return (request.context?.history ?? []).some(
    ({ speaker, text }) => speaker === 'agent' && text.includes(say),
  );
}

function confidenceOf(mentions: readonly Mention[]): number {
  const lowest = Math.min(...mentions.map(({ confidence }) => confidence));
  return Math.round(Math.min(1, Math.max(0, lowest)) * 95) / 100;
}
