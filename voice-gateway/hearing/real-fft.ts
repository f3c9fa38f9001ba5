/**
 * Power spectrum of a real signal whose even length factors into 2, 3 and 5 (Whisper's window is 400).
 * The usual small FFT packages take powers of two only, and padding to 512 would move the mel bins.
 */
export class RealFft {
  /** Length of the real input, in samples. */
  readonly length: number;
  readonly #half: number;
  readonly #stages: readonly Stage[];
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  #re: Float64Array;
  #im: Float64Array;
  #spareRe: Float64Array;
  #spareIm: Float64Array;

  /** @throws RangeError when length is odd or has a prime factor above 5 */
  constructor(length: number) {
    if (length < 2 || length % 2 !== 0) throw new RangeError(`the length must be even, got ${length}`);
    this.length = length;
    this.#half = length / 2;
    this.#stages = stagesOf(this.#half);
    this.#cos = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length));
    this.#sin = Float64Array.from({ length }, (_, k) => Math.sin((2 * Math.PI * k) / length));
    this.#re = new Float64Array(this.#half);
    this.#im = new Float64Array(this.#half);
    this.#spareRe = new Float64Array(this.#half);
    this.#spareIm = new Float64Array(this.#half);
  }

  /** Writes |X[k]|² for k = 0 … length/2 into power. */
  powerSpectrum(signal: Float64Array, power: Float64Array): void {
    const half = this.#half;
    for (let k = 0; k < half; k++) {
      this.#re[k] = at(signal, 2 * k);
      this.#im[k] = at(signal, 2 * k + 1);
    }
    this.#transform();
    // Two real halves were packed into one complex signal; unpack them (X = E + e^{-2πik/N} O).
    for (let k = 0; k <= half; k++) {
      const a = k % half;
      const b = (half - k) % half;
      const evenRe = 0.5 * (at(this.#re, a) + at(this.#re, b));
      const evenIm = 0.5 * (at(this.#im, a) - at(this.#im, b));
      const oddRe = 0.5 * (at(this.#im, a) + at(this.#im, b));
      const oddIm = -0.5 * (at(this.#re, a) - at(this.#re, b));
      const c = at(this.#cos, k);
      const s = at(this.#sin, k);
      const re = evenRe + c * oddRe + s * oddIm;
      const im = evenIm + c * oddIm - s * oddRe;
      power[k] = re * re + im * im;
    }
  }

  /** Stockham's autosort FFT, one stage per factor, to and fro between the two scratch pairs. */
  #transform(): void {
    for (const stage of this.#stages) {
      runStage(stage, this.#re, this.#im, this.#spareRe, this.#spareIm);
      [this.#re, this.#spareRe] = [this.#spareRe, this.#re];
      [this.#im, this.#spareIm] = [this.#spareIm, this.#im];
    }
  }
}

interface Stage {
  radix: number;
  span: number;
  stride: number;
  /** Combined weights of input r for output j of group p, at ((p * radix) + j) * radix + r. */
  re: Float64Array;
  im: Float64Array;
}

function stagesOf(length: number): Stage[] {
  const stages: Stage[] = [];
  let block = length; // length of the sub-transforms still to do
  let stride = 1;
  for (const radix of factorise(length)) {
    const span = block / radix;
    const re = new Float64Array(span * radix * radix);
    const im = new Float64Array(re.length);
    for (let p = 0; p < span; p++) {
      for (let j = 0; j < radix; j++) {
        for (let r = 0; r < radix; r++) {
          // The butterfly's own turn and the twiddle after it, as one weight.
          const angle = -2 * Math.PI * ((r * j) / radix + (p * j) / block);
          re[(p * radix + j) * radix + r] = Math.cos(angle);
          im[(p * radix + j) * radix + r] = Math.sin(angle);
        }
      }
    }
    stages.push({ radix, span, stride, re, im });
    block = span;
    stride *= radix;
  }
  return stages;
}

function runStage(
  stage: Stage,
  inRe: Float64Array,
  inIm: Float64Array,
  outRe: Float64Array,
  outIm: Float64Array,
): void {
  const { radix, span, stride } = stage;
  for (let p = 0; p < span; p++) {
    for (let j = 0; j < radix; j++) {
      const weights = (p * radix + j) * radix;
      const target = stride * (radix * p + j);
      for (let q = 0; q < stride; q++) {
        let re = 0;
        let im = 0;
        for (let r = 0; r < radix; r++) {
          const source = q + stride * (p + span * r);
          const c = at(stage.re, weights + r);
          const s = at(stage.im, weights + r);
          re += at(inRe, source) * c - at(inIm, source) * s;
          im += at(inRe, source) * s + at(inIm, source) * c;
        }
        outRe[target + q] = re;
        outIm[target + q] = im;
      }
    }
  }
}

/** Typed-array reads inside bounds are never undefined; the compiler cannot know it. */
function at(array: Float64Array, index: number): number {
  return array[index] as number;
}

function factorise(length: number): number[] {
  const factors: number[] = [];
  let rest = length;
  for (const prime of [5, 4, 3, 2]) {
    while (rest % prime === 0) {
      factors.push(prime);
      rest /= prime;
    }
  }
  if (rest !== 1) throw new RangeError(`${length} has a prime factor above 5`);
  return factors;
}
