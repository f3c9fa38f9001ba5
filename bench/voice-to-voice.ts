import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loggedEvent, reportCall } from '../cli/call-report.js';
import { openPatientVoice } from '../evaluation/simulated-patient/patient-sound.js';
import { placePatientCall } from '../evaluation/simulated-patient/patient-call.js';
import { patientSentences } from './patient-sentences.js';
import { startServer } from './server-process.js';
import { summary } from './statistics.js';

/**
 * One call at a time over Media Streams, in real time, all specialists asked: how long from the patient's last
 * voiced sample to the agent's first audible one, and how soon the agent is silent when it is interrupted.
 * usage: node dist/bench/voice-to-voice.js [calls]
 */
const calls = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'asterism-bench-'));
const sound = await openPatientVoice({ voice: { pitch: 1.2, pace: 1 }, lines: patientSentences });
const server = await startServer({ ASTERISM_DATA_DIR: folder, ASTERISM_CALLS_DIR: folder });
const voiceToVoiceMs: number[] = [];
const yieldMs: number[] = [];
const looksMs: number[] = [];
const parts = {
  endOfTurnMs: [] as number[],
  finalTextMs: [] as number[],
  responseMs: [] as number[],
  firstAudioMs: [] as number[],
};
let cutOffs = 0;
try {
  for (let call = 0; call < calls; call++) {
    // Every second call interrupts the agent, so that yielding is measured and does not disturb the other figure.
    const interrupting = call % 2 === 1;
    const result = await placePatientCall({
      url: server.mediaUrl,
      parameters: { patientId: 'margaret-ellis' },
      sound,
      script: {
        kind: 'lines',
        lines: patientSentences,
        reactionMs: 1_000,
        ...(interrupting ? { interruptAfterMs: 600 } : {}),
      },
    });
    const events = result.events.map(loggedEvent);
    const report = reportCall(result.callId ?? '', events, result.exchanges);
    for (const exchange of result.exchanges) {
      if (exchange.cutOff) cutOffs++;
      if (exchange.yieldMs !== undefined) yieldMs.push(exchange.yieldMs);
      else if (exchange.voiceToVoiceMs !== undefined) voiceToVoiceMs.push(exchange.voiceToVoiceMs);
    }
    for (const turn of report.turns) {
      if (turn.heard !== '') looksMs.push(turn.looksMs);
      if (!turn.timing) continue;
      for (const part of Object.keys(parts) as (keyof typeof parts)[]) parts[part].push(turn.timing[part]);
    }
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`voice to voice       ${summary(voiceToVoiceMs)}`);
console.log(`  end of turn        ${summary(parts.endOfTurnMs)}`);
console.log(`  final text         ${summary(parts.finalTextMs)}`);
console.log(`  response           ${summary(parts.responseMs)}`);
console.log(`  first audio        ${summary(parts.firstAudioMs)}`);
console.log(`both looks           ${summary(looksMs)}`);
console.log(`yield                ${summary(yieldMs)}`);
console.log(`patient cut off      ${String(cutOffs)} times`);
