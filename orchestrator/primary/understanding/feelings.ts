import { mention } from './mentions.js';

const good = [
  'good',
  'fine',
  'great',
  'better',
  'well',
  'wonderful',
  'okay',
  'ok',
  'alright',
  'all right',
  'not bad',
  'pretty good',
  'excellent',
  'fantastic',
  'stronger',
  'happy',
  'no complaints',
  'can not complain',
];
const bad = [
  'bad',
  'worse',
  'terrible',
  'awful',
  'tired',
  'weak',
  'sick',
  'hurt*',
  'pain*',
  'poorly',
  'rough',
  'lousy',
  'exhausted',
  'worn out',
  'dizzy',
  'swollen',
  'swell*',
  'short of breath',
  'breathless',
  'winded',
  'horrible',
  'miserable',
  'so so',
  'not great',
  'not good',
  'not well',
  'not so good',
  'not too good',
  'struggl*',
  'trouble',
  'hard time',
  'scared',
  'worried',
  'up and down',
  'cough*',
  'ache*',
  'aching',
  'nause*',
  'can not sleep',
  'no energy',
];

/** The tone of an open answer, for how it is acknowledged; mixed answers count as hard, because the hard part needs the answer. */
export function toneOf(text: string): 'good' | 'hard' | 'neutral' {
  if (
    mention(text, bad) === 'affirmed' ||
    mention(text, ['good', 'well', 'great', 'fine', 'better', 'okay']) === 'negated'
  )
    return 'hard';
  if (
    mention(text, good) === 'affirmed' ||
    mention(text, bad) === 'negated' ||
    mention(text, ['not bad', 'can not complain', 'no complaints'])
  )
    return 'good';
  return 'neutral';
}
