import type { ItemState } from '../call/state.js';

/** What an item's value holds for the conversation alone; a reader of the record has no use for it. */
const inner: ReadonlySet<string> = new Set([
  'hedged',
  'how',
  'heard',
  'matchesChart',
  'readBack',
  'corrected',
  'asked',
  'tone',
]);

/**
 * What was answered to an item, as a person writes it down: "no", "187 pounds", "taking yes, dose 10 milligrams". The
 * patient's own words stand where nothing else was understood.
 */
export function answerWords({ status, value }: Pick<ItemState, 'status' | 'value'>): string {
  const { answer, pounds, text, ...others } = value;
  const understood = [
    answer === undefined || answer === 'measured' ? '' : String(answer),
    pounds === undefined ? '' : `${String(pounds)} pounds`,
    ...Object.entries(others)
      .filter(([name]) => !inner.has(name))
      .map(([name, member]) => `${name} ${String(member)}`),
  ].filter((part) => part !== '');
  if (understood.length > 0) return understood.join(', ');
  return typeof text === 'string' && text !== '' ? `“${text}”` : status;
}
