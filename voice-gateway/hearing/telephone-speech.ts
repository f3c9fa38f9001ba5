import { decodeMuLaw, encodeMuLaw } from '../audio/g711.js';
import { concatenate, createResampler } from '../audio/resampler.js';
import { openSimulatedPatientVoice } from '../speaking/simulated-patient-voice.js';

/** Speech for the tests of hearing, made when the test runs: the same sentence gives the same samples. */
export interface TelephoneSpeech {
  /** A sentence as it arrives from a telephone line: through 8 kHz µ-law and back to 16 kHz float32. */
  say(line: string): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Opens the simulated patient's voice behind a telephone line. @throws AsterismError MODEL_MISSING */
export async function openTelephoneSpeech(): Promise<TelephoneSpeech> {
  const voice = await openSimulatedPatientVoice();
  await voice.ready;
  return {
    async say(line) {
      const spoken = await voice.synthesiseLine(line, { pitch: 1, gain: 0.5 });
      const narrow = await resampled(spoken, 16_000, 8_000);
      return resampled(decodeMuLaw(encodeMuLaw(narrow)), 8_000, 16_000);
    },
    close: () => voice.close(),
  };
}

async function resampled(samples: Float32Array, fromHz: number, toHz: number): Promise<Float32Array> {
  const resampler = await createResampler(fromHz, toHz);
  const out = concatenate([resampler.process(samples), resampler.flush()]);
  resampler.close();
  return out;
}

/** White noise that is the same at every run; level is its peak. */
export function steadyNoise(samples: number, level: number): Float32Array {
  let seed = 1;
  return Float32Array.from({ length: samples }, () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return (seed / 2_147_483_647 - 0.5) * 2 * level;
  });
}
