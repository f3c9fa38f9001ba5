import libsamplerate from '@alexanderolsen/libsamplerate-js';

/** Filter quality: speech needs no more than the fast sinc filter (97 dB signal to noise, 80 % of the band). */
const CONVERTER = libsamplerate.ConverterType.SRC_SINC_FASTEST;

/** Samples given to the library at once, so that its fixed buffers always suffice at any ratio. */
const MAX_CHUNK_SAMPLES = 48_000;

/** Zeros that push the filter's last samples out, in input samples; more than its half-length at any ratio. */
const FLUSH_SAMPLES = 400;

/**
 * Changes the sample rate of one stream. Stateful: one instance per stream and direction, chunks in order, so
 * that there is no click between them. Sample 0 of the output is sample 0 of the input; the filter holds back
 * a few milliseconds until flush.
 */
export interface Resampler {
  readonly fromHz: number;
  readonly toHz: number;
  /** @returns the output that is ready, at most about `samples.length × toHz / fromHz` more than held back */
  process(samples: Float32Array): Float32Array;
  /** Ends the stream: what was held back. Afterwards the resampler is fresh for another stream. */
  flush(): Float32Array;
  /** Frees the filter's memory. Idempotent. */
  close(): void;
}

/** Makes a resampler; equal rates cost nothing. */
export async function createResampler(fromHz: number, toHz: number): Promise<Resampler> {
  if (fromHz === toHz)
    return { fromHz, toHz, process: (s) => s, flush: () => new Float32Array(0), close: () => undefined };
  const converter = await libsamplerate.create(1, fromHz, toHz, { converterType: CONVERTER });
  let closed = false;
  let consumed = 0;
  let produced = 0;

  const convert = (samples: Float32Array): Float32Array => {
    const out = new Float32Array(Math.ceil((samples.length * toHz) / fromHz) + 2_048);
    const written = { frames: 0 };
    converter.full(samples, out, written);
    return out.subarray(0, written.frames);
  };

  return {
    fromHz,
    toHz,
    process(samples) {
      if (closed || samples.length === 0) return new Float32Array(0);
      const parts: Float32Array[] = [];
      for (let from = 0; from < samples.length; from += MAX_CHUNK_SAMPLES) {
        parts.push(convert(samples.subarray(from, from + MAX_CHUNK_SAMPLES)));
      }
      const out = concatenate(parts);
      consumed += samples.length;
      produced += out.length;
      return out;
    },
    flush() {
      if (closed) return new Float32Array(0);
      const owed = Math.round((consumed * toHz) / fromHz) - produced;
      const tail =
        owed > 0
          ? convert(new Float32Array(FLUSH_SAMPLES + Math.ceil((owed * fromHz) / toHz)))
          : new Float32Array(0);
      consumed = 0;
      produced = 0;
      converter.inputSampleRate = fromHz; // the library starts a fresh filter when a property is set
      return tail.slice(0, Math.max(0, owed));
    },
    close() {
      if (closed) return;
      closed = true;
      converter.destroy();
    },
  };
}

/** Changes the sample rate of a whole recording. */
export async function resampleAll(
  samples: Float32Array,
  fromHz: number,
  toHz: number,
): Promise<Float32Array> {
  const resampler = await createResampler(fromHz, toHz);
  try {
    return concatenate([resampler.process(samples), resampler.flush()]);
  } finally {
    resampler.close();
  }
}

/** One array holding all parts in order. */
export function concatenate(parts: readonly Float32Array[]): Float32Array {
  const first = parts[0];
  if (parts.length === 1 && first) return first;
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
