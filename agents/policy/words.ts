import { stemmer } from 'stemmer';
import { readText } from '../language/reading.js';

/** Words that say nothing of what is asked about: grammar, numbers, times, and verbs and adverbs of everything. */
const stopWords = new Set(
  `
  a about above actually after again ago ahead all allow allowed almost alone already also always am an and another any anybody
  anyone anything anyway anywhere are aren around as ask asked asking at away back bad be became because become been before beforehand
  began begin behind being below best better between big both bring but by call called calling came can care catch certain
  come comes coming could day days decide did different do does doing done down during each early easy either else end enough even evening
  ever every everybody everyone everything exactly far fast feel few find fine first five for found four from full further gave get gets getting
  give given go goes going gone good got great had half happen happened happens hard has have having he hear heard hello help her here
  hers herself hey hi him himself his hold hope hour hours how i if in instead into is it its itself just keep kind knew know known
  last late later least leave less let letting like little long longer look looking lot made make makes making many matter may maybe me mean
  meant meet might mind mine minute minutes moment month months more morning most much must my myself near need needed needs
  never new next nice nine no nobody none nor not nothing now of off often okay old on once one ones only onto open or other others
  ought our ours out over own past people perhaps please possible possibly put quick quickly quite ran rather reach ready real really right said
  same saw say says second see seem seems seen send sent set seven several shall she should show since six so some somebody
  somehow someone something sometimes somewhere soon sorry sort start started stay still stop such sure take taken takes taking talk
  tell ten than thank thanks that the their theirs them then there these they thing things think third this those though
  thought three through till time times to today together told tomorrow tonight too took top toward treat treated tried true
  try trying turn twice two under understand until up upon us use used using usually very wait walk want wanted wants was way we
  week weeks well went were what whatever when where whether which while who whole whom whose why will wish with within
  without wonder wondering work worked works worry would wrong year years yes yesterday yet you your yours yourself
  eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
  hundred thousand dollar dollars
  supposed situation y'all yall guys folks provide report notice deal policy rule rules ma'am sir happy info advance upstairs pick
  `
    .trim()
    .split(/\s+/),
);

/** What people call a thing, and what documents call it; each line is about one thing. */
const alike = `
child children kid kids grandchild grandchildren grandkid grandbaby grandson granddaughter baby toddler teenager
holiday christmas thanksgiving easter
doctor specialist cardiologist physician surgeon
exam examination appointment
family relative husband wife son daughter sister brother mother father mom dad spouse partner parent niece nephew cousin
visit visitor guest
jewelry ring necklace earrings bracelet
validate validated
pet dog cat animal
intensive icu
emergency er
taxi cab uber lyft
cost price charge fee expensive fees
pay payment owe installment installments
afford broke poor assistance money
bill invoice statement
cancel cancelling
change reschedule move postpone
record chart file
prescription medication medicine med pill drug refill refilled
interpreter translator translate interpret speaks
complaint complain unhappy rude mistreated
disability handicapped disabled
surgery operation
video telehealth virtual zoom
eat cafeteria restaurant lunch dinner hungry
meal food
overnight night sleep
deaf sign signs
park parking
ride drive transport transportation lift
home house
id identification license
telephone phone
infection sick ill contagious cold flu
covid coronavirus
mask face
late delayed
portal website app
password login
adult grownup
unit ward
discharge discharged
deliver delivery mail
lost left belonging glasses dentures purse wallet
insurance coverage insured
copy copies printout
`;

const groups = new Map<string, ReadonlySet<string>>();
for (const line of alike.trim().split('\n')) {
  const words = new Set(line.split(' ').map((word) => stemmer(word)));
  for (const word of words) groups.set(word, new Set([...(groups.get(word) ?? []), ...words]));
}

/** The words of a text that carry its subject, stemmed. */
export function contentWords(text: string): string[] {
  return readText(text)
    .tokens.map((token) => token.text)
    .filter((word) => /[a-z0-9]/.test(word) && !stopWords.has(word))
    .map((word) => stemmer(word));
}

/** Other stems for the same thing: "kid" for "child". */
export function alikeTo(stem: string): ReadonlySet<string> {
  return groups.get(stem) ?? new Set();
}

/** They stand beside any question to a hospital and say nothing of what it is about. */
const everywhere = new Set(
  ['hospital', 'nurse', 'doctor', 'visit', 'clinic', 'appointment', 'room'].map((word) => stemmer(word)),
);

/** How many words of a question that say what it is about a text holds neither as such nor by another name. */
export function missingWords(question: string, text: string): number {
  const held = new Set(contentWords(text));
  return [...new Set(contentWords(question))].filter(
    (word) =>
      !everywhere.has(word) &&
      !/\d/.test(word) &&
      !held.has(word) &&
      ![...alikeTo(word)].some((other) => held.has(other)),
  ).length;
}
