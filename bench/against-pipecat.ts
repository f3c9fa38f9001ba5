import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPatientVoice } from '../evaluation/simulated-patient/patient-sound.js';
import { placePatientCall } from '../evaluation/simulated-patient/patient-call.js';
import { freePort } from './free-port.js';
import { patientSentences } from './patient-sentences.js';
import { startServer, stopProcess } from './server-process.js';
import { percentile, summary } from './statistics.js';

/** Set up by bench/peers/run.sh. usage: against-pipecat.js PYTHON BOT MODELS */
const [python = '', bot = '', models = ''] = process.argv.slice(2);
const sound = await openPatientVoice({ voice: { pitch: 1.2, pace: 1 }, lines: patientSentences });

/** The same sentences, the same reaction time, the same measurement, whoever answers. */
async function measure(
  url: string,
  parameters: Record<string, string>,
  speakFirst: boolean,
): Promise<number[]> {
  const result = await placePatientCall({
    url,
    parameters,
    sound,
    script: { kind: 'lines', lines: patientSentences, reactionMs: 1_500, speakFirst },
  });
  return result.exchanges.flatMap(({ voiceToVoiceMs }) =>
    voiceToVoiceMs === undefined ? [] : [voiceToVoiceMs],
  );
}

async function measureAsterism(): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-bench-'));
  const server = await startServer({ ASTERISM_DATA_DIR: folder, ASTERISM_CALLS_DIR: folder });
  try {
    return await measure(server.mediaUrl, { patientId: 'margaret-ellis' }, false);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measurePipecat(turnEnd: 'silence' | 'smart'): Promise<number[]> {
  const port = await freePort();
  const process = spawn(
    python,
    [bot, String(port), join(models, 'whisper'), join(models, 'piper'), turnEnd],
    { stdio: 'inherit' },
  );
  try {
    await waitForPort(port);
    // Its models load on the first connection: the first call is not counted.
    await measure(`ws://127.0.0.1:${String(port)}/twilio/media`, {}, true);
    return await measure(`ws://127.0.0.1:${String(port)}/twilio/media`, {}, true);
  } finally {
    await stopProcess(process);
  }
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answered = await fetch(`http://127.0.0.1:${String(port)}/`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the peer did not open its port within two minutes');
}

const figures = [
  { name: 'Asterism', values: await measureAsterism() },
  { name: 'Pipecat, silence', values: await measurePipecat('silence') },
  { name: 'Pipecat, Smart Turn', values: await measurePipecat('smart') },
];
const own = percentile(figures[0]?.values ?? [], 0.5);
for (const { name, values } of figures) {
  const median = percentile(values, 0.5);
  const ratio =
    own === undefined || median === undefined ? '' : `, ${(median / own).toFixed(1)} times Asterism's median`;
  console.log(`${name.padEnd(20)} ${summary(values)}${ratio}`);
}
