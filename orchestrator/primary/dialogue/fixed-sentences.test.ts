import { describe, expect, it } from 'vitest';
import { loadProtocols } from '../../../clinical-kb/protocols/load.js';
import { margaret, verifiedCall } from '../testing/scripted-call.js';
import { fixedSentences } from './fixed-sentences.js';

const protocol = Object.values(loadProtocols())[0];
const options = {
  organisation: 'Riverside Community Health',
  telephone: '+15555550100',
  now: new Date('2026-11-24T10:00:00'),
};

describe('sentences that can be made ahead', () => {
  it('hold everything that is said in an uneventful call, except what was measured', async () => {
    if (!protocol) throw new Error('no protocol');
    const ahead = new Set(fixedSentences(protocol, margaret, options));
    const call = await verifiedCall();
    await call.patientLines(
      'Good.',
      'no',
      'no',
      'no',
      'no',
      'no',
      'one eighty three',
      'yes once a day',
      'no',
      'yes twice a day',
      'no',
    );
    await call.patientLines('no', 'yes', 'yes', 'yes', 'yes', 'weight and breathing and swelling', 'no');
    expect(call.then).toBe('hang-up completed');
    const late = call.agentLines.filter((line) => !ahead.has(line));
    expect(late).toEqual(['I wrote down one hundred eighty-three pounds.']);
  });

  it('leave no slot open and name no patient when there is none', () => {
    if (!protocol) throw new Error('no protocol');
    const sentences = fixedSentences(protocol, undefined, options);
    expect(sentences.length).toBeGreaterThan(100);
    expect(sentences[0]).toBe('Hello.');
    for (const sentence of sentences) expect(sentence).not.toMatch(/[{}]|Margaret|undefined/);
  });
});
