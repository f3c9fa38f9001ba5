import type { KnownMeasure, MeasureKnowledge } from '../../clinical-kb/labs/load-measures.js';
import type { Token } from '../spoken/tokens.js';

/** A measure's name found in words. */
export interface Cue {
  readonly measure: KnownMeasure;
  readonly start: number;
  readonly end: number;
}

/** Finds measures by their names; the longest name at a place wins. */
export class MeasureIndex {
  readonly #byFirstWord = new Map<string, { words: readonly string[]; measure: KnownMeasure }[]>();
  readonly #byId = new Map<string, KnownMeasure>();

  constructor(knowledge: MeasureKnowledge) {
    for (const measure of knowledge.measures) {
      this.#byId.set(measure.id, measure);
      for (const name of measure.names) {
        const words = name.split(' ');
        const list = this.#byFirstWord.get(words[0] ?? '') ?? [];
        list.push({ words, measure });
        this.#byFirstWord.set(words[0] ?? '', list);
      }
    }
    for (const list of this.#byFirstWord.values()) list.sort((a, b) => b.words.length - a.words.length);
  }

  byId(id: string): KnownMeasure | undefined {
    return this.#byId.get(id);
  }

  cuesIn(tokens: readonly Token[]): Cue[] {
    const cues: Cue[] = [];
    for (let start = 0; start < tokens.length;) {
      const text = (tokens[start]?.text ?? '').replace(/'s$/, '');
      const found = this.#byFirstWord
        .get(text)
        ?.find(({ words }) => words.slice(1).every((word, at) => tokens[start + 1 + at]?.text === word));
      const end = start + (found?.words.length ?? 0);
      if (found && isMedicineName(tokens, start, end)) start = end + 1;
      else if (
        found &&
        text === 'meter' &&
        (cues.at(-1)?.end === start || otherMeter.test(tokens[start - 1]?.text ?? ''))
      )
        // "The pulse meter says": no sugar.
        start = end;
      else if (found) {
        cues.push({ measure: found.measure, start, end });
        start = end;
      } else start += 1;
    }
    return cues;
  }

  /** The measure that a protocol item or a question is about. */
  expectedIn(itemId: string, question: string, tokensOfQuestion: readonly Token[]): KnownMeasure | undefined {
    const item = itemWords.find(([pattern]) => pattern.test(itemId))?.[1];
    if (item !== undefined) return this.#byId.get(item);
    if (!question.includes('?')) return undefined;
    if (/blood pressure/i.test(question)) return this.#byId.get('systolic blood pressure');
    const cues = this.cuesIn(tokensOfQuestion);
    const ids = new Set(cues.map((cue) => cue.measure.id));
    return ids.size === 1 ? cues[0]?.measure : undefined;
  }
}

/** "Potassium chloride", "iron pills": a medicine, not a value. */
function isMedicineName(tokens: readonly Token[], start: number, end: number): boolean {
  return end - start === 1 && salts.test(tokens[end]?.text ?? '') && !tokens[start]?.endsClause;
}

const otherMeter = /^(pressure|flow|oxygen|pulse|inr|light|gas|water|electric|parking|heart)$/;

const salts =
  /^(chloride|citrate|carbonate|gluconate|oxide|sulfate|bicarbonate|hydroxide|acetate|supplements?|pills?|tablets?)$/;

const itemWords: readonly (readonly [RegExp, string])[] = [
  [/weigh/i, 'body weight'],
  [/blood-?pressure|(^|\W)bp(\W|$)/i, 'systolic blood pressure'],
  [/pulse|heart-?rate/i, 'heart rate'],
  [/oxygen|spo2/i, 'oxygen saturation'],
  [/glucose|sugar/i, 'blood glucose'],
  [/temperature|fever/i, 'body temperature'],
];
