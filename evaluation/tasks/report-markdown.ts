import type { KindReport, ReportedTask, TaskReport } from './report.js';
import type { Share } from './wilson.js';

/** The report of `asterism tasks run` for people. */
export function tasksMarkdown(report: TaskReport): string {
  return [
    '# What the specialists know: the task benchmark',
    '',
    'Made by `asterism tasks run`; [tasks.md](tasks.md) says what is counted. Asked, with the version of what each knows:',
    `${report.asked.map(({ specialist, knowledge }) => `${specialist} ${knowledge}`).join(', ')}.`,
    '',
    'An omission is a required warning that was not given; it counts as answered. In brackets: 95 % Wilson intervals.',
    '',
    ...table(report),
    '',
    '## Not right',
    '',
    ...(report.notRight.length === 0 ? ['Nothing.'] : notRight(report)),
    '',
  ].join('\n');
}

function table(report: TaskReport): string[] {
  return [
    '| kind | n | right of answered | answered | right of all | wrong | omissions | abstained | pairs right |',
    '| --- | ---: | --- | --- | --- | ---: | ---: | ---: | --- |',
    ...[...report.kinds, report.total].map(tableRow),
  ];
}

function tableRow(kind: KindReport): string {
  const cells = [
    kind.kind,
    String(kind.n),
    percentWithInterval(kind.accuracy),
    percentWithInterval(kind.coverage),
    percentWithInterval(kind.both),
    String(kind.wrong),
    String(kind.omissions),
    String(kind.abstained),
    kind.pairs.of === 0 ? '–' : `${percentWithInterval(kind.pairs)}, n = ${String(kind.pairs.of)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function percentWithInterval({ share, low, high }: Share): string {
  if (share === null || low === null || high === null) return '–';
  return `${percent(share)} (${percent(low)}–${percent(high)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function notRight(report: TaskReport): string[] {
  return report.kinds.flatMap(({ kind }) => {
    const tasks = report.notRight.filter((task) => task.kind === kind);
    return tasks.length === 0 ? [] : [`### ${kind}`, '', ...tasks.map(taskLine), ''];
  });
}

function taskLine({ id, outcome, heard, draft, because, got, source }: ReportedTask): string {
  const about = [...(heard === '' ? [] : [`"${heard}"`]), ...(draft === '' ? [] : [`draft "${draft}"`])];
  return `- **${outcome}** \`${id}\` ${about.join(', ')} — ${because.join('; ')}. Got: ${got}. (${source})`;
}
