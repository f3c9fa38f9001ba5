import { phonemize } from 'phonemizer';
import { serveModel } from '../../models/inference/serve-model.js';

/**
 * The worker that owns the phoneme engine, eSpeak NG in WebAssembly (GPL-3.0-or-later). Nothing else in the
 * project touches it: text goes in as a message and phonemes come back, so another engine can take its place.
 */
export interface PhonemeTask {
  /** A stretch of words without punctuation. */
  text: string;
}

/** IPA with stress marks, words parted by spaces. */
export interface PhonemeResult {
  phonemes: string;
}

async function phonemesOf(text: string): Promise<string> {
  return (await phonemize(text, 'en-us')).join(' ').trim();
}

await serveModel<PhonemeTask, never, PhonemeResult>(async () => {
  // The first calls compile and fill tables (0.4 to 0.8 s), so they happen before the worker says it is ready.
  for (const text of ['thank you', 'take two tablets of your medicine every morning with water'])
    await phonemesOf(text);
  return async ({ text }) => ({ phonemes: await phonemesOf(text) });
});
