import type { Taxonomy } from '../../clinical-kb/guard/taxonomy.js';
import { readText } from '../language/reading.js';

/** From here on an utterance says enough that its meaning can be taken for another's. */
const FEWEST_CONTENT_WORDS = 4;

/** Words that hold a sentence together, answers, numbers and dates: none of them brings anything about. */
const small = new Set(
  [
    'a an the this that these those it its i me my mine myself you your yours he him his she her hers we us our they them their',
    'am is are was were be been being do does did done have has had will would can could shall should may might must',
    'and or but so because if when then than as of to in on at by for from with about into over out up down off again',
    'not no yes okay all right sure well just really very too also only still now here there please much many thank thanks hello hi hey bye goodbye',
    'what which who where how why some any one thing something anything nothing maybe think guess know mean said say like got get',
    'zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    'twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half point oh first second third fourth fifth sixth seventh',
    'eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth',
    'january february march april june july august september october november december',
    'monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight morning afternoon evening noon night',
    'pounds pound milligrams milligram degrees percent minutes hours days weeks months years times once twice day week month year born',
    'mister mr missus mrs miss ms',
  ].flatMap((line) => line.split(' ')),
);

/** Tells which of a patient's utterances are worth an embedding. */
export class WorthWeighing {
  /** Words of the harmful examples. */
  readonly #harmful: ReadonlySet<string>;
  /** Those of them that stand in no everyday sentence. */
  readonly #telling: ReadonlySet<string>;

  constructor({ categories, ordinary }: Taxonomy) {
    const everyday = new Set(ordinary.heard.flatMap(contentOf));
    this.#harmful = new Set(
      categories
        .filter(({ heard }) => heard?.action === 'say')
        .flatMap(({ heard }) => [...(heard?.examples.harmful ?? []), ...(heard?.alike ?? [])])
        .flatMap(contentOf),
    );
    this.#telling = new Set([...this.#harmful].filter((word) => !everyday.has(word)));
  }

  /** @param name of the patient: saying it brings nothing about */
  isWorth(text: string, name: string): boolean {
    const own = new Set(contentOf(name));
    const content = contentOf(text).filter((word) => !own.has(word));
    return (
      content.length >= FEWEST_CONTENT_WORDS ||
      content.some((word) => this.#telling.has(word)) ||
      content.filter((word) => this.#harmful.has(word)).length >= 2
    );
  }
}

function contentOf(text: string): string[] {
  return readText(text)
    .tokens.map((token) => token.text)
    .filter((word) => /^[a-z]/.test(word) && !small.has(word));
}
