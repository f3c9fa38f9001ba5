import type { KnownFood } from '../../clinical-kb/nutrition/load-nutrition.js';
import type { Nutrient } from '../../clinical-kb/nutrition/schema.js';
import { clausesOf, type Clauses } from '../language/clauses.js';
import { wordsBetween } from '../language/phrase.js';
import type { Reading } from '../language/reading.js';
import type { FoodIndex } from './food-index.js';
import { portionBefore, type Portion } from './portion.js';

/** A food that was named, and how. */
export interface Mention {
  readonly food: KnownFood;
  readonly heard: string;
  /** The food as the patient called it, without the amount: "bananas", "wine". */
  readonly called: string;
  readonly portion: Portion | undefined;
  /** True when the words tell of a large amount or of no end of it: "a big plate of", "three bowls of". */
  readonly large: boolean;
  /** Lowest word confidence in it. */
  readonly confidence: number;
  readonly negated: boolean;
  /** "patient", or the other person as named. */
  readonly experiencer: string;
  /** True when the sentence asks about the food. */
  readonly asked: boolean;
  /** Nutrients that are asked about by name ("how much salt is in …"). */
  readonly askedOf: readonly Nutrient[];
  /** What a word before it says is not as usual: "low-sodium soup", "sugar-free candy". */
  readonly without: ReadonlySet<Nutrient | 'sugar' | 'wheat' | 'milk' | 'caffeine' | 'alcohol'>;
}

/** The foods of a reading, in order. */
export function mentionsIn(reading: Reading, index: FoodIndex): Mention[] {
  const words = reading.tokens.map(({ text }) => text);
  const matches = index.find(words);
  if (matches.length === 0) return [];
  const clauses = clausesOf(reading);
  return matches.map(({ food: named, from, to }): Mention => {
    const sentence = clauses.sentenceOf(from);
    const food = asSold(words, from, named, index);
    const portion = portionBefore(words, from, food);
    const whole = ` ${wordsBetween(reading, sentence.from, sentence.to)} `;
    const before = ` ${wordsBetween(reading, sentence.from, from)} `;
    const asked = asks(whole, sentence.question);
    const near = ` ${wordsBetween(reading, Math.max(sentence.from, from - 4), to)} `;
    // "Lite salt" is a salt substitute, and not salt without salt.
    const without = food.tags.has('salt-substitute') ? nothing : withoutOf(near);
    const after = ` ${wordsBetween(reading, to, sentence.to)} `;
    const start = Math.max(sentence.from, Math.min(from, portion?.from ?? from));
    return {
      food,
      heard: wordsBetween(reading, start, to),
      called: wordsBetween(reading, from, to),
      portion,
      large: muchBefore.test(before) || muchAfter.test(after) || (portion?.said === true && isMany(portion)),
      confidence: Math.min(...reading.tokens.slice(from, to).map(({ confidence }) => confidence)),
      negated: !asked && isNegated(clauseBefore(reading, clauses, from), after),
      experiencer: asked && forMe.test(whole) ? 'patient' : experiencerOf(before, after),
      asked,
      askedOf: asked ? nutrientsIn(whole).filter((nutrient) => !without.has(nutrient)) : [],
      without,
    };
  });
}

const nothing: Mention['without'] = new Set();

/** "A can of corn" is canned corn, which is salted. */
function asSold(words: readonly string[], from: number, food: KnownFood, index: FoodIndex): KnownFood {
  const canned = /^(?:cans?|tins?)$/.test(words[from - 2] ?? '') && words[from - 1] === 'of';
  return (canned ? index.canned(food) : undefined) ?? food;
}

const muchBefore =
  / (?:big|huge|giant|heaping|large|lots|lot|plenty|tons|mounds?|mountain|piles?|whole (?:loaf|box|bag|package|pot|pan)|loaf|live on|second helping|two helpings|seconds) (?:[a-z]+ ){0,4}$/;
const muchAfter =
  /^ (?:[a-z]+ ){0,2}(?:all day|(?:with|at|for) every (?:single )?meal|every meal|three times a day|by the (?:plate|bowl|loaf|box))/;

function isMany({ count }: Portion): boolean {
  return count >= 3;
}

function clauseBefore(reading: Reading, clauses: Clauses, at: number): string {
  return ` ${wordsBetween(reading, clauses.clauseOf(at).from, at)} `;
}

const asking =
  / (?:can|could|may|should|shall|must|do) i (?!tell|ask)| (?:am i|are we) (?:allowed|okay|able|supposed)| (?:what|how) about | what if i | how (?:much|many) | (?:okay|safe|fine|alright|all right|good|bad|healthy|allowed|harmful|dangerous) (?:for me )?to (?:eat|have|drink|use)| (?:wonder|wondering|know|sure) (?:if|whether) i (?:can|could|may|should)| is (?:it|there|that|this|the|a|an|some|eating|drinking|using|having) /;
const questionAtStart =
  /^ (?:so |and |well |okay |but |, )*(?:is|are|can|could|does|do|will|would|may|should|what|which|how) /;
/** "is canned soup ok" */
const judgesAtStart =
  /^ (?:so |and |well |okay |but |, )*(?:is|are|was|were) .* (?:okay|good|bad|safe|fine|allowed|healthy|alright|all right|dangerous|harmful|too salty|off limits) /;
/** "Would you like …", "do you have …": not about eating it. */
const notAboutIt = / (?:would|do|did|are|can|could) you /;

function asks(sentence: string, question: boolean): boolean {
  if (notAboutIt.test(sentence) && !/ (?:i|me) /.test(sentence)) return false;
  return (
    question ||
    judgesAtStart.test(sentence) ||
    (questionAtStart.test(sentence) && asking.test(sentence)) ||
    asking.test(sentence.replace(/ is (?:it|there|that|this|the|a|an) /g, ' '))
  );
}

const denies =
  / (?:not|never|without|no|quit|stopped|avoid|avoiding|avoided|skip|skipping|skipped|hate|instead of|rather than|gave up|given up|giving up|cut out|cutting out|cut back on|cutting back on|stay away from|staying away from|off|less|used to (?:eat|have|drink|love|like)|allergic to|out of|ran out of) (?:[a-z]+ ){0,5}$/;
/** "not only", "can not stop eating", "could not resist": it was eaten. */
const notDenied =
  / (?:not only|not just|not stop|not help|not resist|no problem|not sure|not know|not think about|not forget|never stop) /;
const deniedAfter = /^ (?:, )?(?:no more|not anymore|any ?more at all|is out|i do not eat|i never eat)/;

function isNegated(before: string, after: string): boolean {
  return (denies.test(before) && !notDenied.test(before)) || deniedAfter.test(after);
}

const forMe = / (?:can|could|may|should|shall|do) i /;

const others = new Set(
  'husband wife spouse son daughter mother mom mama father dad papa brother sister friend neighbor uncle aunt cousin grandma grandmother grandpa grandfather grandson granddaughter roommate boyfriend girlfriend partner nephew niece baby kid kids child children grandkids grandchildren dog cat family he she they people everyone everybody'.split(
    ' ',
  ),
);
const ownWords = new Set(['i', 'me', 'we', 'us', 'myself', 'mine', 'our']);

/** What is cooked and seasoned for a household is eaten by the patient as well, unless it is for somebody else. */
const prepares = /^(?:puts|adds|sprinkles|cooks|makes|serves|seasons|packs|uses|feeds)$/;
const theirOwn = / (?:his|her|their|himself|herself|themselves) /;

/** The nearest subject before the food: "my wife eats …" is not the patient's, "my wife made me …" is. */
function experiencerOf(before: string, after: string): string {
  const words = before.trim().split(' ');
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at] ?? '';
    if (ownWords.has(word)) return 'patient';
    if (!others.has(word)) continue;
    // "with my wife", "at my daughter's": where and with whom, not who.
    if (/^(?:with|at|from|to|by)$/.test(words[at - 2] ?? '')) continue;
    if (/^(?:said|says|told|gave|gives|brought|brings|fixed|cooked|asked|thinks)$/.test(words[at + 1] ?? ''))
      continue;
    if (prepares.test(words[at + 1] ?? '') && !theirOwn.test(after)) continue;
    return word;
  }
  return 'patient';
}

const named: readonly (readonly [RegExp, Nutrient])[] = [
  [/ (?:salt|sodium|salty) /, 'sodiumMg'],
  [/ potassium /, 'potassiumMg'],
  [/ (?:carb|carbs|carbohydrate|carbohydrates) /, 'carbohydrateG'],
  [/ vitamin k /, 'vitaminKUg'],
  [/ (?:phosphorus|phosphate|phosphates) /, 'phosphorusMg'],
];

/** The nutrients a question names, when it asks for what is in the food. */
function nutrientsIn(sentence: string): Nutrient[] {
  if (
    !/ (?:how much|how many|high|low|lot|lots|rich|full|contain|contains|in|have|has|too much) /.test(
      sentence,
    )
  )
    return [];
  return named.filter(([pattern]) => pattern.test(sentence)).map(([, nutrient]) => nutrient);
}

const qualified: readonly (readonly [
  RegExp,
  Nutrient | 'sugar' | 'wheat' | 'milk' | 'caffeine' | 'alcohol',
])[] = [
  [
    / (?:(?:low|lower|less|reduced|no|light|lite) (?:salt|sodium)|no salt added|unsalted|salt free|sodium free|home ?made|home cooked|low salt) /,
    'sodiumMg',
  ],
  [/ (?:sugar free|diet|no sugar added|unsweetened|zero sugar|low carb) /, 'sugar'],
  [/ gluten free /, 'wheat'],
  [/ (?:lactose free|dairy free|non dairy|vegan) /, 'milk'],
  [/ (?:decaf|caffeine free|decaffeinated) /, 'caffeine'],
  [/ (?:non alcoholic|alcohol free) /, 'alcohol'],
];

function withoutOf(near: string): Mention['without'] {
  return new Set(qualified.filter(([pattern]) => pattern.test(near)).map(([, what]) => what));
}
