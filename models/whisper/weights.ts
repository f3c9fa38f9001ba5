import { AsterismError } from '../../platform/errors.js';
import type { Ctranslate2File, Ctranslate2Variable } from './ctranslate2-file.js';
import { float16ToFloat32 } from './half-float.js';

/** A dense layer: weight is [outputs, inputs] row-major as in the source, bias [outputs]. */
export interface Dense {
  readonly outputs: number;
  readonly inputs: number;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

export interface WhisperShape {
  /** Model width: 512 for base, 384 for tiny. */
  readonly width: number;
  /** Layers of the encoder, and as many of the decoder. */
  readonly layers: number;
  readonly heads: number;
  readonly vocabulary: number;
}

/** Every Whisper model has heads of this width. */
export const HEAD_WIDTH = 64;

/** The weights of a Whisper model, by the names that CTranslate2 gives them, widened to float32 on demand. */
export class WhisperWeights {
  readonly shape: WhisperShape;
  readonly #file: Ctranslate2File;

  /** @throws AsterismError MODEL_PREPARE when the file is not a Whisper model of the known layout */
  constructor(file: Ctranslate2File) {
    if (file.spec !== 'WhisperSpec') {
      throw new AsterismError('MODEL_PREPARE', `the file holds a ${file.spec}, not a Whisper model`);
    }
    this.#file = file;
    const [vocabulary = 0, width = 0] = this.variable('decoder/embeddings/weight').dims;
    let layers = 0;
    while (file.variables.has(`decoder/layer_${layers}/ffn/linear_0/weight`)) layers++;
    this.shape = { width, layers, heads: width / HEAD_WIDTH, vocabulary };
  }

  /** @throws AsterismError MODEL_PREPARE when the file has no such variable */
  variable(name: string): Ctranslate2Variable {
    const variable = this.#file.variables.get(name);
    if (!variable) throw new AsterismError('MODEL_PREPARE', `the Whisper model has no variable ${name}`);
    return variable;
  }

  /** A variable as float32, row-major. */
  float32(name: string): Float32Array {
    const variable = this.variable(name);
    switch (variable.type) {
      case 'float16':
        return float16ToFloat32(variable.data);
      case 'float32':
        return new Float32Array(new Uint8Array(variable.data).buffer);
      case 'int8':
      case 'int16':
      case 'int32':
        throw new AsterismError('MODEL_PREPARE', `${name} is ${variable.type}; only float weights are read`);
      default:
        return variable.type satisfies never;
    }
  }

  dense(name: string): Dense {
    const [outputs = 0, inputs = 0] = this.variable(`${name}/weight`).dims;
    return { outputs, inputs, weight: this.float32(`${name}/weight`), bias: this.float32(`${name}/bias`) };
  }
}

/** Rows from..to of a dense layer, its outputs multiplied by scale. */
export function denseRows(dense: Dense, from: number, to: number, scale = 1): Dense {
  const weight = dense.weight.slice(from * dense.inputs, to * dense.inputs);
  const bias = dense.bias.slice(from, to);
  if (scale !== 1) {
    for (let index = 0; index < weight.length; index++) weight[index] = (weight[index] ?? 0) * scale;
    for (let index = 0; index < bias.length; index++) bias[index] = (bias[index] ?? 0) * scale;
  }
  return { outputs: to - from, inputs: dense.inputs, weight, bias };
}

/** Layers with the same input as one: their outputs one after the other. */
export function stackDense(parts: readonly Dense[]): Dense {
  const inputs = parts[0]?.inputs ?? 0;
  const outputs = parts.reduce((sum, part) => sum + part.outputs, 0);
  const weight = new Float32Array(outputs * inputs);
  const bias = new Float32Array(outputs);
  let row = 0;
  for (const part of parts) {
    weight.set(part.weight, row * inputs);
    bias.set(part.bias, row);
    row += part.outputs;
  }
  return { outputs, inputs, weight, bias };
}
