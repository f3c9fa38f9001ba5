import {
  Disposition,
  Verdict,
  Verification,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { Token } from '../spoken/tokens.js';
import {
  effectQuestionIn,
  type EffectQuestion,
  type NamedMedicine,
  type NamedValue,
} from './effect-question.js';
import { applies, effectFact, effectsOn, type Direction, type Effect } from './effects.js';
import type { LabsMind } from './mind.js';
import { personOf, type Person } from './person.js';

const MOST_FACTS = 12;

/** An effect with the words for it. */
interface Answer extends Effect {
  /** As the medicine and the value were called. */
  readonly medicineSpoken: string;
  readonly valueSpoken: string;
}

/** What is known of the medicines and values that an utterance puts together; undefined when it does not. */
export function aboutEffects(
  mind: LabsMind,
  request: ReviewRequest,
  tokens: readonly Token[],
): Partial<Review> | undefined {
  const question = effectQuestionIn(mind, tokens);
  if (!question) return undefined;
  const person = personOf(mind, request.patient, tokens);
  if (question.ofChart && request.context?.verification !== Verification.VERIFIED) return undefined;
  const answers = answersTo(mind, question, person);
  const about = [
    ...question.medicines.map(({ spoken }) => spoken),
    ...question.values.map(({ spoken }) => spoken),
  ];
  if (answers.length === 0) {
    if (question.ofChart) return undefined;
    return { reason: `It is not known here what is asked of ${about.join(' and ')}.`, relevant: true };
  }
  const facts = answers.slice(0, MOST_FACTS).map(effectFact);
  return {
    verdict: question.asks ? Verdict.SAY : Verdict.ADVISE,
    disposition: question.direction === undefined ? Disposition.NONE : Disposition.ROUTINE,
    say: sentence(answers, question),
    facts,
    reason: facts.map(({ text }) => text).join(' '),
    confidence: 0.95,
    relevant: true,
  };
}

/** A review of values with the answer about medicines put after it. */
export function withEffects(review: Partial<Review>, effects: Partial<Review> | undefined): Partial<Review> {
  if (!effects?.facts || effects.facts.length === 0) return review;
  const fresh = effects.facts;
  const known = (review.facts ?? []).filter(
    ({ kind, subjects }) =>
      kind !== 'lab-effect' || !fresh.some((fact) => fact.subjects.join() === subjects.join()),
  );
  const quiet = [Verdict.PASS, Verdict.ADVISE, undefined].includes(review.verdict);
  return {
    ...review,
    verdict: quiet ? (effects.verdict ?? Verdict.ADVISE) : (review.verdict ?? Verdict.PASS),
    say: [review.say ?? '', effects.say ?? ''].filter((part) => part !== '').join(' '),
    facts: [...known, ...fresh],
    reason: [...known, ...fresh].map(({ text }) => text).join(' '),
  };
}

function answersTo(mind: LabsMind, question: EffectQuestion, person: Person): Answer[] {
  if (question.ofAllValues) return question.medicines.flatMap((medicine) => allOf(mind, medicine));
  if (!question.ofChart) {
    return question.medicines.flatMap((medicine) =>
      question.values.flatMap((value) => pairOf(mind, medicine, value)),
    );
  }
  return person.medicines.flatMap((medicine) =>
    question.values
      .flatMap((value) =>
        pairOf(
          mind,
          { ...medicine, called: medicine.ingredient, spoken: medicine.ingredient, start: 0, end: 0 },
          value,
        ),
      )
      .filter(
        (answer) =>
          applies(answer, person) &&
          answer.direction !== 'none' &&
          (question.direction === undefined || answer.direction === question.direction),
      ),
  );
}

/** What is known of one medicine and one value that were named. */
export function pairOf(mind: LabsMind, medicine: NamedMedicine, value: NamedValue): Answer[] {
  return value.measures.flatMap((measure) =>
    effectsOn(mind, medicine, measure, value.subject ?? measure).map((effect) => ({
      ...effect,
      medicineSpoken: medicine.spoken,
      valueSpoken: value.spoken,
    })),
  );
}

/** In the order of the knowledge base, which begins with what matters most. */
function allOf(mind: LabsMind, medicine: NamedMedicine): Answer[] {
  return mind.effects.effectsOf(medicine).flatMap((known) =>
    known.with !== undefined || known.effect === 'none'
      ? []
      : known.analytes.flatMap((id) =>
          effectsOn(mind, medicine, id)
            .filter((effect) => effect.known === known)
            .map((effect) => ({
              ...effect,
              medicineSpoken: medicine.spoken,
              valueSpoken: mind.index.byId(id)?.spoken ?? id,
            })),
        ),
  );
}

// --- the answer in words ---------------------------------------------------------------------------------

const noChange = "Please don't change a prescribed medicine on your own. A nurse can go over it with you.";

function sentence(answers: readonly Answer[], { direction, ofAllValues, ofChart }: EffectQuestion): string {
  const [first] = answers;
  if (!first) return '';
  if (ofAllValues) return `${listed(answers)} ${noChange}`;
  if (ofChart) {
    const names = [...new Set(answers.map(({ medicineSpoken }) => medicineSpoken))].slice(0, 3);
    const verb = direction === undefined ? 'change' : direction === 'raises' ? 'raise' : 'lower';
    return `Of your medicines, ${inWords(names)} can ${verb} your ${first.valueSpoken}. ${noChange}`;
  }
  const same = answers.filter(
    ({ medicineSpoken, subject }) => medicineSpoken === first.medicineSpoken && subject === first.subject,
  );
  return `${single(first, new Set(same.map((answer) => answer.direction)), direction)} ${
    first.direction === 'none' ? 'A nurse can look at what else it could be.' : noChange
  }`;
}

function single(
  { medicineSpoken, valueSpoken, known }: Answer,
  directions: ReadonlySet<Direction>,
  asked: Direction | undefined,
): string {
  const start = `${medicineSpoken.slice(0, 1).toUpperCase()}${medicineSpoken.slice(1)}`;
  const partner = known.with === undefined ? '' : `, together with ${known.with.replace(/^.*?:/, '')}`;
  if (known.testOnly === true) return `${start} can make the result of your ${valueSpoken} wrong.`;
  if (directions.has('none')) return `${start} is not known to change your ${valueSpoken}${partner}.`;
  if (directions.size > 1) return `${start} can push your ${valueSpoken} up or down${partner}.`;
  const [verb, other] = directions.has('raises') ? ['raise', 'lower'] : ['lower', 'raise'];
  if (asked === undefined) return `${start} can ${verb} your ${valueSpoken}${partner}.`;
  return directions.has(asked)
    ? `Yes, ${medicineSpoken} can ${verb} your ${valueSpoken}${partner}.`
    : `${start} can ${verb} your ${valueSpoken} rather than ${other} it${partner}.`;
}

function listed(answers: readonly Answer[]): string {
  const of = (direction: Direction): string[] =>
    [
      ...new Set(
        answers.filter((answer) => answer.direction === direction).map(({ valueSpoken }) => valueSpoken),
      ),
    ].slice(0, 3);
  const raised = of('raises');
  const lowered = of('lowers');
  const name = answers[0]?.medicineSpoken ?? '';
  const parts = [
    ...(raised.length > 0 ? [`raise ${inWords(raised)}`] : []),
    ...(lowered.length > 0 ? [`lower ${inWords(lowered)}`] : []),
  ];
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)} can ${parts.join(', and ')}.`;
}

function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
