import { Utterance } from '../../../protos/generated/asterism/v1/hearing.js';
import { AwaitedAnswer } from '../../../protos/generated/asterism/v1/hearing.js';
import { Disposition, Verdict } from '../../../protos/generated/asterism/v1/specialist.js';
import type { Stimulus } from '../primary-agent.js';
import type { Turn } from './turn.js';

const DATE_DIGITS = 8;

/**
 * A key was pressed. 0 asks for a person and * for a repeat; otherwise keys answer what is awaited:
 * 1 yes, 2 no, eight digits a date (month, day, year), digits and # a number.
 * @returns what the patient would have said; undefined while more keys are awaited
 */
export function keyPressed(turn: Turn, digit: string): Extract<Stimulus, { kind: 'heard' }> | undefined {
  const { awaited } = turn.position.listening;
  const digits = turn.position.digits + digit;
  if (digit === '*') return spokenAs('say that again');
  switch (awaited) {
    case AwaitedAnswer.DATE:
    case AwaitedAnswer.NUMBER: {
      const whole = awaited === AwaitedAnswer.DATE ? digits.length >= DATE_DIGITS : digit === '#';
      const written = digits.replace(/\D/g, '');
      turn.position = { ...turn.position, digits: whole ? '' : digits };
      return whole && written !== '' ? spokenAs(written) : undefined;
    }
    default:
      if (digit === '0') return spokenAs('I want to talk to a person');
      if (awaited === AwaitedAnswer.YES_NO && (digit === '1' || digit === '2'))
        return spokenAs(digit === '1' ? 'yes' : 'no');
      return undefined;
  }
}

/** Keys are certain and nobody reviewed them: they hold no words. */
function spokenAs(text: string): Extract<Stimulus, { kind: 'heard' }> {
  return {
    kind: 'heard',
    utterance: Utterance.fromPartial({ utteranceId: 'keypad', text, confidence: 1 }),
    decision: {
      verdict: Verdict.PASS,
      disposition: Disposition.NONE,
      winning: undefined,
      reviews: [],
      losing: [],
      followUps: [],
      unansweredGates: [],
    },
  };
}
