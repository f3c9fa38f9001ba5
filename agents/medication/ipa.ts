/** IPA as the pronunciations write it → the characters of phonemesOf; longer signs stand before their parts. */
const signs: readonly (readonly [string, string])[] = [
  ['tʃ', 'C'],
  ['dʒ', 'J'],
  ['eɪ', 'e'],
  ['aɪ', 'i'],
  ['oʊ', 'o'],
  ['aʊ', 'o'],
  ['ɔɪ', 'oi'],
  ['ɑːɹ', 'aR'],
  ['ɑːr', 'aR'],
  ['ɜː', 'uR'],
  ['ɚ', 'uR'],
  ['ɑː', 'o'],
  ['p', 'P'],
  ['b', 'B'],
  ['t', 'T'],
  ['ɾ', 'T'],
  ['d', 'D'],
  ['k', 'K'],
  ['ɡ', 'G'],
  ['g', 'G'],
  ['f', 'F'],
  ['v', 'V'],
  ['s', 'S'],
  ['z', 'Z'],
  ['ʃ', 'X'],
  ['ʒ', 'Z'],
  ['θ', 'Q'],
  ['ð', 'Q'],
  ['m', 'M'],
  ['n', 'N'],
  ['ŋ', 'N'],
  ['l', 'L'],
  ['ɹ', 'R'],
  ['r', 'R'],
  ['w', 'W'],
  ['j', 'Y'],
  ['h', 'H'],
  ['æ', 'a'],
  ['ɐ', 'a'],
  ['ə', 'a'],
  ['a', 'a'],
  ['ɑ', 'o'],
  ['ɪ', 'i'],
  ['ᵻ', 'i'],
  ['i', 'i'],
  ['ɛ', 'e'],
  ['e', 'e'],
  ['ɔ', 'o'],
  ['o', 'o'],
  ['ʊ', 'u'],
  ['u', 'u'],
  ['ʌ', 'u'],
];

/** The spoken form of a pronunciation, as phonemesOf gives it for a spelling; stress and length are left out. */
export function phonemesOfIpa(ipa: string): string {
  let spoken = '';
  for (let at = 0; at < ipa.length;) {
    const sign = signs.find(([written]) => ipa.startsWith(written, at));
    if (sign) spoken += sign[1];
    at += sign?.[0].length ?? 1;
  }
  return spoken.replace(/(.)\1+/g, '$1');
}
