import type { Review, ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { tokensOf, tokensOfText, type Token } from '../spoken/tokens.js';
import { latestOnChart } from './chart.js';
import { aboutChart } from './chart-question.js';
import { isFarFromChart } from './doubtful-weight.js';
import { aboutEffects, withEffects } from './effect-answer.js';
import { entitiesOf } from './entities.js';
import { judgeReadings } from './judge-readings.js';
import type { LabsMind } from './mind.js';
import { settle } from './own-question.js';
import { ask, askChange, leave, notAnswered } from './questions.js';
import type { Reading, Readings } from './reading.js';
import { readingsIn } from './readings.js';

/** The first look: values that the patient said, or asked about. */
export function reviewHeard(mind: LabsMind, request: ReviewRequest): Partial<Review> {
  const said = request.heard;
  const itemId = request.context?.itemId ?? '';
  if (!said || (said.text.trim() === '' && said.words.length === 0)) {
    return { reason: 'Nothing was heard.', relevant: false };
  }
  if (/warning|teach/.test(itemId)) {
    return { reason: 'The patient repeats instructions; numbers in them are no readings.', relevant: false };
  }
  const { utterance, repeated } = settle(mind, request, said);
  const tokens = tokensOf(utterance);
  const found = read(mind, request, tokens, repeated);
  const own = found.readings.filter((reading) => reading.experiencer === 'patient');
  const entities = entitiesOf(found);
  if (own.length === 0 && !found.change) {
    if (request.context?.answeringOwnQuestion === true) return notAnswered(request, entities);
    const effects = aboutEffects(mind, request, tokens);
    if (effects) return { ...effects, entities: [...entities, ...(effects.entities ?? [])] };
    if (found.readings.length > 0)
      return { entities, reason: 'The values are of somebody else.', relevant: true };
    return aboutChart(mind, request, tokens) ?? { reason: 'No value was said.', relevant: false };
  }
  const doubtful = own.find((reading) => reading.doubt !== undefined);
  if (doubtful) return ask(request, doubtful, entities);
  if (found.change?.twin !== undefined) return askChange(request, found.change, found.change.twin, entities);
  // Said twice and still far below the chart: not a number to call fine, nor one to guess about.
  if (own.some((reading) => isLoss(mind, request, reading))) return leave(entities);
  const review = judgeReadings(mind, request, tokens, own, found, entities);
  return withEffects(review, aboutEffects(mind, request, tokens));
}

/** Finds the readings in words, with what was asked as a help. */
export function read(
  mind: LabsMind,
  request: ReviewRequest,
  tokens: readonly Token[],
  repeated?: number,
): Readings {
  const history = request.context?.history ?? [];
  const question = history.findLast((turn) => turn.speaker === 'agent')?.text ?? '';
  const weight = mind.index.byId('body weight');
  return readingsIn(tokens, {
    index: mind.index,
    expected: mind.index.expectedIn(request.context?.itemId ?? '', question, tokensOfText(question)),
    chartPounds: weight ? latestOnChart(request.patient, weight)?.value : undefined,
    repeated,
  });
}

function isLoss(mind: LabsMind, request: ReviewRequest, { measure, value }: Reading): boolean {
  const weight = mind.index.byId('body weight');
  if (!weight || measure.id !== weight.id) return false;
  const last = latestOnChart(request.patient, weight)?.value;
  return last !== undefined && value < last && isFarFromChart(value, last);
}
