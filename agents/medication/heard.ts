import {
  Disposition,
  Verdict,
  Verification,
  type Entity,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { chartOf } from './chart.js';
import { spokenAmount, strengthDecides } from './dose-judgement.js';
import { readDose } from './dose.js';
import { entityOf } from './facts.js';
import { findingsOf } from './findings.js';
import { intakeOf } from './intake.js';
import type { Mention } from './mention.js';
import { isWhereMedicineStands } from './medicine-place.js';
import { isSameMedicine, needsSpelling } from './look-alikes.js';
import type { MedicineName } from './name-index.js';
import type { MedicationMind } from './mind.js';
import { quiet, worst, type Outcome } from './outcome.js';
import { settle } from './own-question.js';
import { readHeard, type Heard } from './read-heard.js';
import { withSaid } from './said.js';
import { unitQuestion } from './unit-question.js';
import type { Act } from './statement.js';
import { readBack, sentences, spokenName, tellApart, type Voice } from './sentences.js';

/** The first look: what the patient said. */
export function reviewHeard(mind: MedicationMind, request: ReviewRequest): Partial<Review> {
  const utterance = request.heard;
  if (!utterance || (utterance.text.trim() === '' && utterance.words.length === 0)) {
    return { reason: 'Nothing was heard.', relevant: false };
  }
  const chart = withSaid(chartOf(request.patient, mind.index, mind.knowledge), request, mind.knowledge);
  const verified = request.context?.verification === Verification.VERIFIED;
  const voice: Voice = { chart, knowledge: mind.knowledge, verified };
  if (request.context?.answeringOwnQuestion) {
    const settled = settle(mind, request, utterance, voice);
    if (settled.kind === 'review') return settled.review;
    if (settled.kind === 'confirmed') {
      return judgeHeard(
        mind,
        request,
        readHeard(mind, request, settled.utterance, voice, settled.names),
        settled.reason,
      );
    }
  }
  return judgeHeard(mind, request, readHeard(mind, request, utterance, voice, new Set()), '');
}

/** Turns what was read into a review. @param settled why a name counts as sure, when the patient confirmed it */
function judgeHeard(
  mind: MedicationMind,
  request: ReviewRequest,
  heard: Heard,
  settled: string,
): Partial<Review> {
  if (heard.named.length === 0) {
    return settled === ''
      ? { reason: 'No medicine was named.', relevant: false }
      : { reason: settled, relevant: true };
  }
  const entities = heard.named.map(({ mention, statement }) =>
    entityOf(mention, statement.experiencer, statement.act === 'denies'),
  );
  const found = findingsOf(mind, request, heard);
  const silent = found.outcomes.every((outcome) => outcome.verdict !== Verdict.SAY);
  const question = questionFor(mind, heard) ?? (silent ? strengthQuestion(mind, heard) : undefined);
  if (question) {
    return review(entities, [], {
      verdict: Verdict.ASK,
      disposition: Disposition.NONE,
      say: question.say,
      reason: question.reason,
      confidence: question.confidence,
    });
  }
  const outcome = worst([...found.outcomes, ...leftOver(mind, heard)]);
  const reason = [settled, outcome.reason].filter((part) => part !== '').join(' ');
  return review(entities, found.facts, { ...outcome, reason });
}

function review(entities: Entity[], facts: Fact[], outcome: Outcome): Partial<Review> {
  return { ...outcome, entities, facts, relevant: true };
}

// --- questions -----------------------------------------------------------------------------------

function questionFor(
  mind: MedicationMind,
  heard: Heard,
): { say: string; reason: string; confidence: number } | undefined {
  for (const { mention, statement } of heard.named) {
    if (statement.experiencer !== 'patient') continue;
    const [first, second] = mention.candidates;
    if (!first && isDoubted(heard, mention)) {
      return {
        say: sentences.sayAgain,
        reason: `"${mention.heard}" stands where a medicine does, was not heard surely, and sounds like none that is known.`,
        confidence: 0.4,
      };
    }
    if (!first) continue;
    if (mention.certainty === 'near') {
      return {
        say: readBack(heard.voice, first, needsSpelling(mention.candidates, mind.lookAlikes)),
        reason: `"${mention.heard}" sounds like ${first.name.canonical} and was not heard surely; read back before use.`,
        confidence: first.confidence,
      };
    }
    if (mention.certainty === 'ambiguous' && second) {
      return {
        say: tellApart(heard.voice, first.name, second.name),
        reason: `"${mention.heard}" can be ${first.name.canonical} or ${second.name.canonical}; told apart by purpose and spelling.`,
        confidence: first.confidence,
      };
    }
  }
  for (const { mention, statement, words } of heard.named) {
    const name = mention.candidates[0]?.name;
    if (mention.certainty !== 'sure' || statement.experiencer !== 'patient' || statement.act === 'denies')
      continue;
    const unit = name && unitQuestion(name, words, mind.knowledge);
    if (unit) return { ...unit, confidence: 0.6 };
    const unsure = name && readDose(words, { strengthsMg: [], name: name.ingredients[0] ?? '' }).unsure;
    if (name && unsure) {
      return {
        say: sentences.whichDose(spokenName(name), unsure.value, unsure.twin),
        reason: `The dose of ${name.canonical} can be ${unsure.value} or ${unsure.twin}.`,
        confidence: 0.5,
      };
    }
  }
  return undefined;
}

/** Below this mean word probability an unknown name is asked for again before it is called unknown. */
const DOUBTED_WORD = 0.6;

function isDoubted({ tokens }: Heard, { start, end }: Mention): boolean {
  const words = tokens.slice(start, end);
  return words.reduce((sum, { confidence }) => sum + confidence, 0) < DOUBTED_WORD * words.length;
}

/** Asked only where nothing has to be said anyway. */
function strengthQuestion(mind: MedicationMind, heard: Heard): ReturnType<typeof questionFor> {
  for (const { mention, statement, words } of heard.named) {
    const name = mention.candidates[0]?.name;
    if (!name || name.unknown || mention.certainty !== 'sure') continue;
    if (statement.experiencer !== 'patient' || statement.act === 'denies') continue;
    if (strengthDecides(intakeOf(name, words, heard.chart, mind.knowledge), mind.knowledge)) {
      return {
        say: sentences.whichStrength(spokenName(name)),
        reason: `Whether this much ${name.canonical} is too much depends on its strength, which was not said.`,
        confidence: 0.6,
      };
    }
  }
  return undefined;
}

/** "Can I skip it today?": nobody but a clinician changes a prescription. */
const asksToChange =
  /(^| )(skip|stop|quit|stay off|go off|come off|get off|double|cut back|cut down|half|less|more often|twice)( |$)/;

function textOf({ tokens }: Heard): string {
  return tokens.map((token) => token.text).join(' ');
}

/** What is said where nothing was found: honest about what is not known. */
function leftOver(mind: MedicationMind, heard: Heard): Outcome[] {
  return heard.named.flatMap(({ mention, statement }): Outcome[] => {
    if (statement.experiencer !== 'patient') {
      return [quiet(Disposition.NONE, `"${mention.heard}" is what ${statement.experiencer} takes.`, 0.8)];
    }
    const name = mention.candidates[0]?.name;
    if (!name) {
      return [
        {
          verdict: Verdict.ADVISE,
          disposition: Disposition.ROUTINE,
          say: sentences.unknown(mention.heard),
          reason: `"${mention.heard}" may be a medicine; not known.`,
          confidence: 0.5,
        },
      ];
    }
    if (statement.act === 'denies') return [quiet(Disposition.NONE, `${name.canonical} is not taken.`, 0.9)];
    if (name.unknown && !heard.chart.medicines.some((entry) => isSameMedicine(entry.name, name))) {
      return [knownOnly(heard, name, mention, statement.act)];
    }
    if (name.unknown) {
      const reason = `${name.canonical} is on the list and not in the knowledge base; nothing could be checked.`;
      return statement.act === 'question'
        ? [
            {
              verdict: Verdict.ADVISE,
              disposition: Disposition.ROUTINE,
              say: sentences.onlyOnChart(name.written),
              reason,
              confidence: 0.6,
            },
          ]
        : [quiet(Disposition.NONE, reason, 0.6)];
    }
    const medicine = mind.knowledge.medicines.get(name.ingredients[0] ?? '');
    if (statement.act === 'question') {
      const charted = heard.chart.medicines.some((entry) => entry.name.canonical === name.canonical);
      if (charted && heard.voice.verified && asksToChange.test(textOf(heard)))
        return [
          {
            verdict: Verdict.ADVISE,
            disposition: Disposition.WITHIN_DAYS,
            say: sentences.keepTaking(spokenName(name)),
            reason: `The patient asks to change the prescribed ${name.canonical}.`,
            confidence: 0.8,
          },
        ];
      const daily = medicine?.otc?.dailyMg;
      const clear =
        daily !== undefined &&
        name.product === undefined &&
        heard.voice.verified &&
        heard.chart.medicines.every((entry) => !entry.name.unknown);
      return [
        {
          verdict: Verdict.ADVISE,
          disposition: Disposition.ROUTINE,
          say: clear
            ? sentences.withinLabel(spokenName(name), spokenAmount(daily))
            : sentences.nurseConfirms(spokenName(name)),
          reason: `No problem of ${name.canonical} with this chart is in the knowledge base; that is not proof that there is none.`,
          confidence: 0.7,
        },
      ];
    }
    return [
      quiet(
        Disposition.NONE,
        `${name.canonical} was heard surely.`,
        mention.candidates[0]?.confidence ?? 0.9,
      ),
    ];
  });
}

/** A name that is a medicine's and of which nothing else is known: said so where it is taken or asked about. */
function knownOnly(heard: Heard, name: MedicineName, { start, end }: Mention, act: Act): Outcome {
  const reason = `${name.canonical} is known as a medicine; nothing else is known of it.`;
  const own =
    heard.expectsMedicine ||
    isWhereMedicineStands(heard.tokens, start, end) ||
    heard.tokens.some(({ text }) => /^(i|i'm|i've|i'll|my|me)$/.test(text));
  if (!own || (act === 'mentions' && !heard.expectsMedicine)) return quiet(Disposition.NONE, reason, 0.7);
  return {
    verdict: Verdict.ADVISE,
    disposition: act === 'question' ? Disposition.ROUTINE : Disposition.WITHIN_DAYS,
    say: sentences.knownOnly(spokenName(name)),
    reason,
    confidence: 0.7,
  };
}
