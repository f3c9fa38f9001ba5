import { describe, expect, it } from 'vitest';
import { Exchange } from './exchange.js';

function run(exchange: Exchange, slots: readonly [number, number, boolean][]): void {
  for (const [fromMs, toMs, audible] of slots) {
    for (let nowMs = fromMs; nowMs < toMs; nowMs += 20) exchange.observe(nowMs, audible);
  }
}

describe('an exchange', () => {
  it('is timed from the last voiced patient sample to the first audible agent sample', () => {
    const exchange = new Exchange('hello', { firstVoicedMs: 100, lastVoicedMs: 1_000 }, false);
    run(exchange, [
      [0, 1_700, false],
      [1_700, 1_800, true],
    ]);
    expect(exchange.timing()).toEqual({
      said: 'hello',
      voiceToVoiceMs: 700,
      cutOff: false,
      yieldMs: undefined,
    });
  });

  it('reports an agent that speaks before the patient has finished', () => {
    const exchange = new Exchange('hello', { firstVoicedMs: 100, lastVoicedMs: 1_000 }, false);
    run(exchange, [
      [0, 600, false],
      [600, 700, true],
    ]);
    expect(exchange.timing()).toMatchObject({ voiceToVoiceMs: -400, cutOff: true });
  });

  it('measures how long an interrupted agent stays audible, and its answer only after it was silent', () => {
    const exchange = new Exchange('wait', { firstVoicedMs: 100, lastVoicedMs: 900 }, true);
    run(exchange, [
      [0, 300, true],
      [300, 1_500, false],
      [1_500, 1_600, true],
    ]);
    expect(exchange.timing()).toEqual({ said: 'wait', voiceToVoiceMs: 600, cutOff: false, yieldMs: 200 });
  });

  it('has no answer when nobody answered', () => {
    const exchange = new Exchange('hello', { firstVoicedMs: 0, lastVoicedMs: 500 }, false);
    run(exchange, [[0, 5_000, false]]);
    expect(exchange.timing().voiceToVoiceMs).toBeUndefined();
    expect(exchange.waitedMs(5_000)).toBe(4_500);
  });
});
