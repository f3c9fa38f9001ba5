import { describe, expect, it } from 'vitest';
import { loadInstructions } from './instructions.js';
import { loadRedFlags, urgency } from './red-flags.js';

const flags = (await loadRedFlags()).data;
const texts = (await loadInstructions()).data;
const rank = (of: string): number => urgency.options.findIndex((one) => one === of);

describe('the red-flag rules', () => {
  it('stand in the order of their urgency, most severe first', () => {
    const ranks = flags.rules.map(({ disposition, raise }) =>
      Math.min(rank(disposition), rank(raise?.disposition ?? disposition)),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  it('are never milder when a sign is there now than when it is over', () => {
    for (const { id, disposition, recent } of flags.rules) {
      expect([id, rank(recent ?? disposition) >= rank(disposition)]).toEqual([id, true]);
    }
  });

  it('ask plain yes-or-no questions', () => {
    for (const { ask } of flags.rules) {
      expect(ask).toMatch(/^(?:Are|Is|Do|Does|Did|Have|Has|Right now,) .*\?$/);
    }
  });
});

describe('the instructions', () => {
  it('say the number, never call the agent a nurse, and never end a 988 call', () => {
    for (const [occasion, text] of Object.entries(texts)) {
      expect(text).not.toMatch(/I am (?:a|your) nurse/i);
      if (occasion.startsWith('call-988')) expect(text).not.toMatch(/goodbye|hang up/i);
    }
    expect(texts['call-911']).toContain('911');
    expect(texts['call-988']).toContain('988');
  });
});
