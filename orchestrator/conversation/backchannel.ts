const sounds = new Set([
  'mm',
  'mmm',
  'hm',
  'hmm',
  'mhm',
  'mmhm',
  'uh',
  'huh',
  'uhhuh',
  'um',
  'ah',
  'oh',
  'aha',
]);

/** True for "mm-hm" and the like: a sound that says "I am listening", which is no turn of its own. */
export function isBackchannel(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.length > 0 && words.every((word) => sounds.has(word));
}
