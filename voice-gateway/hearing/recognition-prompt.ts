import { bareWord } from './recognition.js';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';

/** Terms beyond this many cost more time than they help: about 1 ms of decoding each. */
const MAX_TERMS = 24;

/**
 * The text that Whisper is told was said before, so that it expects the call's own words. It never
 * holds a number or a yes or no: those would be heard where they were not said. An example of a weight
 * was tried on 56 readings of spoken numbers: one doubtful reading changed for the better, none of the
 * numbers written in pieces ("100.82") did, and "weigh" became a likely reading of "think".
 * @param vocabulary the patient's medicines, names and other terms, most important first
 */
export function recognitionPrompt(vocabulary: readonly string[], awaited: AwaitedAnswer): string {
  const terms = [...new Set(vocabulary.map((term) => term.trim()).filter((term) => term !== ''))].slice(
    0,
    MAX_TERMS,
  );
  const sentences: string[] = [];
  if (terms.length > 0) sentences.push(`The patient mentions ${terms.join(', ')}.`);
  const expectation = expectationOf(awaited);
  if (expectation) sentences.push(expectation);
  return sentences.length > 0 ? ` ${sentences.join(' ')}` : '';
}

function expectationOf(awaited: AwaitedAnswer): string | undefined {
  switch (awaited) {
    case AwaitedAnswer.DATE:
      return 'What is the date?';
    case AwaitedAnswer.NUMBER:
      return 'What is the number?';
    case AwaitedAnswer.NAME:
      return 'What is your name?';
    case AwaitedAnswer.UNSPECIFIED:
    case AwaitedAnswer.OPEN:
    case AwaitedAnswer.YES_NO:
    case AwaitedAnswer.LIST:
    case AwaitedAnswer.MEDICINE:
    case AwaitedAnswer.UNRECOGNIZED:
      return undefined;
  }
}

/** Words in a row that must equal the prompt before it counts as leaked into the output. */
const LEAK_RUN = 5;

/**
 * True when the output repeats a stretch of the prompt's own sentence, which Whisper does on noise.
 * A patient who lists medicines in the chart's order says the terms, but not the words around them.
 */
export function promptLeaked(prompt: string, text: string): boolean {
  const shown = bareWords(prompt);
  const said = bareWords(text);
  const framing = ['patient', 'mentions'];
  if (!framing.every((word) => said.includes(word))) return false;
  for (let i = 0; i + LEAK_RUN <= said.length; i++) {
    const run = said.slice(i, i + LEAK_RUN).join(' ');
    if (` ${shown.join(' ')} `.includes(` ${run} `)) return true;
  }
  return said.slice(0, 3).join(' ') === shown.slice(0, 3).join(' ');
}

function bareWords(text: string): string[] {
  return text
    .split(/\s+/)
    .map(bareWord)
    .filter((word) => word !== '');
}
