import { readText } from './reading.js';

/** Single sentences, normalised, for comparison. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.?!])\s+/)
    .map((part) =>
      readText(part)
        .text.replace(/ [.?,](?= )/g, '')
        .trim(),
    )
    .filter((part) => part !== '');
}
