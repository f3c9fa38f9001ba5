import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOfText, type Token } from '../spoken/tokens.js';
import { no, yes } from '../spoken/yes-no.js';
import type { Chart } from './chart.js';
import { readDose } from './dose.js';
import { exactMentions } from './exact-names.js';
import { doseWordsOf, intakeOf, type Intake } from './intake.js';
import type { Mention } from './mention.js';
import type { MedicationMind } from './mind.js';
import type { MedicineName } from './name-index.js';
import { statementOf, type Act } from './statement.js';

/** What the patient said of one medicine over the whole call; what was said last counts. */
export interface SaidMedicine {
  readonly name: MedicineName;
  readonly act: Act;
  /** With a dose, when one was said. */
  readonly intake: Intake | undefined;
}

/** What the agent's last question asks about the medicine in hand. */
type Asked = 'whether' | 'how' | 'missed' | 'name' | 'amount-right' | 'other';

/** The call so far as pairs of a question and an answer, read line by line. */
export class SaidMedicines {
  readonly #mind: MedicationMind;
  readonly #chart: Chart;
  readonly #said = new Map<string, SaidMedicine>();
  /** The medicine that the agent's questions are about. */
  #topic: MedicineName | undefined;
  #asked: Asked = 'other';
  #question = '';
  /** What the patient said before the agent read a name back. */
  #before = '';

  constructor(mind: MedicationMind, chart: Chart) {
    this.#mind = mind;
    this.#chart = chart;
  }

  get all(): readonly SaidMedicine[] {
    return [...this.#said.values()];
  }

  of(name: MedicineName): SaidMedicine | undefined {
    return this.#said.get(name.canonical);
  }

  /** Takes in the next thing that was said. */
  hear(speaker: string, text: string): void {
    if (speaker === 'patient') this.#answer(text);
    else this.#ask(text);
  }

  #ask(text: string): void {
    const lower = text.toLowerCase();
    const names = this.#namesIn(text);
    this.#question = text;
    if (/did you say/.test(lower)) {
      this.#asked = 'name';
      this.#topic = names.length === 1 ? names[0] : undefined;
      return;
    }
    if (names.length === 1) this.#topic = names[0];
    else if (names.length > 1) this.#topic = undefined;
    if (/are you (still )?taking|do you (still )?take |taking it at home/.test(lower))
      this.#asked = 'whether';
    else if (/missed any|any missed|problems with/.test(lower)) this.#asked = 'missed';
    else if (/is that right|i heard/.test(lower)) this.#asked = 'amount-right';
    else if (/how (much|many|often|do you take)/.test(lower)) this.#asked = 'how';
    else {
      this.#asked = 'other';
      if (names.length === 0) this.#topic = undefined;
    }
  }

  #answer(text: string): void {
    const tokens = tokensOfText(text);
    const plain = tokens.map((token) => token.text).join(' ');
    const mentions = exactMentions(tokens, this.#mind.index);
    mentions.forEach((mention, at) => {
      const name = mention.candidates[0]?.name;
      if (name) this.#named(name, tokens, mentions, at, plain);
    });
    const topic = this.#topic;
    if (topic && mentions.length === 0) this.#about(topic, tokens, plain);
    // One question has one answer; the medicine stays the topic of the next question.
    this.#asked = 'other';
    this.#before = text;
  }

  #named(
    name: MedicineName,
    tokens: readonly Token[],
    mentions: readonly Mention[],
    at: number,
    plain: string,
  ): void {
    const mention = mentions[at];
    if (!mention) return;
    const statement = statementOf(tokens, mention.start, mention.end);
    if (statement.experiencer !== 'patient' || statement.act === 'question') return;
    const listed = statement.act === 'mentions' && this.#asked === 'whether' && !no.test(plain);
    const act = listed ? 'takes' : statement.act;
    this.#note(name, act, doseWordsOf(tokens, mentions, at));
  }

  /** An answer that does not repeat the name: "yes", "no", "two of the forties". */
  #about(topic: MedicineName, tokens: readonly Token[], plain: string): void {
    switch (this.#asked) {
      case 'whether':
        if (no.test(plain)) this.#note(topic, 'denies', []);
        else if (yes.test(plain) || this.#holdsDose(tokens)) this.#note(topic, 'takes', tokens);
        break;
      case 'how':
        if (this.#holdsDose(tokens)) this.#note(topic, 'takes', tokens);
        break;
      case 'amount-right':
        if (yes.test(plain)) this.#note(topic, 'takes', tokensOfText(this.#question));
        break;
      case 'missed':
        if (/\b(missed|forgot|forget|skipped|skip)\b/.test(plain) || (yes.test(plain) && tokens.length < 4)) {
          this.#note(topic, 'missed', []);
        }
        break;
      case 'name':
        if (yes.test(plain)) this.#confirmed(topic);
        break;
      case 'other':
        break;
    }
  }

  /** A name that was read back and confirmed: what was said before was said of it. */
  #confirmed(name: MedicineName): void {
    const tokens = tokensOfText(this.#before);
    const act = statementOf(tokens, tokens.length, tokens.length).act;
    this.#note(name, act === 'question' ? 'mentions' : act === 'mentions' ? 'takes' : act, tokens);
  }

  #note(name: MedicineName, act: Act, words: readonly Token[]): void {
    const known = this.#said.get(name.canonical);
    const intake = act === 'takes' ? intakeOf(name, words, this.#chart, this.#mind.knowledge) : undefined;
    // A later mention in passing takes nothing back, and one without a dose does not undo a dose.
    if (act === 'mentions' && known) return;
    const dose = intake?.dose.said === true ? intake : (known?.intake ?? intake);
    // Doses that were missed are missed of a medicine that is taken.
    this.#said.set(name.canonical, {
      name,
      act,
      intake: act === 'takes' || act === 'missed' ? dose : undefined,
    });
  }

  #holdsDose(tokens: readonly Token[]): boolean {
    return (
      numbersIn(tokens).length > 0 ||
      readDose(tokens, { strengthsMg: [], name: '' }).timesPerDay !== undefined
    );
  }

  #namesIn(text: string): MedicineName[] {
    const names = exactMentions(tokensOfText(text), this.#mind.index).flatMap(({ candidates }) =>
      candidates.slice(0, 1).map(({ name }) => name),
    );
    return [...new Map(names.map((name) => [name.canonical, name])).values()];
  }
}

/** Everything said in the call in its order, the utterance in hand last. */
export function linesOf(request: ReviewRequest): { speaker: string; text: string }[] {
  const lines = (request.context?.history ?? []).map(({ speaker, text }) => ({ speaker, text }));
  const now = request.heard?.text.trim() ?? '';
  const last = lines.at(-1);
  if (now !== '' && !(last?.speaker === 'patient' && last.text.trim() === now)) {
    lines.push({ speaker: 'patient', text: now });
  }
  return lines;
}
