import { readText } from '../language/reading.js';

/** Turns of phrase, and what documents call the same thing; in normalised text. */
const turns: readonly (readonly [RegExp, string])[] = [
  [/ (?:come|comes|coming) (?:(?:and|up|by|over|in|to) )*see (me|us|him|her) /g, ' visit $1 '],
  [/ (?:come|stop|drop|swing) (?:by|up|around) /g, ' visit '],
  [/ (can|could|may|might) (my|our) ([a-z]+) (?:sleep|spend the night) /g, ' $1 $2 $3 stay overnight '],
  [/ (?:can not|could not|unable to) pay /g, ' can not afford to pay '],
  [/ in (?:installments|parts|monthly payments) /g, ' with a payment plan '],
  [/ (?:something|anything|somewhere|anywhere|place) to eat /g, ' in the cafeteria '],
  [/ (?:drug ?store|drug store) /g, ' pharmacy '],
  [/ (?:my ?chart) (?:app|account|website) /g, ' patient portal '],
  [/ log (?:in|on|into) /g, ' sign in '],
  [/ (?:telehealth|virtual|online) (visit|appointment)s? /g, ' video visit '],
  [/ (?:not|hardly|barely) speak (?:much |any |good |very good )?english /g, ' need an interpreter '],
  [/ (?:someone|somebody|anyone|anybody|a person) who speaks? /g, ' an interpreter for '],
  [/ not (?:too |very |at all )?happy (?:with|about) /g, ' complain about '],
  [/ report (?:that|this|it|him|her|them|a nurse|a doctor|somebody|someone) /g, ' complain about '],
  [
    / if i (?:am|get|come|run|show up|arrive) (?:running |there )?(?:a little |a bit )?late /g,
    ' if i arrive late for my appointment ',
  ],
  [/ pick (me|us|him|her) up /g, ' give $1 a ride '],
  [/ be here with me /g, ' visit me '],
  [/ leave (?:my|the|our) car /g, ' park '],
  [/ english is (?:[a-z]+ ){0,3}(?:good|bad|poor|great) /g, ' need an interpreter '],
  [/ copy of my (?:chart|file|paperwork) /g, ' copy of my medical records '],
  [/ (?:check ?out) time /g, ' discharge time '],
];

/** What a question in everyday words is about, in the words of documents: added when all of `says` is said and none of `unless`. */
interface Everyday {
  readonly says: readonly RegExp[];
  readonly unless?: RegExp;
  readonly adds: string;
}

const asksTime =
  / (?:when|what time|what times|how late|how early|until when|till when|hours|weekends?|evening|tonight) /;
const asksPrice = / (?:pay|cost|costs|charge|charged|free|fee|fees|price|how much) /;

const everyday: readonly Everyday[] = [
  {
    says: [/ visiting hours (?:are|go|run|end|ends|start) /],
    unless: / (?:icu|intensive|ward|units?|psychiatric|maternity|children|floor|wing|campus|nursery) /,
    adds: 'visiting hours on the general units every day',
  },
  {
    says: [/ records /, / (?:ready|take|takes) /],
    unless: / (?:long|office) /,
    adds: 'a copy of medical records is ready',
  },
  {
    says: [
      asksTime,
      / (?:visit|visitors?|visiting|(?:husband|wife|family|son|daughter|mother|father) stay|company) /,
    ],
    unless:
      / (?:i visit|i go visit|icu|intensive|overnight|my visit|the visit|a visit|video|clinic|appointment|surgery|colonoscopy|ward|kids|children|hours|video|covid|cough|sick|mask|before|after) /,
    adds: 'visiting hours on the general units every day',
  },
  {
    says: [
      / (?:how many|two|three|four|five|six) (?:visitors|people|guests|family|relatives|friends) /,
      / (?:room|visit|visitors|at once|allowed|same time) /,
    ],
    unless: / (?:icu|intensive|surgery|wait|waiting|ward) /,
    adds: 'visitors in the room at a time on the general units',
  },
  {
    says: [
      / (?:bill|statement) /,
      / (?:not understand|talk to|talk with|speak to|speak with|do not know what|wrong|confus[a-z]+|mistake|question|questions|what is this) /,
    ],
    unless: / (?:records?|insurance) /,
    adds: 'for questions about a bill call the billing office',
  },
  {
    says: [
      / (?:pay|payments?|bill) /,
      / (?:little at a time|a little|every month|each month|monthly|over time|a bit|spread|split) /,
    ],
    unless: / (?:copay|smallest|parking) /,
    adds: 'payment plans monthly payment',
  },
  {
    says: [/ (?:help|assistance|discount|charity) /, / (?:bill|bills|paying|pay|afford) /],
    unless: / (?:copay|parking|plan) /,
    adds: 'cannot afford bill apply for financial assistance',
  },
  {
    says: [/ how much /, / copay /],
    unless: / video /,
    adds: 'amount of your copay printed on your insurance card',
  },
  { says: [/ (?:take|accept|cover) my insurance /], adds: 'which insurance is accepted' },
  {
    says: [
      / (?:miss|missed|missing|forget|skip|no shows?|not show(?: up)?|not (?:come|make it)) /,
      / (?:appointments?|visit|fee|charged?|no shows?|penalty) /,
    ],
    unless: / (?:dose|pills?|medicine|shot|payment|dialysis|ride|bill|late|arrive) /,
    adds: 'missed visit charged a fee cancelling an appointment',
  },
  {
    says: [/ (?:reschedule|rebook|different day|another day|another time) /],
    unless: / (?:colonoscopy|surgery|operation|ride) /,
    adds: 'make or change a clinic appointment scheduling line',
  },
  {
    says: [/ how long /, / (?:records|copy) /],
    unless: / (?:keep|kept|recording|correct|mistake|error|fix|refill|answer) /,
    adds: 'a copy of medical records is ready',
  },
  {
    says: [/ (?:get|getting|obtain|request|requesting) (?:my|our) (?:medical |hospital |health )?records /],
    unless: / (?:daughter|son|wife|husband|family|long|correct|keep|cost|charge|free|fee|send|sent|fixed) /,
    adds: 'to get a copy of your medical records fill in a release form',
  },
  {
    says: [asksPrice, / (?:records|copy) /],
    unless: / (?:recording|x ray|itemized|bill|send|sending|cd|long) /,
    adds: 'a paper copy costs, getting a copy electronic copy',
  },
  {
    says: [
      / (?:son|daughter|husband|wife|family|sister|brother|grandson|granddaughter|friend|kids?) (?:interpret|translate) /,
    ],
    adds: 'family members as interpreters',
  },
  {
    says: [/ (?:translat[a-z]+|interpreter for|need an interpreter|in spanish|in vietnamese) /],
    unless: / (?:family|sign|deaf|(?:son|daughter|husband|wife|sister|brother) (?:interpret|translate)) /,
    adds: 'ask for an interpreter',
  },
  {
    says: [asksPrice, / interpreters? /],
    unless: / (?:sign|deaf) /,
    adds: 'interpreters are free for every patient',
  },
  {
    says: [/ (?:hard of hearing|large print|braille|hearing aids?) /],
    unless: / (?:lost|left|forgot) /,
    adds: 'hearing and reading aids',
  },
  {
    says: [
      / (?:pills?|medicines?|medications?|meds|prescriptions?) /,
      / (?:out of|run out|ran out|running out|running low|get more|need more|almost gone|refill|refilled) /,
      / (?:how|where|who|get|need|call|what) /,
    ],
    unless: / (?:old|expired|throw|rid|deliver|delivered|mail|how long|days before|in advance) /,
    adds: 'to refill a prescription call the refill line',
  },
  {
    says: [
      / (?:pills?|medicines?|medications?|meds|prescriptions?|pharmacy) /,
      / (?:mail|mailed|deliver|delivers|delivered|delivery|bring them to|send them to|to my house|to my home) /,
    ],
    unless: / (?:room|bedside|before i go home|old) /,
    adds: 'the pharmacy delivers prescriptions to your home free of charge delivery',
  },
  {
    says: [
      / (?:complain|complaint|rude|mistreated|treated badly|treated poorly|bad experience|manager|supervisor) /,
    ],
    unless: / (?:privacy|state|outside|how long|how soon|answers?|hear back|how quickly|health department) /,
    adds: 'to make a complaint call the patient advocate',
  },
  {
    says: [
      / (?:(?:not have|no|need|get|without|arrange|provide|offer|find|book) (?:a |an |any |me a )?(?:ride|rides|car|transportation|transport|way there|way to get)|give (?:me|us|him|her) a ride|drive me to) /,
    ],
    unless:
      / (?:wheelchair|home|colonoscopy|surgery|did not|never|late|not (?:here|come|shown)|park|along|cancel) /,
    adds: 'free ride to appointments for patients who have no car, call ride services',
  },
  {
    says: [/ (?:ride|van|driver) (?:did not|never|has not|is not|still|is late) /],
    adds: 'when the ride does not come',
  },
  {
    says: [/ (?:ride|come|go) (?:along|with) /, / (?:van|ride) /],
    unless: / (?:surgery|colonoscopy|visit|appointment) /,
    adds: 'who may ride along, companion',
  },
  {
    says: [
      / (?:over the phone|by phone|on the computer|from home|video|telehealth|facetime) /,
      / (?:visit|appointment|doctor) /,
    ],
    unless: / (?:cost|copay|pay|charge|price|interpreter|infection|sick|same) /,
    adds: 'video visits',
  },
  {
    says: [/ (?:portal|account) /, / (?:sign up|set up|register|create|join|get on|enroll|get started) /],
    unless: / (?:payment|bill) /,
    adds: 'to sign up for the patient portal use the code',
  },
  {
    says: [
      / portal /,
      / (?:can not (?:sign in|get in|get into|open)|not able to (?:sign in|get in|get into)|locked out|password|login|trouble (?:signing|getting) in) /,
    ],
    adds: 'forgotten portal password sign-in page',
  },
  {
    says: [/ results /, / (?:online|portal|computer|website|app) /],
    adds: 'in the patient portal you see your test results',
  },
  {
    says: [
      / (?:when|what time|how early) /,
      / (?:surgery|operation) /,
      / (?:get there|be there|arrive|show up|come in|be in) /,
    ],
    adds: 'the call the day before tells you when to arrive',
  },
  {
    says: [/ (?:left|forgot|lost) (?:my|a) [a-z ]*(?:room|hospital|there|ward) /],
    adds: 'lost and found, forgotten belongings',
  },
  {
    says: [/ (?:walker|oxygen|bed|wheelchair|commode|equipment|cane|tank) (?:never|did not|has not|still) /],
    adds: 'equipment at home did not arrive, case management',
  },
  {
    says: [/ (?:recording|record|recorded|taping) (?:this|the|my|our) (?:call|calls|conversation) /],
    unless: / how long /,
    adds: 'recording of calls',
  },
  {
    says: [/ who (?:can|gets to|is allowed to|may|will) (?:see|look at|read) my /],
    adds: 'who may see your health information',
  },
  {
    says: [
      / (?:tell|talk to|share|give) (?:[a-z]+ ){0,4}(?:my family|my kids|my children|my friends|my husband|my wife) /,
      / (?:about|information|news) /,
    ],
    adds: 'we share information with family or friends',
  },
];

/** A question as documents would put it. */
export interface Worded {
  /** With the documents' turns of phrase, and with what it is about by their name. */
  readonly text: string;
  /** What of it the added words do not explain: the section must hold it, or it is about something else. */
  readonly rest: string;
}

/** Puts a question, or a sentence about the organisation, as documents would. */
export function inDocumentWords(question: string): Worded {
  const reading = readText(question).text;
  const put = turns.reduce((text, [pattern, said]) => text.replace(pattern, said), reading);
  const own = put === reading ? question : put.trim();
  const about = everyday.find(
    ({ says, unless }) => says.every((one) => one.test(put)) && unless?.test(put) !== true,
  );
  if (!about) return { text: own, rest: '' };
  return {
    text: `${own} ${about.adds}`,
    rest: about.says.reduce((text, said) => text.replace(said, ' '), put),
  };
}
