import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../platform/package-root.js';
import { openSimulatedPatientVoice } from '../../../voice-gateway/speaking/simulated-patient-voice.js';
import { openRecogniser } from '../recogniser.js';
import { hearingSentences } from './hearing-sentences.js';
import { adult, turn } from './making.js';
import { overTheTelephone } from './telephone-line.js';

/*
 * Makes the set of medicines under hearing errors: every sentence is spoken by the simulated patient's voice, sent over
 * a noisy telephone line, and recognised by the recogniser of a call. It takes about half an hour of two cores, needs
 * the models, and is run by hand after a change of voice or recogniser:
 * node dist/evaluation/tasks/making/make-hearing-set.js [FILE]
 */

const VOICE_HZ = 16_000;
/** Of the voice relative to the line: a quiet room, a kitchen, a bad line. */
const snrsDb: readonly [number, ...number[]] = [30, 18, 10];
const voices: readonly [
  { readonly pitch: number; readonly pace: number },
  ...{ readonly pitch: number; readonly pace: number }[],
] = [
  { pitch: 1.18, pace: 0.95 },
  { pitch: 0.9, pace: 1.1 },
  { pitch: 1.05, pace: 1.2 },
  { pitch: 1.3, pace: 1 },
];

const out = process.argv[2] ?? join(packageRoot, 'evaluation', 'tasks', 'sets', 'heard-medicines.jsonl');
const [voice, recogniser] = await Promise.all([openSimulatedPatientVoice(), openRecogniser()]);
await voice.ready;
const file = createWriteStream(out);
const sentences = hearingSentences();
for (const [index, { id, kind, sentence, names, chart, vocabulary }] of sentences.entries()) {
  const snrDb = turn(snrsDb, index);
  const settings = turn(voices, index);
  const speech = await voice.synthesiseLine(sentence, settings);
  const heard = await recogniser.recognise(
    await overTheTelephone(speech, VOICE_HZ, snrDb, index + 1),
    vocabulary ? chart : [],
  );
  const task = {
    id,
    kind,
    specialist: 'medication',
    source:
      'spoken by the simulated patient, recognised over a telephone line; names as in hearing-sentences.ts',
    said: sentence,
    line: { ...settings, snrDb, vocabulary },
    verified: true,
    patient: { ...adult(index), medications: chart.map((name) => ({ name })) },
    ...heard,
    expect: { identifies: { names } },
  };
  // Where nothing was recognised there is nothing to ask a specialist about.
  if (heard.heard !== '') file.write(`${JSON.stringify(task)}\n`);
  if (process.stderr.isTTY || index % 20 === 0) {
    process.stderr.write(`${String(index + 1)} of ${String(sentences.length)}\n`);
  }
}
file.end();
await Promise.all([voice.close(), recogniser.close()]);
