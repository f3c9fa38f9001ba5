import { AwaitedAnswer, type Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { tokensOf, tokensOfText, type Token } from '../spoken/tokens.js';
import type { Chart } from './chart.js';
import { readDose } from './dose.js';
import { exactMentions } from './exact-names.js';
import { identify } from './identify.js';
import { doseWordsOf } from './intake.js';
import type { Mention } from './mention.js';
import type { MedicationMind } from './mind.js';
import type { Voice } from './sentences.js';
import { withBrandAndIngredientAsOne } from './same-medicine.js';
import { statementOf, type Statement } from './statement.js';
import { saysYes } from '../spoken/yes-no.js';

/** A medicine named in what was heard, with what is said of it. */
export interface Named {
  readonly mention: Mention;
  readonly statement: Statement;
  readonly words: readonly Token[];
}

/** Everything read from one utterance. */
export interface Heard {
  readonly tokens: readonly Token[];
  readonly named: readonly Named[];
  readonly chart: Chart;
  readonly voice: Voice;
  /** True while the agent waits for a medicine's name or list. */
  readonly expectsMedicine: boolean;
}

/** Finds the medicines in an utterance and what is said of each. */
export function readHeard(
  mind: MedicationMind,
  request: ReviewRequest,
  utterance: Utterance,
  voice: Voice,
  confirmed: ReadonlySet<string>,
): Heard {
  const tokens = tokensOf(utterance);
  const { chart } = voice;
  const awaited = expectsMedicine(request);
  const found = identify({
    tokens,
    alternatives: utterance.alternatives,
    index: mind.index,
    frequencies: mind.frequencies,
    chart: chart.medicines.map((entry) => entry.name),
    expectsMedicine: awaited,
    confirmed,
    confirmedEarlier: confirmedEarlier(mind, request),
    lookAlikes: mind.lookAlikes,
    justAsked: justAsked(mind, request),
  });
  const mentions = withBrandAndIngredientAsOne(found);
  const named = mentions.map((mention, at): Named => ({
    mention,
    statement: statementOf(tokens, mention.start, mention.end),
    words: doseWordsOf(tokens, mentions, at),
  }));
  const implied =
    named.length === 0
      ? (missedBefore(mind, request, tokens) ?? impliedMedicine(request, tokens, chart))
      : undefined;
  return { tokens, named: implied ? [implied] : named, chart, voice, expectsMedicine: awaited };
}

/** Names that the patient confirmed with a yes earlier in this call. */
function confirmedEarlier(mind: MedicationMind, request: ReviewRequest): ReadonlySet<string> {
  const history = request.context?.history ?? [];
  const names = new Set<string>();
  history.forEach((turn, at) => {
    if (turn.speaker !== 'agent' || !turn.text.includes('Did you say')) return;
    const asked = exactMentions(tokensOfText(turn.text), mind.index);
    const answer = history[at + 1];
    const name = asked[0]?.candidates[0]?.name;
    if (name && asked.length === 1 && answer?.speaker === 'patient' && saysYes(answer.text))
      names.add(name.canonical);
  });
  return names;
}

/** What the agent named in its last turn: "Are you taking your furosemide?" */
function justAsked(mind: MedicationMind, request: ReviewRequest): ReadonlySet<string> {
  const last = request.context?.history.findLast((turn) => turn.speaker === 'agent');
  const names = last ? exactMentions(tokensOfText(last.text), mind.index) : [];
  return new Set(names.flatMap(({ candidates }) => candidates.map(({ name }) => name.canonical)));
}

function expectsMedicine(request: ReviewRequest): boolean {
  const context = request.context;
  return (
    context?.awaited === AwaitedAnswer.MEDICINE ||
    /medic|over-the-counter|drug|pill|prescription/.test(context?.itemId ?? '')
  );
}

/** "Should I double up?" right after "I skipped my Eliquis": the medicine that was left out. */
function missedBefore(
  mind: MedicationMind,
  request: ReviewRequest,
  tokens: readonly Token[],
): Named | undefined {
  const text = tokens.map((token) => token.text).join(' ');
  if (!/(^| )(double|doubling|catch up|two at once|take both|take two|make up for)( |$)/.test(text))
    return undefined;
  const now = request.heard?.text.trim() ?? '';
  const before = (request.context?.history ?? []).findLast(
    (turn) => turn.speaker === 'patient' && turn.text.trim() !== now,
  );
  const words = tokensOfText(before?.text ?? '');
  const mentions = exactMentions(words, mind.index);
  const [only] = mentions;
  if (!only || mentions.length > 1) return undefined;
  const statement = statementOf(words, only.start, only.end);
  if (statement.act !== 'missed' || statement.experiencer !== 'patient') return undefined;
  return {
    mention: { ...only, start: 0, end: 0, heard: '', certainty: 'sure' },
    statement,
    words: [...words, ...tokens],
  };
}

/** "Yes, two of the forties": a dose after the agent asked about one medicine of the chart. */
function impliedMedicine(request: ReviewRequest, tokens: readonly Token[], chart: Chart): Named | undefined {
  if (!/medic/.test(request.context?.itemId ?? '')) return undefined;
  const asked =
    request.context?.history
      .filter((turn) => turn.speaker === 'agent')
      .at(-1)
      ?.text.toLowerCase() ?? '';
  const about = chart.medicines.filter(
    (entry) =>
      asked.includes(entry.name.written.toLowerCase()) || asked.includes(entry.written.toLowerCase()),
  );
  const only = about[0];
  if (!only || about.length > 1) return undefined;
  const dose = readDose(tokens, { strengthsMg: only.doseMg === undefined ? [] : [only.doseMg], name: '' });
  if (
    !dose.said ||
    (dose.count === undefined && dose.strengthMg === undefined && dose.timesPerDay === undefined)
  )
    return undefined;
  return {
    mention: {
      start: 0,
      end: 0,
      heard: '',
      certainty: 'sure',
      candidates: [{ name: only.name, confidence: 0.9 }],
    },
    statement: { act: 'takes', taken: false, experiencer: 'patient' },
    words: tokens,
  };
}
