import type { Reading } from '../language/reading.js';

const number =
  '(?:[0-9]+|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)';
const kinds =
  '(?:insurance|policy|member|membership|medicare|medicaid|social security|social|account|card|group|plan|record|chart|id|identification|phone|telephone|zip|license)';
/** What comes after "is" where nothing is offered: "your address is not clear to me". */
const nothing =
  '(?:not|what|the|needed|missing|also|important|private|safe|all|on|required|something|fine|okay|never|still what)';

const offers = [
  // where the person lives
  ` you (?:still )?(?:live|reside|stay|are living)(?: over)? (?:at|on|in|near) (?!(?:your|a|the) )`,
  ` (?:your|the) (?:home |street |mailing |current )?address (?:is|was|as|i have is|on file is) (?!${nothing} )`,
  ` (?:is|was) your (?:home |street |mailing |current )?address (?:still )?(?!(?:right|correct|the same|${nothing}) )`,
  ` ${number} (?:[a-z]+ ){1,3}(?:street|avenue|road|lane|drive|boulevard|court|way|terrace|place) `,
  ` your (?:street|city|town|zip code|zip|email|email address) is (?!${nothing} )`,
  // numbers, whole or in part
  ` (?:your|the) ${kinds}(?: security)?(?: id)?(?: number| code)? (?:is|was|ends|ending|starts|begins|i have is)(?: in| with)?(?: the)? (?:${number}|[a-z] ) `,
  ` (?:your|the) ${kinds}(?: [a-z]+){0,3} (?:ends|ending|starts|begins|starting) (?:in|with) ${number} `,
  ` (?:end|ends|ending|start|starts|starting|begins) (?:in|with) ${number} ${number} `,
  ` (?:last|first|final) (?:[a-z]+ )?(?:digits|numbers|four|two|three|five)(?: [a-z]+){0,6} (?:is|are|as) ${number} `,
  ` ${number} ${number}(?: ${number})* (?:is|are|was|were)(?: [a-z]+){0,3} (?:last|first|final|digits|${kinds}) `,
  ` i have ${number} ${number}(?: [a-z]+){0,6} ${kinds} `,
  // insurer and age
  ` (?:you|your insurance|your plan) (?:are|is) (?:still )?(?:with|through|insured with|covered by|on) (?:medicare|medicaid|blue|aetna|cigna|humana|united|kaiser|anthem|tricare) `,
  ` you have (?:medicare|medicaid|blue cross|aetna|cigna|humana|united|kaiser|anthem|tricare) `,
  ` you are ${number}(?: ${number})? years old `,
].map((source) => new RegExp(source));

/**
 * Whether a sentence offers what identifies somebody, although this chart does not hold it: an address, a number
 * or its last digits, the insurer. Asking for it offers nothing, and neither does the clinic's own number.
 */
export function offersIdentifier({ text }: Reading): boolean {
  return (
    offers.some((pattern) => pattern.test(text)) &&
    !/ (?:what|which|whether|please (?:tell|give|say|spell)) (?:[a-z]+ ){0,4}(?:address|street|city|zip|number|digits|live|insurance|plan|end|start|old) /.test(
      text,
    )
  );
}
