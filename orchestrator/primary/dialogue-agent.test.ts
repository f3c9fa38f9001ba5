import { describe, expect, it } from 'vitest';
import { ScriptedCall } from './testing/scripted-call.js';

describe('a whole call, as it goes well', () => {
  it('goes from the greeting to the end of the protocol', async () => {
    const call = new ScriptedCall();
    const lines: string[] = [`A: ${await call.open()}`];
    for (const line of [
      'Hello. Yes, that is fine.',
      'Margaret Ellis',
      'March fourth, nineteen fifty-four.',
      'Pretty good, a little tired.',
      'No, it is about the same.',
      'No, just one pillow.',
      'My ankles are a bit puffy.',
      'No.',
      'No, nothing like that.',
      'One eighty-four this morning.',
      'Yes, one in the morning.',
      'No problems.',
      'Yeah',
      'Forty milligrams twice a day',
      'No, I have not missed any.',
      'Just a vitamin.',
      'I try to.',
      'Yes, two liters.',
      'Yes, I have it on the calendar.',
      'My daughter will drive me.',
      'If I gain weight, like three pounds, or if my breathing gets worse or my legs swell.',
      'No, I think that is all.',
    ]) {
      lines.push(`P: ${line}`, `A: ${await call.patient(line)}`);
    }
    console.log(lines.join('\n'), call.then, call.tasks, call.state.items);
    expect(call.then).toBe('hang-up completed');
  });
});
