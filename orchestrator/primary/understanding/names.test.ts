import { describe, expect, it } from 'vitest';
import { matchName } from './names.js';

describe('the name of Margaret Ellis', () => {
  it.each([
    ['Margaret Ellis', 'match'],
    ['margaret ellis', 'match'],
    ['My name is Margaret Ellis.', 'match'],
    ["it's margret elis", 'match'],
    ['Yes, this is Margaret Ellis speaking.', 'match'],
    ['um margaret j ellis', 'match'],
    ['Peggy Ellis', 'match'],
    ['Ellis, Margaret', 'match'],
    ['mrs margaret ellis', 'match'],
    ['Margaret E-L-L-I-S', 'match'],
    ['margaret e l l i s', 'match'],
    ['Margaret Alice', 'mismatch'],
    ['Margaret Ellis and my date of birth is March fourth nineteen fifty four', 'match'],
    ['Margaret', 'given-only'],
    ["I'm Margaret", 'given-only'],
    ['Ellis', 'family-only'],
    ['Mary Ellis', 'mismatch'],
    ['Marjorie Ellis', 'mismatch'],
    ['Martha Ellis', 'mismatch'],
    ['Margaret Wallace', 'mismatch'],
    ['Margaret Evans', 'mismatch'],
    ['Margaret Elliott', 'mismatch'],
    ['John Smith', 'mismatch'],
    ['Robert Ellis', 'mismatch'],
    ['why do you need my name', 'none'],
    ['yes', 'none'],
    ['', 'none'],
    ['what', 'none'],
  ] as const)('%s', (text, expected) => {
    expect(matchName(text, 'Margaret', 'Ellis')).toBe(expected);
  });
});

describe('other names', () => {
  it.each([
    ['jon smyth', 'John', 'Smith', 'match'],
    ['joan smith', 'John', 'Smith', 'mismatch'],
    ['maria de la cruz', 'Maria', 'De la Cruz', 'match'],
    ['maria delacruz', 'Maria', 'De la Cruz', 'match'],
    ['maria cruz', 'Maria', 'De la Cruz', 'match'],
    ['marie cruz', 'Maria', 'De la Cruz', 'mismatch'],
    ['anne smith jones', 'Ann', 'Smith-Jones', 'match'],
    ['catherine obrien', 'Kathryn', "O'Brien", 'match'],
    ["Kathryn O'Brian", 'Kathryn', "O'Brien", 'match'],
    ['bob johnson', 'Robert', 'Johnson', 'match'],
    ['robert johnston', 'Robert', 'Johnson', 'mismatch'],
    ['walter nguyen', 'Walter', 'Nguyen', 'match'],
    ['walter win', 'Walter', 'Nguyen', 'mismatch'],
  ] as const)('%s for %s %s', (text, given, family, expected) => {
    expect(matchName(text, given, family)).toBe(expected);
  });
});
