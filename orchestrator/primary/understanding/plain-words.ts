/**
 * The patient's words in one plain form: lower case, contractions written out, fillers gone.
 * Speech recognisers differ in punctuation and apostrophes; everything after this does not see it.
 */

const notContracted: Readonly<Record<string, string>> = {
  cant: 'can not',
  cannot: 'can not',
  wont: 'will not',
  shant: 'shall not',
  aint: 'am not',
  dont: 'do not',
  doesnt: 'does not',
  didnt: 'did not',
  havent: 'have not',
  hasnt: 'has not',
  hadnt: 'had not',
  isnt: 'is not',
  arent: 'are not',
  wasnt: 'was not',
  werent: 'were not',
  couldnt: 'could not',
  shouldnt: 'should not',
  wouldnt: 'would not',
  im: 'i am',
  ive: 'i have',
  youre: 'you are',
  youve: 'you have',
  theyre: 'they are',
  weve: 'we have',
  thats: 'that is',
  whats: 'what is',
  whos: 'who is',
  hes: 'he is',
  shes: 'she is',
  theres: 'there is',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'have to',
  dunno: 'do not know',
  lemme: 'let me',
  gimme: 'give me',
  kinda: 'kind of',
  sorta: 'sort of',
  lotta: 'lot of',
};

const isContracted = new Set([
  'it',
  'that',
  'what',
  'who',
  'he',
  'she',
  'there',
  'here',
  'how',
  'where',
  'when',
  'name',
]);

/** Sounds that carry nothing. "uh-huh" and "mm-hmm" carry an answer and are written out before. */
const filler = /\b(?:um+|uhm+|uh+|er+m?|hm+|mm+|ah+)\b/g;

const agreeing = /\b(?:uh[- ]?huh|mm?[- ]?hm+|m+[- ]?hm+|mhm+|um[- ]hum|mm[- ]mm[- ]hmm)\b/g;
const disagreeing = /\b(?:uh-uh|nuh[- ]uh|unh[- ]unh|mm-mm)\b/g;

/** The text in plain form, words separated by one space, commas and sentence ends kept as " , " and " . ". */
export function plainClauses(text: string): string {
  return text
    .toLowerCase()
    .replace(/[‘’`´]/g, "'")
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(agreeing, ' yes ')
    .replace(/^\W*uh uh\W*$/, ' no ')
    .replace(disagreeing, ' no ')
    .replace(
      /\b(ca|wo|sha|ai|do|does|did|have|has|had|is|are|was|were|could|should|would|must|need)n't\b/g,
      (_, verb: string) => {
        const whole = notContracted[`${verb}nt`];
        return whole ?? `${verb} not`;
      },
    )
    .replace(/'m\b/g, ' am')
    .replace(/'re\b/g, ' are')
    .replace(/'ve\b/g, ' have')
    .replace(/'ll\b/g, ' will')
    .replace(/'d\b/g, ' would')
    .replace(/\b([a-z]+)'s\b/g, (_, word: string) => (isContracted.has(word) ? `${word} is` : word))
    .replace(/'/g, '')
    .replace(/(\d)\.(\d)/g, '$1_$2')
    .replace(/[.!?;:]+/g, ' . ')
    .replace(/,/g, ' , ')
    .replace(/(?<=\d)_(?=\d)/g, '.')
    .replace(/[^a-z0-9.,/\s]/g, ' ')
    .replace(filler, ' ')
    .replace(/\b[a-z]+\b/g, (word) => notContracted[word] ?? word)
    .replace(/\s+/g, ' ')
    .replace(/(?: ([.,]))+(?= |$)/g, ' $1')
    .replace(/^(?:[.,] ?)+/, '')
    .trim();
}

/** The words alone, in plain form. */
export function plainWords(text: string): readonly string[] {
  return plainClauses(text)
    .split(' ')
    .filter((word) => /[a-z0-9]/.test(word));
}

/** The words alone, joined with one space. */
export function plainText(text: string): string {
  return plainWords(text).join(' ');
}
