import type { DelayFigures, PacerTiming } from './audio/pacer.js';

/** The figures of a gateway at one moment. */
export interface GatewayFigures {
  readonly callsActive: number;
  readonly callsLimit: number;
  readonly admissionsRefused: number;
  /** Calls that are over, by the reason of their end. */
  readonly callsEnded: Readonly<Record<string, number>>;
  readonly pacer: PacerTiming;
  /** Tasks waiting for or running in each model worker, by its role. */
  readonly queueLengths: Readonly<Record<string, number>>;
}

/** The figures in Prometheus's text format 0.0.4. */
export function prometheusText(figures: GatewayFigures): string {
  const { pacer } = figures;
  return [
    metric('asterism_calls_active', 'gauge', 'Calls in progress, and callers on their way.', [
      ['', figures.callsActive],
    ]),
    metric('asterism_calls_limit', 'gauge', 'Most calls at one time.', [['', figures.callsLimit]]),
    metric('asterism_admissions_refused_total', 'counter', 'Callers turned away at the limit.', [
      ['', figures.admissionsRefused],
    ]),
    metric(
      'asterism_calls_ended_total',
      'counter',
      'Calls that are over.',
      labelled('reason', figures.callsEnded),
    ),
    metric(
      'asterism_pacer_lateness_ms',
      'summary',
      'How late outgoing audio slots came after their deadline.',
      quantiles(pacer.latenessMs),
    ),
    metric('asterism_pacer_slots_total', 'counter', 'Audio slots served.', [['', pacer.slots]]),
    metric('asterism_pacer_slots_skipped_total', 'counter', 'Audio slots that passed unused.', [
      ['', pacer.skippedSlots],
    ]),
    metric(
      'asterism_event_loop_delay_ms',
      'summary',
      'How long the event loop kept due timers waiting while calls were paced.',
      quantiles(pacer.eventLoopDelayMs),
    ),
    metric(
      'asterism_queue_length',
      'gauge',
      'Tasks waiting for or running in a model worker.',
      labelled('queue', figures.queueLengths),
    ),
  ].join('');
}

type Sample = readonly [labels: string, value: number];

function metric(name: string, type: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelled(label: string, values: Readonly<Record<string, number>>): Sample[] {
  return Object.entries(values).map(([value, count]) => [
    `{${label}="${value.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))}"}`,
    count,
  ]);
}

function quantiles({ p50, p99, max }: DelayFigures): Sample[] {
  return [
    ['{quantile="0.5"}', p50],
    ['{quantile="0.99"}', p99],
    ['{quantile="1"}', max],
  ];
}
