import { describe, expect, it } from 'vitest';
import { ManualClock, type Clock } from '../../platform/clock.js';
import { Pacer, type Slot } from './pacer.js';

/** A clock whose timers fire late, as on a busy machine. */
class LateClock implements Clock {
  readonly inner = new ManualClock();
  lateMs = 0;
  nowMs = (): number => this.inner.nowMs();
  epochMs = (): number => this.inner.epochMs();
  after = (delayMs: number, callback: () => void): (() => void) =>
    this.inner.after(delayMs + this.lateMs, callback);
}

describe('the pacer', () => {
  it('serves slots at start + n × 20 ms, whatever each one was late', async () => {
    const clock = new LateClock();
    clock.lateMs = 3;
    const pacer = new Pacer(clock);
    const slots: Slot[] = [];
    pacer.add((slot) => slots.push(slot));
    await clock.inner.advance(1_003);
    expect(slots.map((slot) => slot.dueMs)).toEqual(Array.from({ length: 51 }, (_, n) => n * 20));
    expect(slots.every((slot) => slot.nowMs === slot.dueMs + 3)).toBe(true);
    pacer.close();
  });

  it('skips missed slots and never serves two at once', async () => {
    const clock = new LateClock();
    const pacer = new Pacer(clock);
    const slots: Slot[] = [];
    pacer.add((slot) => slots.push(slot));
    await clock.inner.advance(20);
    clock.lateMs = 70; // the slot due at 60 comes at 130
    await clock.inner.advance(21);
    clock.lateMs = 0;
    await clock.inner.advance(200);
    expect(slots.map(({ index, skipped, nowMs }) => [index, skipped, nowMs])).toEqual([
      [0, 0, 0],
      [1, 0, 20],
      [2, 0, 40],
      [6, 3, 130],
      [7, 0, 140],
      [8, 0, 160],
      [9, 0, 180],
      [10, 0, 200],
      [11, 0, 220],
      [12, 0, 240],
    ]);
    expect(pacer.timing().skippedSlots).toBe(3);
    expect(pacer.timing().latenessMs.max).toBeCloseTo(70, 0);
    pacer.close();
  });

  it('serves every stream in the same slot and keeps the others when one throws', async () => {
    const clock = new ManualClock();
    const pacer = new Pacer(clock);
    const served: string[] = [];
    pacer.add(() => {
      throw new Error('broken stream');
    });
    pacer.add(() => served.push('second'));
    await clock.advance(20);
    expect(served).toEqual(['second', 'second']);
    pacer.close();
  });

  it('rests without streams and begins again with the next', async () => {
    const clock = new ManualClock();
    const pacer = new Pacer(clock);
    let served = 0;
    const remove = pacer.add(() => served++);
    await clock.advance(40);
    remove();
    remove();
    await clock.advance(1_000);
    expect(served).toBe(3);
    pacer.add((slot) => {
      served++;
      expect(slot.skipped).toBe(0);
    });
    await clock.advance(20);
    expect(served).toBe(5);
    expect(pacer.timing().skippedSlots).toBe(0);
    pacer.close();
  });

  it('keeps one timer when its only stream is exchanged within a slot', async () => {
    const clock = new ManualClock();
    const pacer = new Pacer(clock);
    const slots: number[] = [];
    const remove = pacer.add(() => {
      remove();
      pacer.add((slot) => slots.push(slot.nowMs));
    });
    await clock.advance(100);
    expect(new Set(slots).size).toBe(slots.length);
    expect(slots.length).toBeGreaterThanOrEqual(5);
    pacer.close();
  });

  it('is silent after close', async () => {
    const clock = new ManualClock();
    const pacer = new Pacer(clock);
    let served = 0;
    pacer.add(() => served++);
    await clock.advance(20);
    pacer.close();
    pacer.close();
    pacer.add(() => served++);
    await clock.advance(200);
    expect(served).toBe(2);
  });

  it('measures real lateness and event-loop delay as plain numbers', async () => {
    const pacer = new Pacer();
    expect(pacer.timing().latenessMs).toEqual({ count: 0, p50: 0, p99: 0, max: 0 });
    pacer.add(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const blockedUntil = performance.now() + 100;
    while (performance.now() < blockedUntil);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const timing = pacer.timing();
    pacer.close();
    expect(timing.skippedSlots).toBeGreaterThanOrEqual(3);
    expect(timing.latenessMs.max).toBeGreaterThan(60);
    expect(timing.eventLoopDelayMs.max).toBeGreaterThan(60);
    expect(timing.eventLoopDelayMs.p50).toBeLessThan(timing.eventLoopDelayMs.max);
  });
});
