/** Samples per second of all audio inside the gateway: 16 kHz mono PCM, float32 in [-1, 1]. */
export const SAMPLE_RATE_HZ = 16_000;

/** Length of one frame in milliseconds. */
export const FRAME_MS = 20;

/** Samples in one frame: 320 at 16 kHz are 20 ms. */
export const FRAME_SAMPLES = 320;

/** Samples per millisecond at {@link SAMPLE_RATE_HZ}. */
export const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1_000;
