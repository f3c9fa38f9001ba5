import { meanConfidence, roundConfidence } from './confidence.js';
import type { Hearing, Mention } from './mention.js';
import type { SoundMatch } from './name-index.js';

/** A second name this close to the first one makes a mention ambiguous. */
const RIVAL_MARGIN = 0.07;

/** The mention that words make of the names they sound like; unknown when there is none. */
export function judgeSounding(
  hearing: Hearing,
  start: number,
  end: number,
  heard: string,
  matches: readonly SoundMatch[],
): Mention {
  const words = hearing.tokens.slice(start, end);
  const certain = meanConfidence(words);
  const onChart = new Set(hearing.chart.map((name) => name.canonical));
  const scored = matches
    .map((match) => ({
      name: match.name,
      weight: match.score ** 12 * (onChart.has(match.name.canonical) ? 1.6 : 1),
      score: match.score,
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 4);
  const best = scored[0];
  if (!best) return { start, end, heard, certainty: 'unknown', candidates: [] };
  const chosen = scored.find((match) => hearing.confirmed.has(match.name.canonical));
  if (chosen) {
    return { start, end, heard, certainty: 'sure', candidates: [{ name: chosen.name, confidence: 0.96 }] };
  }
  if (hearing.confirmedEarlier.has(best.name.canonical) && best.score >= 0.8) {
    return { start, end, heard, certainty: 'sure', candidates: [{ name: best.name, confidence: 0.92 }] };
  }
  const total = scored.reduce((sum, match) => sum + match.weight, 0);
  const candidates = scored.map((match) => ({
    name: match.name,
    confidence: roundConfidence((match.weight / total) * match.score * (0.75 + 0.15 * certain)),
  }));
  const rival = scored.find(
    (match) =>
      match !== best &&
      (match.score >= best.score - RIVAL_MARGIN ||
        (match.score >= 0.72 && hearing.lookAlikes.listed(best.name, match.name) !== undefined)),
  );
  return { start, end, heard, certainty: rival ? 'ambiguous' : 'near', candidates };
}
