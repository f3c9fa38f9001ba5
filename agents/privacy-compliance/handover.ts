import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { readText } from '../language/reading.js';

/** Somebody else took, or is given, the telephone of a patient who had been identified. */
export interface Handover {
  /** given: the patient says so. taken: whoever has the telephone now says so. */
  readonly kind: 'given' | 'taken';
  /** The words that say who: "here is my son", "this is mister carter". */
  readonly words: string;
}

const titles = 'mister|mr|missus|mrs|miss|ms';
const titled = `(?:${titles})(?: \\.)?`;
const calendar =
  'sunday|monday|tuesday|wednesday|thursday|friday|saturday|january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter|thanksgiving';
const phone = '(?:the |this |my )?(?:phone|telephone|receiver|call|line)';

/** Reads from what somebody says that the telephone went from hand to hand; made once, with the words for relations. */
export class Handovers {
  readonly #relations: readonly string[];

  /** @param relations words for people around a patient: "son", "neighbor" */
  constructor(relations: readonly string[]) {
    this.#relations = relations;
  }

  /** The first sign of it in an utterance; a patient who tells of relatives hands nothing over. */
  find(text: string, patient: Patient | undefined): Handover | undefined {
    const reading = readText(text).text;
    const names = namesOf(patient);
    // Somebody may be called Friend.
    const oneWord = `(?:${this.#relations.filter((one) => !names.includes(one)).join('|')})`;
    const relation = `(?:[a-z]+ ){0,2}${oneWord}(?: in law)?`;
    const stranger = `${titled} (?!(?:${[...names, 'and', 'or'].join('|')}) )[a-z]+`;
    const somebody = `(?:(?:my|the|our) ${relation}|${stranger})`;
    const owner = `(?:her|his|their|the|${names.join('|')})`;
    const given = [
      ` here (?:is|comes) ${somebody} (?:[.,?] |now |for you |again |he |she |they |so |and |you |to |who |$)`,
      ` here (?:he|she|they) (?:is|are|comes|come) `,
      ` (?:put|putting|get|getting) ${somebody} on (?!(?:a|an|his|her|my|it) )`,
      ` (?:hand|handing|pass|passing|give|giving|handed|passed) (?:you|${phone})(?: over| off| on)?(?: to)? ${somebody} `,
      ` (?:hand|handing|pass|passing|give|giving|handed|passed) ${somebody} (?:the|this|my) (?:phone|telephone|receiver) `,
      `(?:^|[.,?] | and | so | please | here | now | just | can you | could you | want you to | like you to ) ?(?:talk|speak) (?:to|with) ${somebody} `,
      ` ${somebody} (?:is |will |can |is going to |would like to |wants to )?(?:take|takes|taking|get|grab|pick up|picking up)(?: over)? (?:the|this) (?:phone|telephone|call) `,
      ` ${somebody} (?:has|holds|is holding|got) (?:the|this|my) (?:phone|telephone) `,
      ` ${somebody} (?:will|is going to|can) (?:talk|speak) (?:for me|to you|with you|now|from here) `,
    ];
    const taken = [
      ` (?:this is|i am|it is|you are (?:talking|speaking) (?:to|with)|you have|you have got) (?:now )?${owner} ${relation} (?!(?:who|that|i) )`,
      ` (?:this is|i am|it is|you are (?:talking|speaking) (?:to|with)) (?:[a-z]+ ){1,2}, ?(?:the|her|his|their) ${relation} `,
      ` (?:i am|this is) (?:a|an|just a|just the) ${relation} (?:of|from|to) (?:hers|his|theirs|her|him|the family|next door|across|upstairs|downstairs|down|${names.join('|')}) `,
      ` (?:${owner} )?${oneWord} (?:speaking|here now|here speaking) `,
      `(?:^|[.,?] ?)(?: hello| hi| hey| yes)?(?: ,)? ?${owner} ${relation} here `,
      ` (?:this is|i am|it is|my name is|you are (?:talking|speaking) (?:to|with)) (?:now )?${stranger} `,
      ` (?:he|she|they|${names.join('|')}) (?:just )?(?:gave|handed|passed) (?:me|us|this to me|it to me) ?(?:the|her|his|their)? ?(?:phone|telephone) (?!(?:back|again) )`,
      ` (?:he|she|they|${names.join('|')}) (?:asked|wanted|wants|told) me to (?:talk|speak|take|answer|handle|listen|get on|find out) `,
      ` i (?:have|got|took|am taking|am holding|am on) (?:the|her|his|their) (?:phone|telephone) (?:now|for|from) `,
      ` i am (?:answering|talking|speaking|taking this|taking over) (?:for|on behalf of) (?:her|him|them|${names.join('|')}) `,
      ` (?:i am|i will be) taking over `,
    ];
    const wordsOf = (patterns: readonly string[]): string | undefined =>
      patterns.map((source) => new RegExp(source).exec(reading)?.[0]).find((words) => words !== undefined);
    const taker = wordsOf(taken) ?? strangersName(text, names);
    if (taker !== undefined) return { kind: 'taken', words: ` ${taker.trim()} ` };
    const receiver = wordsOf(given);
    if (receiver === undefined) return undefined;
    // "My son is here, here he is": only the whole says who.
    const words = / here (?:he|she|they) /.test(receiver) ? reading : receiver;
    return { kind: 'given', words: ` ${words.trim()} ` };
  }
}

/** Whether the patient says to be the one who speaks: "this is Harriet", or the name alone. */
export function patientSpeaks(text: string, patient: Patient | undefined): boolean {
  const name = `(?:${namesOf(patient).join('|')})`;
  return new RegExp(
    `^ (?:[.,] )?(?:yes (?:[.,] )?)?(?:${name} )+(?:[.,?] )?$| (?:this is|it is|i am|it is me) (?:, )?(?:${titled} )?${name} (?!(?:and|from) )`,
  ).test(readText(text).text);
}

/** "Hi, this is Bob." Only a written capital tells a name from an everyday word. */
function strangersName(text: string, names: readonly string[]): string | undefined {
  const said =
    /\b(?:hello|hi|hey|yes)[,.!]? (?:this is|it's|it is) ([A-Z][a-z]+)\b/i.exec(text)?.[1] ??
    /\b(?:this is|it's|it is) ([A-Z][a-z]+)(?: [A-Z][a-z]+)? (?:speaking|here|now)\b/i.exec(text)?.[1] ??
    /\b[Mm]y name is ([A-Z][a-z]+)\b/.exec(text)?.[1];
  if (said === undefined || !/^[A-Z]/.test(said)) return undefined;
  const name = said.toLowerCase();
  return names.includes(name) || new RegExp(`^(?:${calendar})$`).test(name) ? undefined : name;
}

/** Given and family name that can stand in a pattern; never an empty list, which would match anything. */
function namesOf(patient: Patient | undefined): string[] {
  const names = [patient?.givenName ?? '', patient?.familyName ?? '']
    .flatMap((name) => name.toLowerCase().split(/[\s-]+/))
    .filter((name) => /^[a-z]{2,}$/.test(name));
  return names.length > 0 ? names : ['the patient'];
}
