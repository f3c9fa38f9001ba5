import { describe, expect, it } from 'vitest';
import { yesNo } from './yes-no.js';

describe('a yes or no in the way that patients say it', () => {
  it.each([
    ['yes', 'yes', false],
    ['Yeah.', 'yes', false],
    ['yeah i am', 'yes', false],
    ['mm-hm', 'yes', false],
    ['Mm-hmm.', 'yes', false],
    ['uh huh', 'yes', false],
    ['um yes i do', 'yes', false],
    ['Well, yes, every morning.', 'yes', false],
    ['i do', 'yes', false],
    ['I am, yes.', 'yes', false],
    ['oh yes definitely', 'yes', false],
    ['I guess so', 'yes', true],
    ['a little bit', 'yes', true],
    ['sometimes, at night', 'yes', true],
    ['kind of', 'yes', true],
    ['yup every day', 'yes', false],
    ["yes i don't miss a dose", 'yes', false],
    ['furosemide yes', 'yes', false],
    ['no yeah i do', 'yes', true],
    ['no but a little in the evening', 'yes', true],
    ['No.', 'no', false],
    ['nope', 'no', false],
    ['uh-uh', 'no', false],
    ['not really', 'no', true],
    ['no not at all', 'no', false],
    ["i haven't", 'no', false],
    ["I don't have any swelling", 'no', false],
    ['havent had any', 'no', false],
    ['yeah no', 'no', true],
    ["yeah i haven't", 'no', true],
    ['not that i know of', 'no', true],
    ['I have not, no.', 'no', false],
    ['none', 'no', false],
    ['never', 'no', false],
    ["I don't think so", 'no', true],
    ['my ankles? no', 'no', false],
    ["i'm not sure", 'unsure', true],
    ['i dont know', 'unsure', true],
    ['I cannot remember', 'unsure', true],
    ['yes and no', 'unsure', true],
  ] as const)('%s', (text, answer, hedged) => {
    expect(yesNo(text)).toEqual({ answer, hedged });
  });

  it.each([
    [''],
    ['I have a headache'],
    ['what do you mean'],
    ['right now I am sitting down'],
    ['the doctor called me yesterday'],
    ['um'],
  ])('finds none in "%s"', (text) => {
    expect(yesNo(text)).toBeUndefined();
  });

  it.each([
    ['go ahead', 'yes'],
    ["that's fine", 'yes'],
    ['okay', 'yes'],
    ['no problem', 'yes'],
    ["I don't mind", 'yes'],
    ['sure, why not', 'yes'],
    ['please do', 'yes'],
    ["I'd rather not", 'no'],
    ["please don't", 'no'],
    ['no', 'no'],
    ["no i don't want that", 'no'],
    ["I'd prefer not", 'no'],
    ['no thank you', 'no'],
  ] as const)('reads leave given or refused: %s', (text, answer) => {
    expect(yesNo(text, { permission: true })?.answer).toBe(answer);
  });

  it('does not take "no, that\'s fine" for leave or for a refusal', () => {
    expect(yesNo("No, that's fine", { permission: true })).toBeUndefined();
  });

  it('does not take "okay" as the answer to a question about health', () => {
    expect(yesNo('okay')).toBeUndefined();
  });
});
