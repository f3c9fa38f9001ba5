import { describe, expect, it } from 'vitest';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { isBackchannel } from './backchannel.js';
import { joinUtterances } from './join-utterances.js';

function heard(text: string, confidence: number, parts: Partial<Utterance> = {}): Utterance {
  const words = text === '' ? [] : text.split(' ').map((word) => ({ text: word, confidence }));
  return Utterance.fromPartial({ utteranceId: text, text, confidence, words, ...parts });
}

describe('two utterances that became one', () => {
  it('read as one, with the words, times and mean confidence of both', () => {
    const joined = joinUtterances(
      heard('my birthday is', 0.9, { startedMs: 100, endedMs: 900 }),
      heard('March', 0.5, { startedMs: 1500, endedMs: 1900 }),
    );
    expect(joined).toMatchObject({
      text: 'my birthday is March',
      startedMs: 100,
      endedMs: 1900,
      utteranceId: 'March',
    });
    expect(joined.words).toHaveLength(4);
    expect(joined.confidence).toBeCloseTo(0.8);
  });

  it('keep the other readings of each, completed by the best reading of the other', () => {
    const joined = joinUtterances(
      heard('I take metoprolol', 0.6, { alternatives: [{ text: 'I take metformin', confidence: 0.3 }] }),
      heard('fifty', 0.6, { alternatives: [{ text: 'fifteen', confidence: 0.4 }] }),
    );
    expect(joined.alternatives).toEqual([
      { text: 'I take metoprolol fifteen', confidence: 0.4 },
      { text: 'I take metformin fifty', confidence: 0.3 },
    ]);
  });

  it('of which one was not understood are worth the other', () => {
    expect(joinUtterances(heard('', 0), heard('yes', 0.9))).toMatchObject({ text: 'yes', confidence: 0.9 });
    expect(joinUtterances(heard('', 0), heard('', 0))).toMatchObject({ text: '', confidence: 0 });
  });
});

describe('a sound that is no turn', () => {
  it.each(['Mm-hm.', 'uh-huh', 'Hmm', 'oh', 'Mhm mhm'])('%s', (text) => {
    expect(isBackchannel(text)).toBe(true);
  });
  it.each(['yes', 'no', 'okay', 'stop', 'oh my chest hurts', '', '5'])('but not %j', (text) => {
    expect(isBackchannel(text)).toBe(false);
  });
});
