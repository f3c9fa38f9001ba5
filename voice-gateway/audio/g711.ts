/**
 * G.711 µ-law (ITU-T Recommendation G.711), the codec of North American telephony: 8 bits per sample at 8 kHz.
 * Sample values follow the recommendation's 14-bit scale (±8,159), left-aligned in 16 bits.
 */

const BIAS = 33;
const CLIP = 8_158;
const FULL_SCALE = 8_192;

/** The byte of digital silence: positive zero. */
export const MU_LAW_SILENCE = 0xff;

/** Decoded value of each code on the 14-bit scale, ±0 to ±8,031. */
const decoded: Int16Array = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const segment = (bits >> 4) & 0x07;
  const step = bits & 0x0f;
  const magnitude = ((2 * step + BIAS) << segment) - BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
});

const decodedFloat: Float32Array = Float32Array.from(decoded, (value) => value / FULL_SCALE);

/** Code of a value on the 14-bit scale. Values beyond full scale are clipped. */
function encodeValue(value: number): number {
  const sign = value < 0 ? 0x80 : 0;
  const biased = Math.min(Math.abs(value), CLIP) + BIAS;
  // The segment is the position of the leading one: 33..63 is segment 0, 4,096..8,191 segment 7.
  const segment = 26 - Math.clz32(biased);
  const step = (biased >> (segment + 1)) & 0x0f;
  return ~(sign | (segment << 4) | step) & 0xff;
}

/** Code of every 14-bit value, indexed by value + 8,192, so that encoding is one look-up per sample. */
const encoded: Uint8Array = Uint8Array.from({ length: 2 * FULL_SCALE }, (_, index) =>
  encodeValue(index - FULL_SCALE),
);

/**
 * @param codes µ-law bytes
 * @returns as many samples in [-1, 1]
 */
export function decodeMuLaw(codes: Uint8Array): Float32Array {
  const samples = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) samples[i] = decodedFloat[codes[i] ?? MU_LAW_SILENCE] ?? 0;
  return samples;
}

/**
 * @param samples in [-1, 1]; what lies beyond is clipped, and not-a-number becomes silence
 * @returns as many µ-law bytes
 */
export function encodeMuLaw(samples: Float32Array): Uint8Array {
  const codes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    // Truncation toward zero, as the decision values of the recommendation are lower bounds.
    const value = Math.trunc((samples[i] ?? 0) * FULL_SCALE);
    const index = Math.max(0, Math.min(2 * FULL_SCALE - 1, value + FULL_SCALE));
    codes[i] = encoded[index] ?? MU_LAW_SILENCE;
  }
  return codes;
}
