import { describe, expect, it } from 'vitest';
import { readPlainPickle } from './read-pickle.js';

/** Written by Python's pickle.dumps with protocol 4. */
const plain = Buffer.from(
  '8004951d000000000000007d948c0161945d94288c016294473ff8000000000000884e680365732e',
  'hex',
);
/** An object whose __reduce__ would call print('x'). */
const calling = Buffer.from(
  '8004951e000000000000008c086275696c74696e73948c057072696e749493948c017894859452942e',
  'hex',
);

describe('a pickle', () => {
  it('of plain data is read', () => {
    expect(readPlainPickle(plain)).toEqual(new Map([['a', ['b', 1.5, true, null, 'b']]]));
  });

  it('that would call something is refused, and nothing is called', () => {
    expect(() => readPlainPickle(calling)).toThrow(/opcode 0x93 at byte \d+ is not plain data/);
  });

  it.each([
    ['without an end', plain.subarray(0, -1)],
    ['cut inside a string', plain.subarray(0, 16)],
    ['that takes from an empty stack', Buffer.from('80042e', 'hex')],
    ['empty', Buffer.alloc(0)],
    ['with a memo that is not there', Buffer.from('800468052e', 'hex')],
  ])('%s is refused', (_name, bytes) => {
    expect(() => readPlainPickle(bytes)).toThrow(RangeError);
  });
});
