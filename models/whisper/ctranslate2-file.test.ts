import { describe, expect, it } from 'vitest';
import { readCtranslate2File } from './ctranslate2-file.js';
import { float16ToFloat32 } from './half-float.js';

/** A model.bin as CTranslate2 writes it, with one float16 matrix, one scalar and one alias. */
function smallFile(change: { version?: number; type?: number; alias?: string } = {}): Buffer {
  const name = (text: string): Buffer => {
    const bytes = Buffer.from(`${text}\0`);
    return Buffer.concat([uint16(bytes.length), bytes]);
  };
  return Buffer.concat([
    uint32(change.version ?? 6),
    name('WhisperSpec'),
    uint32(3),
    uint32(2),
    name('weight'),
    Buffer.from([2]),
    uint32(1),
    uint32(3),
    Buffer.from([change.type ?? 4]),
    uint32(6),
    Buffer.from([0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00]), // 1, -2 and the smallest number above 0
    name('heads'),
    Buffer.from([0, 2]),
    uint32(2),
    uint16(8),
    uint32(1),
    name('projection'),
    name(change.alias ?? 'weight'),
  ]);
}

describe('a CTranslate2 model.bin', () => {
  it('is read variable by variable, aliases too', () => {
    const file = readCtranslate2File(smallFile());
    expect(file.spec).toBe('WhisperSpec');
    expect(file.revision).toBe(3);
    expect([...file.variables.keys()]).toEqual(['weight', 'heads', 'projection']);
    expect(file.variables.get('weight')?.dims).toEqual([1, 3]);
    expect(file.variables.get('heads')).toMatchObject({ dims: [], type: 'int16' });
    expect(file.variables.get('projection')).toBe(file.variables.get('weight'));
  });

  it('holds half-precision numbers that are widened exactly', () => {
    const weight = readCtranslate2File(smallFile()).variables.get('weight');
    expect([...float16ToFloat32(weight?.data ?? new Uint8Array())]).toEqual([1, -2, 2 ** -24]);
  });

  it.each([
    ['another version', smallFile({ version: 5 }), 'binary version 5'],
    ['an unknown type', smallFile({ type: 9 }), 'unknown type 9'],
    ['a type that does not fit its length', smallFile({ type: 0 }), '6 bytes where its shape needs 12'],
    ['an alias of nothing', smallFile({ alias: 'gone' }), 'names gone'],
    ['an early end', smallFile().subarray(0, 60), 'ends early'],
    ['bytes after the end', Buffer.concat([smallFile(), Buffer.from([0])]), 'bytes follow'],
  ])('with %s is refused', (_name, bytes, complaint) => {
    expect(() => readCtranslate2File(bytes)).toThrow(
      expect.objectContaining({
        code: 'MODEL_PREPARE',
        message: expect.stringContaining(complaint) as string,
      }),
    );
  });
});

describe('half-precision numbers', () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x03ff, 1023 * 2 ** -24],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e00, NaN],
  ])('%i is %d', (bits, value) => {
    expect(float16ToFloat32(uint16(bits))[0]).toBe(value);
  });
});

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
