import { describe, expect, it } from 'vitest';
import { MediaClock } from './media-clock.js';

describe('media clock', () => {
  it('takes a frame to have been spoken in the 20 ms before it arrived', () => {
    const clock = new MediaClock(1_000);
    clock.arrived(0, 5_000);
    expect(clock.clockMsOf(0)).toBe(4_980);
    expect(clock.mediaMsOf(5_000)).toBe(20);
  });

  it('is not moved by frames that come late', () => {
    const clock = new MediaClock(0);
    clock.arrived(0, 1_020);
    clock.arrived(20, 1_340);
    clock.arrived(40, 1_341);
    expect(clock.clockMsOf(40)).toBe(1_040);
  });

  it('learns from a frame that comes earlier than the first ones', () => {
    const clock = new MediaClock(0);
    clock.arrived(0, 1_100);
    clock.arrived(20, 1_040);
    expect(clock.clockMsOf(20)).toBe(1_020);
  });

  it('follows a far clock that runs slow', () => {
    const clock = new MediaClock(0);
    for (let n = 0; n < 3_000; n++) clock.arrived(n * 20, 20 + n * 20.02);
    expect(clock.clockMsOf(60_000) - 60_060).toBeGreaterThan(-25);
  });

  it('never gives a media time before the first sample', () => {
    expect(new MediaClock(500).mediaMsOf(100)).toBe(0);
  });
});
