import { AsterismError } from '../../platform/errors.js';
import { resampleAll } from '../../voice-gateway/audio/resampler.js';
import { readWav } from '../../voice-gateway/audio/wav.js';
import { openSimulatedPatientVoice } from '../../voice-gateway/speaking/simulated-patient-voice.js';

const telephoneHz = 8_000;
const voiceHz = 16_000;

/** How a line sounds on the telephone: 8 kHz samples in [-1, 1]. */
export type PatientSound = (line: string) => Float32Array;

/**
 * Synthesises every line before the call, so that the patient's voice costs nothing while the agent is measured.
 * Lines made once come from the cache folder afterwards.
 * @throws AsterismError MODEL_MISSING
 */
export async function openPatientVoice(wanted: {
  readonly voice: { readonly pitch: number; readonly pace: number };
  readonly lines: readonly string[];
}): Promise<PatientSound> {
  const voice = await openSimulatedPatientVoice();
  try {
    const sounds = new Map<string, Float32Array>();
    for (const line of wanted.lines) {
      const samples = await voice.synthesiseLine(line, wanted.voice);
      sounds.set(line, await resampleAll(samples, voiceHz, telephoneHz));
    }
    return look(sounds);
  } finally {
    await voice.close();
  }
}

/** Recordings as the patient's lines; each is known by its file name. @throws AsterismError INPUT_INVALID */
export async function readPatientRecordings(files: readonly string[]): Promise<PatientSound> {
  const sounds = new Map<string, Float32Array>();
  for (const file of files) sounds.set(file, await readWav(file, telephoneHz));
  return look(sounds);
}

function look(sounds: ReadonlyMap<string, Float32Array>): PatientSound {
  return (line) => {
    const samples = sounds.get(line);
    if (!samples) throw new AsterismError('INPUT_INVALID', 'a line was not made before the call');
    return samples;
  };
}
