import type { RedFlag, RedFlags } from '../../clinical-kb/escalation/red-flags.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { clausesOf, type Clauses, type Span } from '../language/clauses.js';
import {
  compilePhrase,
  PhraseIndex,
  wordsBetween,
  type Lexicon,
  type PhraseMatch,
} from '../language/phrase.js';
import type { Reading } from '../language/reading.js';
import { assertionOf, type Assertion, type Setting } from './assertion.js';
import { PatientGroups } from './patient-groups.js';

/** One red flag that was named, and what was said of it. */
export interface Sign extends Assertion {
  readonly rule: RedFlag;
  /** The words as heard, normalised. */
  readonly heard: string;
  /** Probability from 0 to 1 that the words were said. */
  readonly confidence: number;
  /** False for phrases that only may mean it. */
  readonly certain: boolean;
}

interface Meaning {
  readonly rule: RedFlag;
  readonly certain: boolean;
}

interface Exceptions {
  readonly unless: PhraseIndex<true> | undefined;
  readonly drop: PhraseIndex<true> | undefined;
}

/** The red-flag rules, ready to be looked for. */
export class RuleBook {
  /** Most severe first. */
  readonly rules: readonly RedFlag[];
  readonly groups: PatientGroups;
  readonly #index: PhraseIndex<Meaning>;
  readonly #exceptions: ReadonlyMap<string, Exceptions>;
  readonly #figures: RegExp;

  /** @throws AsterismError KNOWLEDGE_INVALID naming the rule whose phrase cannot be read */
  constructor(flags: RedFlags) {
    this.rules = flags.rules;
    this.groups = new PatientGroups(flags.groups);
    const compile = (rule: RedFlag, field: string, source: string): ReturnType<typeof compilePhrase> => {
      try {
        return compilePhrase(source, flags.lexicon satisfies Lexicon);
      } catch (thrown) {
        throw new AsterismError(
          'KNOWLEDGE_INVALID',
          `escalation: rule ${rule.id}: ${field}: "${source}": ${messageOf(thrown)}`,
        );
      }
    };
    const indexOf = (rule: RedFlag, field: 'unless' | 'unless-drop'): PhraseIndex<true> | undefined =>
      rule[field].length === 0
        ? undefined
        : new PhraseIndex(
            rule[field].map((source) => ({ phrase: compile(rule, field, source), meaning: true as const })),
          );
    this.#index = new PhraseIndex(
      flags.rules.flatMap((rule) => [
        ...rule.when.map((source) => ({
          phrase: compile(rule, 'when', source),
          meaning: { rule, certain: true },
        })),
        ...rule['ask-when'].map((source) => ({
          phrase: compile(rule, 'ask-when', source),
          meaning: { rule, certain: false },
        })),
      ]),
    );
    this.#exceptions = new Map(
      flags.rules.map((rule) => [
        rule.id,
        { unless: indexOf(rule, 'unless'), drop: indexOf(rule, 'unless-drop') },
      ]),
    );
    this.#figures = new RegExp(`(?<= )(?:${flags.figures.join('|')})(?= )`, 'g');
  }

  /** Every red flag named in a reading, whatever was said of it. */
  signsOf(heard: Reading, setting: Setting): Sign[] {
    const reading = this.#withoutFigures(heard);
    const clauses = clausesOf(reading);
    const found = this.#index
      .find(reading)
      .flatMap((match) => this.#weigh(reading, clauses, match))
      .map(({ match, certain }) => ({ match, certain, rule: match.meaning.rule }));
    return strongest(found).map(({ match, certain, rule, overlapping }) => {
      const assertions = overlapping.map((one) => assertionOf(reading, clauses, one, setting));
      const own = assertionOf(reading, clauses, match, setting);
      const denied = assertions.find(({ status }) => status === 'absent');
      return {
        ...(denied ?? own),
        ...(rule['about-caller'] ? { experiencer: 'patient' } : {}),
        rule,
        certain,
        heard: wordsBetween(heard, match.from, match.to),
        confidence: Math.min(...heard.tokens.slice(match.from, match.to).map(({ confidence }) => confidence)),
      };
    });
  }

  /** The rules a question of the agent asks about, most severe first. */
  rulesNamedIn(text: Reading): RedFlag[] {
    const named = new Set(this.#index.find(text).map(({ meaning }) => meaning.rule));
    return this.rules.filter((rule) => named.has(rule));
  }

  #weigh(
    reading: Reading,
    clauses: Clauses,
    match: PhraseMatch<Meaning>,
  ): { match: PhraseMatch<Meaning>; certain: boolean }[] {
    const exceptions = this.#exceptions.get(match.meaning.rule.id);
    const sentence = clauses.sentenceOf(match.from);
    if (exceptions?.drop && isIn(exceptions.drop, reading, sentence)) return [];
    const doubts = exceptions?.unless?.find(reading).filter((one) => isWithin(one, sentence)) ?? [];
    // What already was doubtful falls away, except when the doubt is its very own words ("heartburn").
    if (!match.meaning.certain && doubts.some((one) => one.to <= match.from || one.from >= match.to))
      return [];
    return [{ match, certain: match.meaning.certain && doubts.length === 0 }];
  }

  /** "This is killing me" is not meant: its words are blanked out, and everything else keeps its place. */
  #withoutFigures(reading: Reading): Reading {
    const spans = [...reading.text.matchAll(this.#figures)].map(({ index, 0: words }) => ({
      from: index,
      to: index + words.length,
    }));
    if (spans.length === 0) return reading;
    const hidden = (offset: number): boolean => spans.some(({ from, to }) => offset >= from && offset < to);
    const tokens = reading.tokens.map((token) =>
      hidden(token.offset) && !/^[.?,]$/.test(token.text)
        ? { ...token, text: '_'.repeat(token.text.length) }
        : token,
    );
    return { tokens, text: ` ${tokens.map(({ text }) => text).join(' ')} ` };
  }
}

function isIn(index: PhraseIndex<true>, reading: Reading, span: Span): boolean {
  return index.find(reading).some((one) => isWithin(one, span));
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.from >= outer.from && inner.to <= outer.to;
}

interface Found {
  readonly match: PhraseMatch<Meaning>;
  readonly certain: boolean;
  readonly rule: RedFlag;
}

/** One sign for each place and rule: certain before doubtful, longer before shorter. */
function strongest(found: readonly Found[]): (Found & { overlapping: PhraseMatch<Meaning>[] })[] {
  const kept: (Found & { overlapping: PhraseMatch<Meaning>[] })[] = [];
  const ordered = [...found].sort(
    (a, b) =>
      Number(b.certain) - Number(a.certain) || b.match.to - b.match.from - (a.match.to - a.match.from),
  );
  for (const one of ordered) {
    const same = kept.find(
      ({ rule, match }) => rule === one.rule && one.match.from < match.to && match.from < one.match.to,
    );
    if (same) same.overlapping.push(one.match);
    else kept.push({ ...one, overlapping: [] });
  }
  return kept.sort((a, b) => a.match.from - b.match.from);
}
