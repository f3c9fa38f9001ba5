/** Samples of one voice activity window: 32 ms at 16 kHz. */
export const VAD_WINDOW = 512;
/** The same in milliseconds. */
export const VAD_WINDOW_MS = 32;
