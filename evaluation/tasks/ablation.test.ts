import { describe, expect, it } from 'vitest';
import { ablationMarkdown } from './ablation-markdown.js';
import { compareConstellations, type CallSummary, type ConstellationResult } from './ablation.js';
import type { KindReport } from './report.js';
import { shareOf } from './wilson.js';

const kind = (name: string, right: number, omissions: number): KindReport => ({
  kind: name,
  n: 10,
  right,
  wrong: 0,
  omissions,
  abstained: 10 - right - omissions,
  accuracy: shareOf(right, right + omissions),
  coverage: shareOf(right + omissions, 10),
  both: shareOf(right, 10),
  pairs: shareOf(0, 0),
});

const call = (changes: Partial<CallSummary> = {}): CallSummary => ({
  call: 'margaret-ellis',
  outcome: 'completed',
  disposition: 'same-day',
  turns: 20,
  warnings: ["Please don't take ibuprofen for now.", 'That is five pounds more.'],
  nurseTasks: ['weight gain'],
  findings: ['interaction ibuprofen lisinopril major'],
  unansweredGates: 0,
  sentencesPastSilentGates: 0,
  ...changes,
});

const full: ConstellationResult = {
  tasks: [kind('toxic-dose', 9, 0), kind('lab-range', 10, 0)],
  calls: [call()],
};

describe('leaving a specialist out', () => {
  const ablated: ConstellationResult = {
    tasks: [kind('toxic-dose', 3, 6), kind('lab-range', 10, 0)],
    calls: [call({ warnings: ['That is five pounds more.'], findings: [] })],
  };
  const ablation = compareConstellations('medication', full, ablated);

  it('shows the kinds of tasks that change and no other', () => {
    expect(ablation.tasks.map(({ full: { kind: name } }) => name)).toEqual(['toxic-dose']);
  });

  it('shows which warnings and findings a call loses', () => {
    expect(ablation.calls).toMatchObject([
      {
        warningsMissed: ["Please don't take ibuprofen for now."],
        nurseTasksMissed: [],
        findingsMissed: ['interaction ibuprofen lisinopril major'],
      },
    ]);
  });

  it('reads as a table of what gets worse', () => {
    const markdown = ablationMarkdown(full, [ablation, compareConstellations('nutrition', full, full)]);
    expect(markdown).toContain('| medication | toxic-dose | 10 | 9 → 3 | 0 | 0 → 6 | 1 | – |');
    expect(markdown).toContain('| medication | margaret-ellis | completed | same-day | 1 | 0 | 1 | 0 |');
    expect(markdown).toContain('- not said: "Please don\'t take ibuprofen for now."');
    expect(markdown).toContain('| nutrition | nothing changes |');
  });

  it('is seen when a call ends another way although nothing was missed', () => {
    const other = { ...full, calls: [call({ outcome: 'stopped-early' })] };
    expect(compareConstellations('escalation', full, other).calls).toHaveLength(1);
  });
});
