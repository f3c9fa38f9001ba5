import { describe, expect, it } from 'vitest';
import type { TaskOutcome } from './grade.js';
import { tasksMarkdown } from './report-markdown.js';
import { reportTasks, type GradedTask } from './report.js';
import { parseTask } from './task.js';
import { shareOf } from './wilson.js';

function graded(id: string, outcome: TaskOutcome, more: Record<string, unknown> = {}): GradedTask {
  const line = {
    id,
    kind: 'lab',
    source: 'a book',
    specialist: 'all',
    expect: { verdicts: ['PASS'] },
    ...more,
  };
  const parsed = parseTask(JSON.stringify(line));
  if (!parsed.valid) throw new Error(parsed.message);
  return {
    task: parsed.task,
    heard: 'My potassium is 4.',
    observed: { reviews: [], outcome: { verdict: 'SAY', disposition: 'none', spoken: 'Fine.' } },
    grade: { outcome, because: outcome === 'right' ? [] : ['lab potassium normal'] },
  };
}

describe("Wilson's interval", () => {
  // R. G. Newcombe, Stat. Med. 17 (1998), 857–872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i', (count, of, low, high) => {
    const share = shareOf(count, of);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  it('of nothing is nothing', () => {
    expect(shareOf(0, 0)).toMatchObject({ share: null, low: null, high: null });
  });
});

describe('a report', () => {
  const report = reportTasks(
    [
      graded('a', 'right'),
      graded('b', 'right'),
      graded('c', 'wrong'),
      graded('d', 'omission'),
      graded('e', 'abstained'),
      graded('f', 'right', { kind: 'dose' }),
    ],
    [{ specialist: 'medication', knowledge: '2026.11+abc' }],
  );

  it('counts each kind: omissions as answered, abstentions not', () => {
    const lab = report.kinds.find(({ kind }) => kind === 'lab');
    expect(report.kinds.map(({ kind }) => kind)).toEqual(['dose', 'lab']);
    expect(lab).toMatchObject({
      n: 5,
      right: 2,
      wrong: 1,
      omissions: 1,
      abstained: 1,
      accuracy: { count: 2, of: 4, share: 0.5 },
      coverage: { count: 4, of: 5, share: 0.8 },
      both: { count: 2, of: 5, share: 0.4 },
    });
    expect(report.total).toMatchObject({ n: 6, right: 3 });
  });

  it('counts a pair only when every task of it is right', () => {
    const { pairs } = reportTasks(
      [
        graded('a', 'right', { pair: 'one' }),
        graded('b', 'right', { pair: 'one' }),
        graded('c', 'right', { pair: 'two' }),
        graded('d', 'abstained', { pair: 'two' }),
        graded('e', 'wrong'),
      ],
      [],
    ).total;
    expect(pairs).toMatchObject({ count: 1, of: 2 });
  });

  it('lists what was not right, in order, with why and what came instead', () => {
    expect(report.notRight.map(({ id }) => id)).toEqual(['c', 'd', 'e']);
    const markdown = tasksMarkdown(report);
    expect(markdown).toContain('| lab | 5 | 50.0 % (15.0 %–85.0 %) | 80.0 % (37.6 %–96.4 %) |');
    expect(markdown).toContain(
      '- **omission** `d` "My potassium is 4." — lab potassium normal. Got: SAY none "Fine."',
    );
    expect(markdown).toContain('medication 2026.11+abc');
    expect(markdown).not.toContain('`a`');
  });
});
