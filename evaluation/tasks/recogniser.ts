import { modelFile } from '../../models/resolve.js';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { SAMPLES_PER_MS } from '../../voice-gateway/audio/frame.js';
import { readWav } from '../../voice-gateway/audio/wav.js';
import { HearingWorkers, STT_THREADS } from '../../voice-gateway/hearing/hearing-workers.js';
import { textOf } from '../../voice-gateway/hearing/recognition.js';
import { VAD_WINDOW } from '../../voice-gateway/hearing/voice-window.js';

/** What was heard, as a task writes it. */
export interface HeardWords {
  readonly heard: string;
  readonly words: readonly {
    readonly text: string;
    readonly confidence: number;
    readonly alternatives?: readonly { readonly text: string; readonly confidence: number }[];
  }[];
  readonly alternatives: readonly { readonly text: string; readonly confidence: number }[];
}

/** The recogniser of a call for whole recordings, without waiting for the end of a turn. */
export interface Recogniser {
  /**
   * @param samples 16 kHz, in [-1, 1], at most 28 s
   * @param vocabulary the names that a call would tell the recogniser to expect, most important first
   */
  recognise(samples: Float32Array, vocabulary: readonly string[]): Promise<HeardWords>;
  /** @throws AsterismError INPUT_INVALID when the file is no readable WAV */
  recogniseFile(path: string, vocabulary: readonly string[]): Promise<HeardWords>;
  close(): Promise<void>;
}

const RECOGNISER_HZ = 16_000;
/** Probability from which a window of 32 ms counts as voice. */
const VOICED = 0.5;

/** Opens the models of hearing in worker threads. @throws AsterismError MODEL_MISSING */
export async function openRecogniser(): Promise<Recogniser> {
  const [vad, turn, encoderFile, decoderFile, tokenizerFile] = await Promise.all([
    modelFile('silero-vad'),
    modelFile('smart-turn'),
    modelFile('whisper-base-encoder'),
    modelFile('whisper-base-decoder'),
    modelFile('whisper-base-tokenizer'),
  ]);
  const workers = new HearingWorkers({
    vad: { modelFile: vad },
    turn: { modelFile: turn },
    stt: { encoderFile, decoderFile, tokenizerFile, multilingual: true, threads: STT_THREADS },
  });
  await workers.ready;
  let recordings = 0;

  const voicedMsOf = async (samples: Float32Array): Promise<number> => {
    const recording = ++recordings;
    let windows = 0;
    for (let at = 0; at + VAD_WINDOW <= samples.length; at += VAD_WINDOW) {
      const probability = await workers.voiceProbability(recording, samples.slice(at, at + VAD_WINDOW));
      if (probability > VOICED) windows += 1;
    }
    workers.forget(recording);
    return (windows * VAD_WINDOW) / SAMPLES_PER_MS;
  };

  const recognise: Recogniser['recognise'] = async (samples, vocabulary) => {
    const { words, alternatives } = await workers.recognise(
      { samples, voicedMs: await voicedMsOf(samples), vocabulary, awaited: AwaitedAnswer.OPEN, given: [] },
      new AbortController().signal,
    );
    return {
      heard: textOf(words),
      words: words.map(({ text, confidence, alternatives: others }) => ({
        text,
        confidence: rounded(confidence),
        ...(others.length === 0 ? {} : { alternatives: others.map(roundedAlternative) }),
      })),
      alternatives: alternatives.map(roundedAlternative),
    };
  };
  return {
    recognise,
    recogniseFile: async (path, vocabulary) => recognise(await readWav(path, RECOGNISER_HZ), vocabulary),
    close: () => workers.close(),
  };
}

function roundedAlternative({ text, confidence }: { text: string; confidence: number }): {
  text: string;
  confidence: number;
} {
  return { text, confidence: rounded(confidence) };
}

/** Four digits: more would be noise in a file that people read. */
function rounded(probability: number): number {
  return Math.round(probability * 10_000) / 10_000;
}
