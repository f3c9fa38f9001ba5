import { AsterismError } from '../../platform/errors.js';

/** How CTranslate2 numbers the types of its variables. */
const typeNames = ['float32', 'int8', 'int16', 'int32', 'float16'] as const;
export type Ctranslate2Type = (typeof typeNames)[number];

const bytesPerElement: Record<Ctranslate2Type, number> = {
  float32: 4,
  int8: 1,
  int16: 2,
  int32: 4,
  float16: 2,
};

/** One variable of a model.bin; data is a view into the file's buffer, little-endian. */
export interface Ctranslate2Variable {
  readonly dims: readonly number[];
  readonly type: Ctranslate2Type;
  readonly data: Uint8Array;
}

export interface Ctranslate2File {
  /** The specification's name, for example WhisperSpec. */
  readonly spec: string;
  readonly revision: number;
  /** Variables by name; an alias names the same variable again. */
  readonly variables: ReadonlyMap<string, Ctranslate2Variable>;
}

/**
 * Reads a CTranslate2 model.bin (binary version 6): uint32 version, name (uint16 length, bytes with a
 * trailing NUL), uint32 revision, uint32 count; for each variable its name, uint8 rank, uint32 dims,
 * uint8 type, uint32 byte length and the data; then uint32 alias count and pairs of alias and name.
 * @throws AsterismError MODEL_PREPARE when the bytes are not such a file, end early or go on after the end
 */
export function readCtranslate2File(bytes: Uint8Array): Ctranslate2File {
  const cursor = new Cursor(bytes);
  const version = cursor.uint32();
  if (version !== 6) throw malformed(`binary version ${version} instead of 6`);
  const spec = cursor.name();
  const revision = cursor.uint32();
  const count = cursor.uint32();
  const variables = new Map<string, Ctranslate2Variable>();
  for (let index = 0; index < count; index++) {
    const name = cursor.name();
    const rank = cursor.uint8();
    const dims = Array.from({ length: rank }, () => cursor.uint32());
    const typeNumber = cursor.uint8();
    const type = typeNames[typeNumber];
    if (!type) throw malformed(`${name} has the unknown type ${typeNumber}`);
    const data = cursor.bytes(cursor.uint32());
    const expected = dims.reduce((product, dim) => product * dim, bytesPerElement[type]);
    if (data.byteLength !== expected) {
      throw malformed(`${name} has ${data.byteLength} bytes where its shape needs ${expected}`);
    }
    variables.set(name, { dims, type, data });
  }
  const aliases = cursor.uint32();
  for (let index = 0; index < aliases; index++) {
    const alias = cursor.name();
    const name = cursor.name();
    const variable = variables.get(name);
    if (!variable) throw malformed(`the alias ${alias} names ${name}, which is not there`);
    variables.set(alias, variable);
  }
  if (!cursor.atEnd) throw malformed('bytes follow after the last alias');
  return { spec, revision, variables };
}

/** Reads little-endian values one after the other and refuses to read beyond the end. */
class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#offset === this.#bytes.byteLength;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  name(): string {
    const length = this.#view.getUint16(this.#advance(2), true);
    const bytes = this.bytes(length);
    return Buffer.from(bytes.subarray(0, bytes.at(-1) === 0 ? length - 1 : length)).toString('utf8');
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (start + length > this.#bytes.byteLength)
      throw malformed(`it ends early, at byte ${this.#bytes.byteLength}`);
    this.#offset = start + length;
    return start;
  }
}

function malformed(what: string): AsterismError {
  return new AsterismError(
    'MODEL_PREPARE',
    `not a CTranslate2 model this version can read: ${what}; run \`asterism models verify\``,
  );
}
