import { tokensOfText, writtenSpan } from '../spoken/tokens.js';
import { claim, isFree } from './claimed-words.js';
import { roundConfidence } from './confidence.js';
import { exactNames } from './exact-names.js';
import type { Hearing, Mention } from './mention.js';
import type { MedicineName } from './name-index.js';
import { phonemesOf, soundSimilarity } from './phonemes.js';
import { MAX_WINDOW } from './sounding-names.js';

/** An alternative of the recogniser below this is noise. */
const ALTERNATIVE_FLOOR = 0.15;

/** A medicine that only stands in an alternative of the recogniser makes the words it competes with unsure. */
export function addAlternatives(hearing: Hearing, mentions: Mention[], taken: boolean[]): void {
  for (const { name, confidence, near } of alternativeNames(hearing)) {
    if (mentions.some((mention) => mention.candidates.some((c) => c.name.canonical === name.canonical)))
      continue;
    const at = mentions.findIndex((mention) =>
      near === undefined
        ? soundSimilarity(phonemesOf(mention.heard), name.phonemes) >= 0.5
        : near >= mention.start && near < mention.end,
    );
    const mention = mentions[at];
    if (mention) {
      if (hearing.confirmed.has(mention.candidates[0]?.name.canonical ?? '')) continue;
      const candidates = [
        ...mention.candidates,
        { name, confidence: roundConfidence(Math.min(0.5, confidence)) },
      ];
      mentions[at] = {
        ...mention,
        certainty: mention.candidates.length === 0 ? 'near' : 'ambiguous',
        candidates,
      };
      continue;
    }
    const place = near === undefined ? bestPlace(hearing, name, taken) : { start: near, end: near + 1 };
    if (!place || !isFree(taken, place.start, place.end)) continue;
    claim(taken, place.start, place.end);
    mentions.push({
      ...place,
      heard: writtenSpan(hearing.tokens, place.start, place.end),
      certainty: 'near',
      candidates: [{ name, confidence: roundConfidence(Math.min(0.6, 0.3 + confidence / 2)) }],
    });
  }
}

interface AlternativeName {
  readonly name: MedicineName;
  readonly confidence: number;
  /** The word it was an alternative of; undefined for a reading of the whole. */
  readonly near: number | undefined;
}

function alternativeNames(hearing: Hearing): AlternativeName[] {
  const found: AlternativeName[] = [];
  hearing.tokens.forEach((token, near) => {
    for (const { text, confidence } of token.alternatives) {
      const name = hearing.index.exact(text.toLowerCase().replace(/[^\p{L}\p{N}' -]/gu, ''));
      if (name && confidence >= ALTERNATIVE_FLOOR) found.push({ name, confidence, near });
    }
  });
  for (const alternative of hearing.alternatives.slice(0, 5)) {
    const tokens = tokensOfText(alternative.text);
    for (const mention of exactNames(
      { ...hearing, tokens, chart: [] },
      new Array<boolean>(tokens.length).fill(false),
    )) {
      const name = mention.candidates[0]?.name;
      // A probability of 0 is what a hearer writes that knows none.
      const confidence = alternative.confidence > 0 ? alternative.confidence : 0.3;
      if (name && confidence >= ALTERNATIVE_FLOOR) found.push({ name, confidence, near: undefined });
    }
  }
  return found;
}

/** Where in the best reading the name would have been said. */
function bestPlace(
  hearing: Hearing,
  name: MedicineName,
  taken: readonly boolean[],
): { start: number; end: number } | undefined {
  let best: { start: number; end: number; score: number } | undefined;
  for (let start = 0; start < hearing.tokens.length; start += 1) {
    for (let end = start + 1; end <= Math.min(hearing.tokens.length, start + MAX_WINDOW); end += 1) {
      if (!isFree(taken, start, end)) break;
      const heard = hearing.tokens.slice(start, end).map((token) => token.text);
      const score = soundSimilarity(phonemesOf(heard.join(' ')), name.phonemes);
      if (score >= 0.45 && score > (best?.score ?? 0)) best = { start, end, score };
    }
  }
  return best;
}
