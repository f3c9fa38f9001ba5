import { concatenate } from '../audio/resampler.js';
import { priorities, type ClauseSynthesiser } from './clause-synthesiser.js';
import { splitIntoClauses } from './clauses.js';
import { openVoiceWorkers } from './voice-workers.js';

/** How a simulated patient sounds. */
export interface PatientVoiceSettings {
  /** Pitch and formants relative to the agent's voice: 1.2 sounds like a smaller person. Default 1.2. */
  pitch?: number;
  /** Speed of speech relative to the agent's: below 1 is slower. Default 1. */
  pace?: number;
  /** Loudness, as a factor on the samples; louder ones are clipped as a telephone would. Default 1. */
  gain?: number;
  /** White noise of the line behind the voice, as RMS in full scale, the same at every run. Default 0. */
  noiseRms?: number;
}

/** Speaks the lines of simulated patients, in a voice that is audibly not the agent's. */
export interface SimulatedPatientVoice {
  /**
   * The audio of one persona line, 16 kHz float32. The same line and settings give the same audio at every run:
   * the voice is run without its random spread, and what was made is kept on disk.
   * @throws AsterismError WORKER_FAILED
   */
  synthesiseLine(line: string, settings?: PatientVoiceSettings): Promise<Float32Array>;
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** `{word|respelling}`: the patient means the word and says the respelling. */
const RESPELLED = /\{([^{}|]*)\|([^{}|]*)\}/g;

/** What the patient means: "I take {lisinopril|lisnapil}" → "I take lisinopril". */
export function intendedText(line: string): string {
  return line.replace(RESPELLED, (_, word: string) => word);
}

/** What the patient says: "I take {lisinopril|lisnapil}" → "I take lisnapil". */
export function spokenText(line: string): string {
  return line.replace(RESPELLED, (_, __, respelling: string) => respelling);
}

/** Opens the simulated patient's voice with workers of its own, so that it never waits for the agent's. @throws AsterismError MODEL_MISSING */
export async function openSimulatedPatientVoice(): Promise<SimulatedPatientVoice> {
  const workers = await openVoiceWorkers();
  const synthesisers = new Map<string, Promise<ClauseSynthesiser>>();

  const synthesiserFor = (pitch: number, pace: number): Promise<ClauseSynthesiser> => {
    const key = `${pitch}/${pace}`;
    const known = synthesisers.get(key);
    if (known) return known;
    // Played faster by the pitch afterwards, so spoken slower by as much now.
    const settings = { noiseScale: 0, noiseW: 0, lengthScale: pitch / pace, pitch };
    const made = workers.synthesiser(settings, 200);
    synthesisers.set(key, made);
    return made;
  };

  return {
    ready: workers.ready,
    async synthesiseLine(line, { pitch = 1.2, pace = 1, gain = 1, noiseRms = 0 } = {}) {
      const synthesiser = await synthesiserFor(pitch, pace);
      const parts: Float32Array[] = [];
      for (const clause of splitIntoClauses(spokenText(line))) {
        const { samples } = await synthesiser.keep(clause, priorities.firstClause);
        parts.push(samples);
      }
      return onTheLine(concatenate(parts), gain, noiseRms);
    },
    close: () => workers.close(),
  };
}

/** Applies loudness and line noise. The noise comes from a fixed seed. */
function onTheLine(speech: Float32Array, gain: number, noiseRms: number): Float32Array {
  let seed = 0x2f6e2b1;
  // Uniform noise in [-1, 1] has an RMS of 1/sqrt(3).
  const amplitude = noiseRms * Math.sqrt(3);
  return speech.map((sample) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = amplitude * (seed / 0x7fffffff - 1);
    return Math.max(-1, Math.min(1, sample * gain + noise));
  });
}
