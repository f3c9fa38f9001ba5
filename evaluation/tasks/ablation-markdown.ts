import type { Ablation, CallDifference, CallSummary, ConstellationResult } from './ablation.js';
import type { KindReport } from './report.js';

/** The report of `asterism ablate` for people. */
export function ablationMarkdown(full: ConstellationResult, ablations: readonly Ablation[]): string {
  return [
    '# What gets worse without each specialist',
    '',
    'Made by `asterism ablate`; [tasks.md](tasks.md) says what is counted. A specialist that is left out is absent from',
    'the constellation, not silent: a silent gate would stop every sentence. Only what changes is shown, as with → without.',
    '',
    '## Tasks',
    '',
    '| without | kind | n | right | wrong | omissions | abstained | pairs right |',
    '| --- | --- | ---: | --- | --- | --- | --- | --- |',
    ...ablations.flatMap(({ without, tasks }) => [
      ...tasks.map(({ full: before, ablated }) => taskRow(without, before, ablated)),
      ...(tasks.length === 0 ? [`| ${without} | nothing changes | | | | | | |`] : []),
    ]),
    '',
    '## Calls',
    '',
    'The simulated patients call in text: what they mean is what is heard, surely. All specialists:',
    '',
    '| call | outcome | most urgent | turns | specialists said | for the nurse | gates unanswered | spoken past a silent gate |',
    '| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...full.calls.map(callRow),
    '',
    '| without | call | outcome | most urgent | warnings missed | tasks for the nurse missed | findings missed | gates unanswered |',
    '| --- | --- | --- | --- | ---: | ---: | ---: | --- |',
    ...ablations.flatMap(({ without, calls }) => [
      ...calls.map((call) => differenceRow(without, call)),
      ...(calls.length === 0 ? [`| ${without} | nothing changes | | | | | | |`] : []),
    ]),
    '',
    ...ablations.flatMap(({ without, calls }) =>
      calls.flatMap((call) => missedLines(`Without ${without}, ${call.call}`, call)),
    ),
  ].join('\n');
}

function change(before: number | string, after: number | string): string {
  return before === after ? String(before) : `${String(before)} → ${String(after)}`;
}

function taskRow(without: string, full: KindReport, ablated: KindReport): string {
  const cells = [
    without,
    full.kind,
    String(full.n),
    change(full.right, ablated.right),
    change(full.wrong, ablated.wrong),
    change(full.omissions, ablated.omissions),
    change(full.abstained, ablated.abstained),
    full.pairs.of === 0 ? '–' : change(full.pairs.count, ablated.pairs.count),
  ];
  return `| ${cells.join(' | ')} |`;
}

function callRow(call: CallSummary): string {
  const cells = [
    call.call,
    call.outcome,
    call.disposition,
    call.turns,
    call.warnings.length,
    call.nurseTasks.length,
    call.unansweredGates,
    call.sentencesPastSilentGates,
  ];
  return `| ${cells.map(String).join(' | ')} |`;
}

function differenceRow(without: string, { full, ablated, ...difference }: CallDifference): string {
  const cells = [
    without,
    difference.call,
    change(full.outcome, ablated.outcome),
    change(full.disposition, ablated.disposition),
    difference.warningsMissed.length,
    difference.nurseTasksMissed.length,
    difference.findingsMissed.length,
    change(full.unansweredGates, ablated.unansweredGates),
  ];
  return `| ${cells.map(String).join(' | ')} |`;
}

function missedLines(title: string, { warningsMissed, nurseTasksMissed }: CallDifference): string[] {
  if (warningsMissed.length + nurseTasksMissed.length === 0) return [];
  return [
    `### ${title}`,
    '',
    ...warningsMissed.map((text) => `- not said: "${text}"`),
    ...nurseTasksMissed.map((text) => `- not for the nurse: ${text}`),
    '',
  ];
}
