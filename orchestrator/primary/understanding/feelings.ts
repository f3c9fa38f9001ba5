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

/** The tone of an open answer, for how it is acknowledged; mixed when good and hard things were said. */
export function toneOf(text: string): 'good' | 'hard' | 'mixed' | 'neutral' {
  const hard =
    mention(text, bad) === 'affirmed' ||
    mention(text, ['good', 'well', 'great', 'fine', 'better', 'okay']) === 'negated';
  const fine =
    mention(text, good) === 'affirmed' ||
    mention(text, bad) === 'negated' ||
    mention(text, ['not bad', 'can not complain', 'no complaints']) !== undefined;
  if (hard)
    return fine && mention(text, good) === 'affirmed' && !/\bnot\b/.test(text.toLowerCase())
      ? 'mixed'
      : 'hard';
  return fine ? 'good' : 'neutral';
}
