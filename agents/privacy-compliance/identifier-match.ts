import type { Reading } from '../language/reading.js';

/**
 * "The name is right, but not the date of birth": whoever guesses identifiers learns from it which one to
 * guess again.
 */
export function tellsWhichMatched(reading: Reading): boolean {
  return /(?: name| date of birth| birth date| birthday| the year| the month| the day| number)(?: that)?(?: you (?:gave|said|told me))?(?: does not match| do not match| did not match| matches| matched| is (?:wrong|right|correct|incorrect|off|not right|not correct|not the one|a match)| (?:was|were) (?:wrong|right|correct|incorrect|not right|not correct)) /.test(
    reading.text,
  );
}
