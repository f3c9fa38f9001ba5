/**
 * Power spectrum of a real signal whose even length factors into 2, 3 and 5 (Whisper's window is 400).
 * The usual small FFT packages take powers of two only, and padding to 512 would move the mel bins.
 */
export class RealFft {
  /** Length of the real input, in samples. */
  readonly length: number;
  readonly #half: number;
  readonly #factors: readonly number[];
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
    this.#factors = factorise(this.#half);
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

  /** Stockham's autosort FFT over the factors, in the two scratch pairs. */
  #transform(): void {
    let blocks = this.#half; // length of the sub-transforms still to do
    let stride = 1;
    for (const radix of this.#factors) {
      const span = blocks / radix;
      const twiddleStep = this.length / blocks;
      for (let p = 0; p < span; p++) {
        for (let q = 0; q < stride; q++) {
          for (let j = 0; j < radix; j++) {
            let re = 0;
            let im = 0;
            for (let r = 0; r < radix; r++) {
              const source = q + stride * (p + span * r);
              const angle = (r * j * (this.length / radix)) % this.length;
              const c = at(this.#cos, angle);
              const s = at(this.#sin, angle);
              re += at(this.#re, source) * c + at(this.#im, source) * s;
              im += at(this.#im, source) * c - at(this.#re, source) * s;
            }
            const turn = (p * j * twiddleStep) % this.length;
            const c = at(this.#cos, turn);
            const s = at(this.#sin, turn);
            const target = q + stride * (radix * p + j);
            this.#spareRe[target] = re * c + im * s;
            this.#spareIm[target] = im * c - re * s;
          }
        }
      }
      [this.#re, this.#spareRe] = [this.#spareRe, this.#re];
      [this.#im, this.#spareIm] = [this.#spareIm, this.#im];
      blocks = span;
      stride *= radix;
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
  for (const prime of [5, 3, 2]) {
    while (rest % prime === 0) {
      factors.push(prime);
      rest /= prime;
    }
  }
  if (rest !== 1) throw new RangeError(`${length} has a prime factor above 5`);
  return factors;
}
