/**
 * A sentence's embedding from those of its tokens: their mean, brought to unit length.
 * @param hidden tokens × width, row by row
 */
export function meanOfTokens(hidden: Float32Array, tokens: number): Float32Array {
  const width = hidden.length / tokens;
  const mean = new Float32Array(width);
  for (let index = 0; index < hidden.length; index++) {
    const column = index % width;
    mean[column] = (mean[column] ?? 0) + (hidden[index] ?? 0);
  }
  const length = Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? mean : mean.map((value) => value / length);
}
