import { describe, expect, it } from 'vitest';
import {
  Disposition,
  Verdict,
  Verification,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import { ScriptedCall, margaret, review } from './testing/scripted-call.js';

/** A small repeatable source of chance (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const lines = [
  'yes',
  'no',
  'okay',
  'um',
  '',
  'hello?',
  'Margaret Ellis',
  'Margaret',
  'Robert Ellis',
  'March fourth nineteen fifty-four',
  'May first 1950',
  'this is her husband',
  "she's not home",
  'who is this',
  'what is this about',
  'what?',
  'say that again',
  'slow down',
  'hold on a second',
  "I don't understand",
  'one eighty four',
  'sorry, I meant one eighty seven',
  'once a day',
  'forty milligrams twice a day',
  'I stopped taking it',
  'I feel good',
  'my legs are swollen',
  'Can I take ibuprofen?',
  'yes. when can I drive?',
  "I'd rather not say",
  "I'm so scared",
  'purple monkey',
  'weight and breathing and swelling',
  'no questions',
  'are you a robot',
  'thank you',
  'I weigh two hundred and eighty pounds',
  'I am not sure',
  'yeah I will go get her',
  'yes I am here',
] as const;

const reviews: readonly (readonly Review[])[] = [
  [],
  [],
  [],
  [],
  [],
  [],
  [
    review(
      'medication',
      Verdict.SAY,
      'Ibuprofen is not safe with your heart medicine. A nurse will call you.',
    ),
  ],
  [review('medication', Verdict.ASK, 'Did you say furosemide?')],
  [review('labs-vitals', Verdict.ADVISE, 'Please weigh yourself each morning.')],
  [
    review('escalation', Verdict.ESCALATE, 'A nurse will call you today about your symptom.', {
      disposition: Disposition.SAME_DAY,
    }),
  ],
];

const aboutHealth =
  /\bheart|hospital|medicine|lisinopril|furosemide|ibuprofen|weigh|breath|clinic|cardiology|swelling|Margaret|Ellis|1954|symptom/i;

describe('any conversation, however it goes', () => {
  it('never fails, never speaks about health before identity is established, and always leaves the patient something to do', async () => {
    let verified = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const next = chance(seed);
      const call = new ScriptedCall(margaret);
      await call.open();
      // Half of the calls get past identity, so that both halves of the protocol are walked.
      if (seed % 2 === 0) await call.patientLines('yes', 'Margaret Ellis', 'March 4 1954');
      for (let turn = 0; turn < 25 && call.then === 'listen'; turn++) {
        const line = lines[Math.floor(next() * lines.length)] ?? '';
        const given = reviews[Math.floor(next() * reviews.length)] ?? [];
        const before = call.state.verification;
        if (next() < 0.08) await call.silence();
        else if (next() < 0.04) await call.key(String(Math.floor(next() * 10)));
        else {
          if (next() < 0.15) call.cut(Math.floor(next() * 3), Math.floor(next() * 40));
          await call.patient(line, { reviews: given });
        }
        const where = `seed ${String(seed)}, turn ${String(turn)}, "${line}"`;
        const escalated = given.some(({ verdict }) => verdict === Verdict.ESCALATE);
        if (call.state.verification === Verification.VERIFIED) verified++;
        else if (before !== Verification.VERIFIED && !escalated)
          expect(call.said, where).not.toMatch(aboutHealth);
        expect(call.said, where).not.toMatch(/[{}]|undefined|NaN/);
        const listening = call.draft?.listening;
        expect(listening?.patience, where).toBeGreaterThan(0.4);
        const texts = call.draft?.sentences.map(({ text }) => text) ?? [];
        expect(new Set(texts).size, `${where}: ${call.said}`).toBe(texts.length);
      }
    }
    expect(verified).toBeGreaterThan(300);
  }, 60_000);
});
