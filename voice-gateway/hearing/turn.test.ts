import { describe, expect, it } from 'vitest';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import type { Recognition } from './recognition.js';
import { turnSettings } from './turn-settings.js';
import type { TurnEffect, TurnInput, TurnState } from './turn-state.js';
import { audioNeededFromMs, openTurn, turn } from './turn.js';

const WINDOW_MS = 32;

/** Plays a call to the turn machine, window by window, and answers what it asks for. */
class Script {
  state: TurnState = openTurn({ awaited: AwaitedAnswer.OPEN, vocabulary: [], patience: 1 });
  effects: TurnEffect[] = [];
  #mediaMs = 0;

  send(input: TurnInput): this {
    const step = turn(this.state, input);
    this.state = step.state;
    this.effects.push(...step.effects);
    return this;
  }

  windows(probability: number, forMs: number, level = 0.1): this {
    for (const endMs = this.#mediaMs + forMs; this.#mediaMs + WINDOW_MS <= endMs;) {
      const startMs = this.#mediaMs;
      this.#mediaMs += WINDOW_MS;
      this.send({ kind: 'voice', startMs, endMs: this.#mediaMs, probability, level });
    }
    return this;
  }

  speak(forMs: number): this {
    return this.windows(0.95, forMs);
  }

  silence(forMs: number): this {
    return this.windows(0.02, forMs, 0.001);
  }

  listen(awaited: AwaitedAnswer, patience = 1, vocabulary: readonly string[] = []): this {
    return this.send({ kind: 'listen', listening: { awaited, vocabulary, patience } });
  }

  recognised(text: string, runId = this.lastRun()): this {
    return this.send({ kind: 'recognised', runId, recognition: recognition(text) });
  }

  failed(runId = this.lastRun()): this {
    return this.send({ kind: 'recognition-failed', runId });
  }

  finished(probability: number, runId = this.lastRun()): this {
    return this.send({ kind: 'finished', runId, probability });
  }

  lastRun(): number {
    return this.of('recognise').at(-1)?.runId ?? 0;
  }

  of<Kind extends TurnEffect['kind']>(kind: Kind): Extract<TurnEffect, { kind: Kind }>[] {
    return this.effects.filter(
      (effect): effect is Extract<TurnEffect, { kind: Kind }> => effect.kind === kind,
    );
  }

  kinds(): string[] {
    return this.effects.map((effect) => effect.kind);
  }

  finalText(): string | undefined {
    const [final] = this.of('final');
    return final?.heard.parts.flatMap((part) => part.recognition.words.map((word) => word.text)).join(' ');
  }
}

function recognition(text: string): Recognition {
  const words = text.split(' ').filter((word) => word !== '');
  return {
    words: words.map((word, index) => ({
      text: word,
      confidence: 0.9,
      startMs: index * 200,
      endMs: (index + 1) * 200,
      alternatives: [],
    })),
    alternatives: [],
    noSpeechProbability: 0,
    doubted: false,
    timings: { melMs: 0, encoderMs: 0, decoderMs: 0, alternativesMs: 0 },
  };
}

describe('the beginning of speech', () => {
  it('is reported after 96 ms of voice, with the time of the first voiced sample', () => {
    const script = new Script().silence(320).speak(96);
    expect(script.effects).toEqual([{ kind: 'speech-started', mediaMs: 320 }]);
  });

  it.each([
    ['one loud window', [0.99]],
    ['two loud windows', [0.99, 0.99]],
    ['voice in every other window', [0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1]],
    ['a murmur below the threshold', Array<number>(50).fill(0.45)],
  ])('is not found in %s', (_, probabilities) => {
    const script = new Script().silence(320);
    for (const probability of probabilities) script.windows(probability, WINDOW_MS);
    script.silence(640);
    expect(script.effects).toEqual([]);
    expect(script.state.utterance).toBeUndefined();
  });

  it('takes the 300 ms before it into recognition', () => {
    const script = new Script().silence(640).speak(640).silence(128);
    expect(script.of('recognise')).toMatchObject([{ fromMs: 340 }]);
  });

  it('takes nothing of the utterance before', () => {
    const script = new Script()
      .silence(320)
      .speak(640)
      .silence(200)
      .recognised('Yes.')
      .finished(0.95)
      .silence(320);
    expect(script.kinds()).toContain('final');
    const endedMs = script.of('final')[0]?.heard.lastVoicedMs ?? 0;
    script.speak(320).silence(96);
    expect(script.of('recognise').at(-1)?.fromMs).toBeGreaterThanOrEqual(endedMs);
  });
});

describe('a pause', () => {
  it('starts recognition after 96 ms and Smart Turn after 192 ms, on the audio so far', () => {
    const script = new Script().silence(320).speak(1_600).silence(224);
    expect(script.effects).toEqual([
      { kind: 'speech-started', mediaMs: 320 },
      { kind: 'speech-ended', mediaMs: 1_920 },
      { kind: 'recognise', runId: 1, fromMs: 20, toMs: 2_016, voicedMs: 1_600, draft: [] },
      { kind: 'ask-finished', runId: 1, fromMs: 20, toMs: 2_112 },
    ]);
  });

  it('shorter than that is none: it lies inside words', () => {
    const script = new Script().silence(320).speak(640).silence(64).speak(640);
    expect(script.kinds()).toEqual(['speech-started']);
  });

  it('ends when voice comes back, and what it recognised is a partial', () => {
    const script = new Script().silence(320).speak(960).silence(160).speak(320).recognised('I take two', 1);
    expect(script.kinds()).toEqual([
      'speech-started',
      'speech-ended',
      'recognise',
      'speech-started',
      'partial',
    ]);
  });

  it('gives a partial while it lasts, too', () => {
    const script = new Script().silence(320).speak(960).silence(160).recognised('I take lisinopril and');
    expect(script.of('partial')).toHaveLength(1);
    expect(script.of('final')).toHaveLength(0);
  });

  it('cancels the recognition of the pause before it', () => {
    const script = new Script().silence(320).speak(960).silence(160).speak(640).silence(96);
    expect(script.of('cancel')).toEqual([{ kind: 'cancel', runId: 1 }]);
    expect(script.of('recognise').map((effect) => effect.runId)).toEqual([1, 2]);
    script.recognised('too late', 1);
    expect(script.of('partial')).toHaveLength(0);
  });

  it('gives the next recognition the words that were sure to start from', () => {
    const script = new Script()
      .silence(320)
      .speak(2_016)
      .silence(96)
      .recognised('I take one in the morning and');
    script.speak(960).silence(96);
    const [, second] = script.of('recognise');
    // Words of 200 ms each; what ends in the last 600 ms before the pause may still change.
    expect(second?.draft.map((word) => word.text)).toEqual(['I', 'take', 'one', 'in', 'the', 'morning']);
    expect(second?.fromMs).toBe(20);
  });

  it('is not ended by one doubtful window, nor does the turn end in it', () => {
    const script = new Script().silence(320).speak(960).silence(320).finished(0.95).windows(0.6, WINDOW_MS);
    script.recognised('I feel fine.');
    expect(script.of('final')).toHaveLength(0);
    script.silence(WINDOW_MS);
    expect(script.of('final')).toHaveLength(1);
    expect(script.of('speech-started')).toHaveLength(1);
  });
});

describe('the end of a turn', () => {
  it('comes with the recognition when the silence is long enough already', () => {
    const script = new Script()
      .silence(320)
      .speak(1_600)
      .silence(352)
      .finished(0.95)
      .recognised('I feel fine today.');
    expect(script.of('final')).toMatchObject([
      { reason: 'complete', heard: { startedMs: 320, lastVoicedMs: 1_920 } },
    ]);
    expect(script.of('partial')).toHaveLength(0);
    expect(script.state.utterance).toBeUndefined();
  });

  it('waits for the recognition, however long the silence', () => {
    const script = new Script().silence(320).speak(1_600).silence(3_200).finished(0.95);
    expect(script.of('final')).toHaveLength(0);
    expect(script.recognised('I feel fine today.').of('final')).toHaveLength(1);
  });

  it('does not wait for Smart Turn when it never answers', () => {
    const script = new Script()
      .silence(320)
      .speak(1_600)
      .silence(224)
      .recognised('I feel fine today.')
      .silence(1_280);
    expect(script.of('final')).toMatchObject([{ reason: 'complete' }]);
    expect(script.of('cancel')).toEqual([{ kind: 'cancel', runId: 1 }]);
  });

  it.each<[string, AwaitedAnswer, number, number, string, number]>([
    // text, awaited, Smart Turn, patience, reason, latest silence in ms
    ['Yes.', AwaitedAnswer.YES_NO, 0.9, 1, 'answered', 480],
    ['Yes.', AwaitedAnswer.YES_NO, 0.3, 1, 'answered', 512],
    ['Yes.', AwaitedAnswer.YES_NO, 0.9, 2, 'answered', 928],
    ['I walked a little.', AwaitedAnswer.OPEN, 0.9, 1, 'complete', 224],
    ['I walked a little.', AwaitedAnswer.OPEN, 0.6, 1, 'complete', 384],
    ['I walked a little.', AwaitedAnswer.OPEN, 0.3, 1, 'complete', 800],
    ['I walked a little.', AwaitedAnswer.OPEN, 0.1, 1, 'silence', 1_216],
    ['I walked a little', AwaitedAnswer.OPEN, 0.9, 1, 'complete', 384],
    ['I walked a little and', AwaitedAnswer.OPEN, 0.6, 1, 'silence', 2_016],
    ['I walked a little and', AwaitedAnswer.OPEN, 0.6, 3, 'silence', 2_016],
    ["Yes, that's right.", AwaitedAnswer.YES_NO, 0.9, 1, 'answered', 224],
    ['or my legs swell up,', AwaitedAnswer.OPEN, 0.9, 1, 'complete', 384],
    ['a pound a day, or my breath, or my legs swell up,', AwaitedAnswer.LIST, 0.9, 1.3, 'complete', 608],
    ['a pound a day, or my breath, or my legs swell up,', AwaitedAnswer.LIST, 0.6, 1, 'complete', 800],
    ['a pound a day, or my breath, or my legs swell up,', AwaitedAnswer.LIST, 0.3, 1.3, 'silence', 2_016],
    ['Okay, I have it. Go ahead.', AwaitedAnswer.LIST, 0.6, 1.3, 'complete', 1_056],
    ['Okay, I have it. Go ahead.', AwaitedAnswer.LIST, 0.3, 1.3, 'complete', 1_312],
    ['Okay, I have it. Go ahead.', AwaitedAnswer.LIST, 0.1, 1.3, 'silence', 1_568],
    ['lisinopril, furosemide', AwaitedAnswer.LIST, 0.6, 1, 'silence', 1_600],
    ['lisinopril, furosemide, and', AwaitedAnswer.LIST, 0.9, 1.3, 'silence', 1_568],
    ['lisinopril, furosemide, and', AwaitedAnswer.LIST, 0.6, 1.3, 'silence', 2_880],
    ['five oh three,', AwaitedAnswer.NUMBER, 0.6, 1.3, 'silence', 2_880],
    ['March fourth,', AwaitedAnswer.DATE, 0.6, 1.3, 'silence', 2_880],
    ['My date of birth is March fourth,', AwaitedAnswer.DATE, 0.6, 1, 'silence', 2_208],
    ['March 4th, 1952.', AwaitedAnswer.DATE, 0.9, 1, 'answered', 224],
    ['182 pounds.', AwaitedAnswer.NUMBER, 0.9, 1, 'answered', 480],
    ['It was 182 pounds.', AwaitedAnswer.NUMBER, 0.9, 1, 'answered', 224],
    ['My weight is,', AwaitedAnswer.NUMBER, 0.4, 1, 'silence', 2_208],
    ['', AwaitedAnswer.OPEN, 0.9, 1, 'no-words', 704],
  ])(
    'after "%s" (%s, Smart Turn %f, patience %f) is for "%s" at %i ms',
    (text, awaited, sure, patience, reason, atMs) => {
      const script = new Script().listen(awaited, patience).silence(320).speak(960).silence(192);
      script
        .recognised(text)
        .finished(sure)
        .silence(atMs - 192 - WINDOW_MS);
      expect(script.of('final')).toHaveLength(0);
      expect(script.silence(WINDOW_MS).of('final')).toMatchObject([{ reason, endOfTurnMs: 1_280 + atMs }]);
    },
  );

  it('holds the words of the last recognition only', () => {
    const script = new Script()
      .silence(320)
      .speak(960)
      .silence(160)
      .recognised('I take')
      .speak(960)
      .silence(320);
    script.finished(0.9).recognised('I take lisinopril.');
    expect(script.finalText()).toBe('I take lisinopril.');
  });

  it('comes at once when the answer that is now awaited is in the words already', () => {
    const script = new Script().silence(320).speak(320).silence(544).recognised('Yes').finished(0.3);
    expect(script.of('final')).toHaveLength(0);
    script.listen(AwaitedAnswer.YES_NO);
    expect(script.of('final')).toMatchObject([{ reason: 'answered' }]);
  });

  it('comes by itself when the line goes dead', () => {
    const script = new Script().silence(320).speak(960).send({ kind: 'stalled', nowMs: 1_600 });
    expect(script.kinds()).toEqual(['speech-started', 'speech-ended', 'recognise', 'ask-finished']);
    script.recognised('I feel fine.').finished(0.9);
    expect(script.of('final')).toHaveLength(1);
  });
});

describe('failing recognition', () => {
  it('is tried once more, then the turn ends and says that words are missing', () => {
    const script = new Script().silence(320).speak(960).silence(800).failed();
    expect(script.of('recognise')).toHaveLength(2);
    expect(script.of('final')).toHaveLength(0);
    script.failed();
    expect(script.of('final')).toMatchObject([{ reason: 'recognition-failed', heard: { parts: [] } }]);
  });

  it('that never answers ends the turn after 12 s', () => {
    const script = new Script()
      .silence(320)
      .speak(960)
      .silence(turnSettings.recognitionLimitMs + WINDOW_MS);
    expect(script.of('final')).toMatchObject([{ reason: 'recognition-failed' }]);
    expect(script.of('cancel')).toEqual([{ kind: 'cancel', runId: 1 }]);
  });
});

describe('long speech', () => {
  it('without a pause is cut at its quietest moment and loses nothing', () => {
    const script = new Script().silence(320).speak(12_000).windows(0.9, WINDOW_MS, 0.01).speak(6_000);
    const [first] = script.of('recognise');
    expect(first).toMatchObject({ fromMs: 20, toMs: 12_320 + WINDOW_MS / 2 });
    script.recognised('the first part', first?.runId).silence(320).finished(0.95);
    expect(script.of('recognise').at(-1)).toMatchObject({ fromMs: first?.toMs });
    script.recognised('and the second.');
    expect(script.finalText()).toBe('the first part and the second.');
  });

  it('for minutes is recognised in parts of at most 16 s that leave no gap', () => {
    const script = new Script().silence(320).speak(120_000).silence(320);
    const runs = script.of('recognise');
    expect(runs.length).toBeGreaterThanOrEqual(7);
    for (const [index, run] of runs.entries()) {
      expect(run.toMs - run.fromMs).toBeLessThanOrEqual(16_000);
      if (index > 0) expect(run.fromMs).toBe(runs[index - 1]?.toMs);
    }
  });

  it('settles at a pause after 8 s, also when recognition is still running', () => {
    const script = new Script()
      .silence(320)
      .speak(12_000)
      .silence(320)
      .speak(960)
      .silence(320)
      .finished(0.95);
    const [first, second] = script.of('recognise');
    expect(second?.fromMs).toBeGreaterThanOrEqual(first?.toMs ?? Infinity);
    script.recognised('and that was it.', second?.runId);
    expect(script.of('final')).toHaveLength(0);
    script.recognised('It began on Monday', first?.runId);
    expect(script.finalText()).toBe('It began on Monday and that was it.');
  });

  it('settles after a whole sentence that also sounded finished', () => {
    const script = new Script()
      .silence(320)
      .speak(3_008)
      .silence(192)
      .finished(0.6)
      .recognised('I feel much better.');
    script.silence(96).speak(960).silence(320).finished(0.9).recognised('Thank you.');
    expect(script.finalText()).toBe('I feel much better. Thank you.');
    expect(script.of('final')[0]?.heard.parts).toHaveLength(2);
  });

  it('retries a settled part that failed, and says so when it fails again', () => {
    const script = new Script()
      .silence(320)
      .speak(12_000)
      .silence(320)
      .speak(960)
      .silence(320)
      .finished(0.95);
    const [first] = script.of('recognise');
    script.recognised('and that was it.').failed(first?.runId);
    expect(script.of('recognise').at(-1)).toMatchObject({ fromMs: first?.fromMs, toMs: first?.toMs });
    script.failed(first?.runId);
    expect(script.of('final')).toMatchObject([{ reason: 'recognition-failed' }]);
    expect(script.finalText()).toBe('and that was it.');
  });
});

describe('minutes of silence', () => {
  it('change nothing but the time, and audio is let go', () => {
    const script = new Script().silence(180_000);
    expect(script.effects).toEqual([]);
    expect(audioNeededFromMs(script.state)).toBeGreaterThan(178_000);
  });
});

describe('every utterance', () => {
  it('ends with exactly one final, whatever comes in', () => {
    // A small deterministic generator stands for all the orders in which things may come.
    let seed = 7;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const script = new Script();
    const someRun = (): number => script.lastRun() - Math.floor(random() * 2);
    for (let step = 0; step < 4_000; step++) {
      const choice = random();
      if (choice < 0.3) script.windows(random() < 0.5 ? 0.95 : random(), 32 + random() * 600);
      else if (choice < 0.6) script.silence(32 + random() * 2_500);
      else if (choice < 0.9) script.recognised(random() < 0.5 ? 'Yes.' : 'and so I', someRun());
      else if (choice < 0.95) script.finished(random());
      else script.failed(someRun());
    }
    script.silence(14_000);
    const finals = script.of('final').map((effect) => effect.heard.utteranceNumber);
    expect(finals).toEqual(Array.from({ length: script.state.nextUtterance - 1 }, (_, index) => index + 1));
    expect(finals.length).toBeGreaterThan(50);
    for (const { heard, endOfTurnMs } of script.of('final')) {
      expect(heard.startedMs).toBeLessThan(heard.lastVoicedMs);
      expect(heard.lastVoicedMs).toBeLessThanOrEqual(endOfTurnMs);
    }
  });
});
