import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMedicineNames } from '../../clinical-kb/medicine-names/load-medicine-names.js';
import { packageRoot } from '../../platform/package-root.js';
import { phonemesOfIpa } from './ipa.js';
import { phonemesOf, soundSimilarity } from './phonemes.js';

describe('how a name is spoken', () => {
  it.each([
    ['zəɹˈɛltoʊ', 'zuh rel toe'],
    ['ɡwaɪfˈɛnəsɪn', 'gwy fen a sin'],
    ['baɪˈeɪɾə', 'by eighta'],
    ['dʒˈɑːɹdiəns', 'jar dee ans'],
    ['kˈɑːltʃᵻsˌiːn', 'colchi seen'],
  ])('%s sounds like "%s"', (ipa, heard) => {
    expect(soundSimilarity(phonemesOfIpa(ipa), phonemesOf(heard))).toBeGreaterThan(0.75);
  });

  it('is nearer to what a recogniser writes than the spelling is', () => {
    const ipa = phonemesOfIpa('ɡwaɪfˈɛnəsɪn');
    const heard = phonemesOf('gwy fenna sin');
    expect(soundSimilarity(ipa, heard)).toBeGreaterThan(soundSimilarity(phonemesOf('guaifenesin'), heard));
  });

  it("is written as the voice's lexicon has it, where both have the word", async () => {
    const { pronunciations } = await loadMedicineNames();
    const file = await readFile(join(packageRoot, 'voice-gateway/speaking/lexicon.json'), 'utf8');
    const { words } = JSON.parse(file) as { words: Record<string, string> };
    const shared = Object.entries(words).filter(([word]) => pronunciations.has(word));
    expect(shared.length).toBeGreaterThan(80);
    for (const [word, ipa] of shared) expect(pronunciations.get(word)).toBe(ipa);
  });

  it('holds only signs that are understood', async () => {
    const { pronunciations } = await loadMedicineNames();
    for (const [name, ipa] of pronunciations) {
      const known = ipa.replace(/tʃ|dʒ|[ptkbdɡgfvszʃʒθðmnŋlɹrwjhɾæɐəaɑɪᵻiɛeɔoʊuʌɜɚː]/g, '');
      expect([name, known.replace(/[ˈˌ ]/g, '')]).toEqual([name, '']);
    }
  });
});
