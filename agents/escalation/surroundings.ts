/** The words around a named sign, normalised, each with one space before and after. */
export interface Surroundings {
  readonly before: string;
  readonly sentenceBefore: string;
  readonly matched: string;
  readonly clause: string;
  readonly after: string;
  readonly sentence: string;
  readonly nextSentence: string;
  readonly gap: string;
  readonly question: boolean;
}
