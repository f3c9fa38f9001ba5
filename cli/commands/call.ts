import { Option, type Command } from 'commander';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allLines } from '../../evaluation/simulated-patient/choose-line.js';
import { loadPersona } from '../../evaluation/simulated-patient/persona.js';
import { openPatientVoice, readPatientRecordings } from '../../evaluation/simulated-patient/patient-sound.js';
import { placePatientCall, type PatientScript } from '../../evaluation/simulated-patient/patient-call.js';
import type { LoggedEvent } from '../../orchestrator/call/events.js';
import { AsterismError } from '../../platform/errors.js';
import { packageRoot } from '../../platform/package-root.js';
import { foldEvents, loggedEvent, reportCall, transcriptText } from '../call-report.js';
import { readConfiguration } from '../configuration.js';
import { startConstellation } from '../constellation.js';
import { LivePrinter, timingTable } from '../live-printer.js';

const demoPersona = join(packageRoot, 'evaluation', 'personas', 'margaret-ellis.yaml');

interface CallOptions {
  patient: string;
  wav?: string[];
  url?: string;
  json?: string;
  chart?: string;
}

export function registerCallCommand(program: Command): void {
  program
    .command('call')
    .description("place a patient's call with real audio and follow it live")
    .option('--patient <file>', 'persona file of the simulated patient', demoPersona)
    .option(
      '--wav <file>',
      'say this recording instead; may be given several times',
      (file: string, files: string[] | undefined) => [...(files ?? []), file],
    )
    .option('--chart <patientId>', "whose chart the call is about (default: the persona's)")
    .addOption(
      new Option(
        '--url <socket>',
        'Media Streams socket of a running gateway (default: start a constellation in this process)',
      ),
    )
    .option('--json <file>', 'write turns, timings and outcome here')
    .action(async (options: CallOptions) => {
      process.exitCode = await call(options);
    });
}

/** @returns the exit code: 0 when the call reached its end and no gate was passed without an answer */
async function call(options: CallOptions): Promise<number> {
  const persona = loadPersona(options.patient);
  const configuration = readConfiguration();
  for (const file of options.wav ?? []) {
    if (!existsSync(file)) throw new AsterismError('INPUT_INVALID', `there is no recording ${file}`);
  }
  const script: PatientScript = options.wav
    ? { kind: 'lines', lines: options.wav, reactionMs: persona.reactionMs }
    : { kind: 'persona', persona };
  const startedMs = performance.now();
  const preparingSound = options.wav
    ? readPatientRecordings(options.wav)
    : openPatientVoice({ voice: persona.voice, lines: allLines(persona) });
  preparingSound.catch(() => undefined); // awaited below
  const constellation =
    options.url === undefined ? await startConstellation({ ...configuration, port: 0 }) : undefined;
  try {
    const sound = await preparingSound;
    for (const line of constellation?.lines ?? []) console.log(line);
    console.log(`ready after ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
    const gatewayUrl = constellation?.gatewayUrl.replace(/^http/, 'ws') ?? '';
    const socketUrl = options.url ?? `${gatewayUrl}/twilio/media`;
    const printer = new LivePrinter((line) => console.log(line));
    const events: LoggedEvent[] = [];
    const result = await placePatientCall({
      url: socketUrl,
      parameters: { patientId: options.chart ?? persona.patientId },
      sound,
      script,
      onEvent: (event) => {
        const logged = loggedEvent(event);
        events.push(logged);
        printer.show(logged.event);
      },
    });
    if (result.callId === undefined) {
      console.log(`the line closed (${result.closed}); ${socketUrl} keeps no record that could be followed`);
      if (options.json !== undefined)
        writeFileSync(options.json, `${JSON.stringify({ exchanges: result.exchanges }, null, 2)}\n`);
      return 1;
    }
    const report = reportCall(result.callId, events, result.exchanges);
    const folder = join(configuration.callsFolder, result.callId);
    mkdirSync(folder, { recursive: true });
    const state = foldEvents(result.callId, events);
    writeFileSync(join(folder, 'transcript.txt'), `${transcriptText(state)}\n`);
    writeFileSync(
      join(folder, 'transcript.json'),
      `${JSON.stringify({ callId: result.callId, transcript: state.transcript }, null, 2)}\n`,
    );
    writeFileSync(
      join(folder, 'events.jsonl'),
      result.events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`\n${timingTable(report)}\n`);
    return explain(report.outcome, folder);
  } finally {
    await constellation?.close();
  }
}

function explain(outcome: ReturnType<typeof reportCall>['outcome'], folder: string): number {
  const reachedEnd = ['completed', 'transferred', 'escalated'].includes(outcome.outcome);
  const gatesHeld = outcome.sentencesPastSilentGates === 0 && outcome.unansweredGates === 0;
  console.log(`outcome: ${outcome.outcome} (${outcome.reason})`);
  for (const task of outcome.nurseTasks) console.log(`for the nurse: ${task}`);
  if (outcome.omissions.length > 0) console.log(`not covered: ${outcome.omissions.join(', ')}`);
  if (!reachedEnd) console.log('the call did not reach its end');
  if (!gatesHeld)
    console.log(
      `gates without an answer: ${String(outcome.unansweredGates)}, sentences spoken all the same: ${String(outcome.sentencesPastSilentGates)}`,
    );
  console.log(`recording, transcript and event log: ${folder}`);
  return reachedEnd && gatesHeld ? 0 : 1;
}
