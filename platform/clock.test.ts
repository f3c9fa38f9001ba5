import { describe, expect, it } from 'vitest';
import { ManualClock } from './clock.js';

describe('ManualClock', () => {
  it('runs due callbacks in order of their time, at their time', async () => {
    const clock = new ManualClock();
    const seen: [string, number][] = [];
    clock.after(30, () => seen.push(['late', clock.nowMs()]));
    clock.after(10, () => {
      seen.push(['early', clock.nowMs()]);
      clock.after(5, () => seen.push(['nested', clock.nowMs()]));
    });
    await clock.advance(20);
    expect(seen).toEqual([
      ['early', 10],
      ['nested', 15],
    ]);
    await clock.advance(20);
    expect(seen.at(-1)).toEqual(['late', 30]);
    expect(clock.nowMs()).toBe(40);
  });

  it('does not run what was cancelled', async () => {
    const clock = new ManualClock();
    let ran = false;
    clock.after(5, () => (ran = true))();
    await clock.advance(10);
    expect(ran).toBe(false);
  });
});
