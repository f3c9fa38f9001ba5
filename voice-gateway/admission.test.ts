import { describe, expect, it } from 'vitest';
import { ManualClock } from '../platform/clock.js';
import { Admission } from './admission.js';
import { CallTokens, TOKEN_LIFETIME_MS } from './tokens.js';

describe('admission', () => {
  it('gives exactly as many slots as there are', () => {
    const admission = new Admission(2);
    expect([1, 2, 3, 4].map(() => admission.enter() !== undefined)).toEqual([true, true, false, false]);
    expect([admission.held, admission.refused]).toEqual([2, 2]);
  });

  it('takes a slot back once, however often it is released', () => {
    const admission = new Admission(2);
    const slot = admission.enter();
    admission.enter();
    slot?.release();
    slot?.release();
    expect(admission.held).toBe(1);
  });
});

describe('call tokens', () => {
  it('are redeemed once', () => {
    const tokens = new CallTokens<string>(new ManualClock(), () => undefined);
    const token = tokens.mint('grant');
    expect([tokens.redeem(token), tokens.redeem(token), tokens.redeem('other')]).toEqual([
      'grant',
      undefined,
      undefined,
    ]);
  });

  it('expire, and what they granted is taken back', async () => {
    const clock = new ManualClock();
    const expired: string[] = [];
    const tokens = new CallTokens<string>(clock, (grant) => expired.push(grant));
    const unused = tokens.mint('unused');
    const used = tokens.mint('used');
    tokens.redeem(used);
    await clock.advance(TOKEN_LIFETIME_MS);
    expect(expired).toEqual(['unused']);
    expect(tokens.redeem(unused)).toBeUndefined();
  });

  it('are all different', () => {
    const tokens = new CallTokens<number>(new ManualClock(), () => undefined);
    expect(new Set(Array.from({ length: 100 }, (_, n) => tokens.mint(n))).size).toBe(100);
  });
});
