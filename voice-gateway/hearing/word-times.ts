/** Milliseconds of one encoder frame. */
const FRAME_MS = 20;

/** Encoder frames that hold so many milliseconds of audio. */
export function framesOf(heardMs: number): number {
  return Math.ceil(heardMs / FRAME_MS);
}

/**
 * Finds when each token was said, by the cheapest monotone path (dynamic time warping) through what the
 * decoder looked at. Frames that every token looks at are discounted and rows smoothed, since some frames
 * draw attention whatever is said.
 * @param attention one row per token over the encoder's frames; rows of equal length
 * @param frames how many leading frames hold audio; the rest is padding
 * @returns start of each token in milliseconds, not decreasing
 */
export function tokenStartsMs(attention: readonly Float32Array[], frames: number): number[] {
  const rows = attention.length;
  const width = Math.min(frames, attention[0]?.length ?? 0);
  if (rows === 0 || width <= 0) return attention.map(() => 0);
  const scores = standardisedByFrame(attention.map((row) => row.subarray(0, width))).map(medianFiltered);
  // cost[i][j]: best sum of scores of a path that ends at token i, frame j.
  const cost = new Float64Array(rows * width).fill(-Infinity);
  const advanced = new Uint8Array(rows * width); // 1 when the path came from the token before
  for (let i = 0; i < rows; i++) {
    const row = scores[i] as Float32Array;
    for (let j = 0; j < width; j++) {
      const score = finite(row[j]);
      const stay = j > 0 ? (cost[i * width + j - 1] as number) : i === 0 ? 0 : -Infinity;
      // A new token takes the next frame, or (when there are more tokens than frames) shares this one.
      const next = i > 0 ? (cost[(i - 1) * width + Math.max(0, j - 1)] as number) : -Infinity;
      const moved = next > stay;
      advanced[i * width + j] = moved ? 1 : 0;
      cost[i * width + j] = score + (moved ? next : stay);
    }
  }
  const starts = new Array<number>(rows).fill(0);
  let i = rows - 1;
  let j = width - 1;
  while (i > 0) {
    if (advanced[i * width + j]) {
      starts[i] = j * FRAME_MS;
      i -= 1;
      j = Math.max(0, j - 1);
    } else if (j > 0) {
      j -= 1;
    } else {
      i -= 1; // more tokens than frames: the rest begins at the first frame
    }
  }
  return starts;
}

function medianFiltered(row: Float32Array): Float32Array {
  const reach = 3;
  return row.map((_, at) => {
    const near = row
      .subarray(Math.max(0, at - reach), at + reach + 1)
      .slice()
      .sort();
    return near[near.length >> 1] ?? 0;
  });
}

function standardisedByFrame(rows: readonly Float32Array[]): Float32Array[] {
  const result = rows.map((row) => row.slice());
  const [first] = result;
  if (!first || rows.length < 2) return result;
  for (let frame = 0; frame < first.length; frame++) {
    let sum = 0;
    let squares = 0;
    for (const row of rows) {
      sum += finite(row[frame]);
      squares += finite(row[frame]) ** 2;
    }
    const mean = sum / rows.length;
    const deviation = Math.sqrt(Math.max(0, squares / rows.length - mean * mean)) + 1e-6;
    for (const row of result) row[frame] = (finite(row[frame]) - mean) / deviation;
  }
  return result;
}

function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : 0;
}
