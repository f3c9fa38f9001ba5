import { RealFft } from './real-fft.js';

/** Samples between two mel frames: 10 ms at 16 kHz. */
export const MEL_HOP = 160;
/** Mel bands of Whisper base, tiny.en and Smart Turn. */
export const MEL_BANDS = 80;

const SAMPLE_RATE_HZ = 16_000;
const WINDOW = 400;
const BINS = WINDOW / 2 + 1;
const MEL_FLOOR = 1e-10;

const fft = new RealFft(WINDOW);
const hann = Float64Array.from(
  { length: WINDOW },
  (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW),
);
const filters = melFilters();

/**
 * Whisper's log-mel spectrogram (Slaney mels, reflected edges, the last 8 decades below the loudest
 * band kept, scaled to about [-1, 1]): the front end of Whisper and of Smart Turn.
 * @param samples 16 kHz, at least 201 samples
 * @param leadingSilence samples at the beginning known to be all equal (padding): their frames are computed once
 * @returns float32 [80, T] in rows, T = floor(samples / 160)
 */
export function logMel(samples: Float32Array, leadingSilence = 0): { mel: Float32Array; frames: number } {
  if (samples.length <= WINDOW / 2)
    throw new RangeError(`a mel window needs more than ${WINDOW / 2} samples`);
  const frames = Math.floor(samples.length / MEL_HOP);
  const logs = new Float64Array(MEL_BANDS * frames);
  const windowed = new Float64Array(WINDOW);
  const power = new Float64Array(BINS);
  const bands = new Float64Array(MEL_BANDS);
  let loudest = -Infinity;
  // Frames that lie wholly in constant padding are all alike: reflection keeps even the first ones constant.
  const alike = Math.max(0, Math.floor((leadingSilence - WINDOW / 2) / MEL_HOP));
  for (let frame = 0; frame < frames; frame++) {
    if (frame === 0 || frame >= alike) {
      fillWindow(samples, frame * MEL_HOP - WINDOW / 2, windowed);
      fft.powerSpectrum(windowed, power);
      melBands(power, bands);
    }
    for (let band = 0; band < MEL_BANDS; band++) {
      const value = bands[band] as number;
      logs[band * frames + frame] = value;
      if (value > loudest) loudest = value;
    }
  }
  const floor = loudest - 8;
  const mel = new Float32Array(logs.length);
  for (let index = 0; index < logs.length; index++)
    mel[index] = (Math.max(logs[index] as number, floor) + 4) / 4;
  return { mel, frames };
}

/** Copies one window with reflected edges and the Hann taper. */
function fillWindow(samples: Float32Array, from: number, windowed: Float64Array): void {
  const last = samples.length - 1;
  for (let n = 0; n < WINDOW; n++) {
    let index = Math.abs(from + n);
    if (index > last) index = 2 * last - index;
    windowed[n] = (samples[index] as number) * (hann[n] as number);
  }
}

function melBands(power: Float64Array, bands: Float64Array): void {
  for (let band = 0; band < MEL_BANDS; band++) {
    const { firstBin, weights } = filters[band] as MelFilter;
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += (weights[k] as number) * (power[firstBin + k] as number);
    bands[band] = Math.log10(Math.max(sum, MEL_FLOOR));
  }
}

interface MelFilter {
  firstBin: number;
  weights: Float64Array;
}

/** Triangles between 0 and 8 kHz, equally spaced in Slaney mels, each of area 1; only their non-zero bins. */
function melFilters(): MelFilter[] {
  const top = hertzToMel(SAMPLE_RATE_HZ / 2);
  const corners = Array.from({ length: MEL_BANDS + 2 }, (_, i) => melToHertz((top * i) / (MEL_BANDS + 1)));
  return Array.from({ length: MEL_BANDS }, (_, band) => {
    const [low = 0, centre = 0, high = 0] = corners.slice(band, band + 3);
    const all = Array.from({ length: BINS }, (_, bin) => {
      const hertz = (bin * SAMPLE_RATE_HZ) / WINDOW;
      const slope = Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre));
      return (Math.max(0, slope) * 2) / (high - low);
    });
    const firstBin = Math.max(
      0,
      all.findIndex((weight) => weight > 0),
    );
    const end = all.findLastIndex((weight) => weight > 0) + 1;
    return { firstBin, weights: Float64Array.from(all.slice(firstBin, end)) };
  });
}

// Slaney's scale: linear to 1 kHz (15 mels), then logarithmic with 27 mels per factor 6.4.
function hertzToMel(hertz: number): number {
  return hertz < 1_000 ? (3 * hertz) / 200 : 15 + (27 * Math.log(hertz / 1_000)) / Math.log(6.4);
}

function melToHertz(mel: number): number {
  return mel < 15 ? (200 * mel) / 3 : 1_000 * Math.exp((Math.log(6.4) * (mel - 15)) / 27);
}
