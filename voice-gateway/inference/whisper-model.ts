import { readFile } from 'node:fs/promises';
import { Tensor } from 'onnxruntime-node';
import { ByteLevelBpe } from '../hearing/byte-level-bpe.js';
import { MEL_BANDS } from '../hearing/log-mel.js';
import type { SpeechModel } from '../hearing/recognise.js';
import type { UtteranceDecoder } from '../hearing/whisper-decoding.js';
import { whisperTokens } from '../hearing/whisper-tokens.js';
import { floats, openSession } from '../../models/inference/onnx-session.js';

export interface WhisperFiles {
  encoderFile: string;
  decoderFile: string;
  tokenizerFile: string;
  /** False for the .en models. */
  multilingual: boolean;
  /** Threads for one operator. */
  threads: number;
}

/** Keys and values of the decoder's own attention: float32 [layers, heads, length, 64] each. */
export interface DecoderCache {
  key: Tensor;
  value: Tensor;
}

/** Opens Whisper's two graphs and its tokenizer. */
export async function openWhisper(files: WhisperFiles): Promise<SpeechModel<DecoderCache>> {
  const [encoder, decoder, tokenizer] = await Promise.all([
    openSession(files.encoderFile, files.threads),
    openSession(files.decoderFile, files.threads),
    readFile(files.tokenizerFile, 'utf8'),
  ]);
  const bpe = new ByteLevelBpe(JSON.parse(tokenizer));
  return {
    bpe,
    special: whisperTokens(bpe, files.multilingual),
    async encode(mel, frames): Promise<UtteranceDecoder<DecoderCache>> {
      const encoded = await encoder.run({ mel: new Tensor('float32', mel, [1, MEL_BANDS, frames]) });
      const crossKey = tensor(encoded, 'cross_key');
      const crossValue = tensor(encoded, 'cross_value');
      const [layers = 0, heads = 0, audioFrames = 0, width = 0] = crossKey.dims;
      const none = (): Tensor => new Tensor('float32', new Float32Array(0), [layers, heads, 0, width]);
      return {
        async pass(tokens, cache) {
          const outputs = await decoder.run({
            tokens: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
            past_key: cache?.key ?? none(),
            past_value: cache?.value ?? none(),
            cross_key: crossKey,
            cross_value: crossValue,
          });
          return {
            logits: floats(outputs, 'logits'),
            attention: floats(outputs, 'alignment').slice(-audioFrames),
            cache: { key: tensor(outputs, 'present_key'), value: tensor(outputs, 'present_value') },
          };
        },
        truncate: (cache, length) => ({
          key: firstPositions(cache.key, length),
          value: firstPositions(cache.value, length),
        }),
      };
    },
  };
}

/** The first positions of [layers, heads, length, width]. */
function firstPositions(tensorOf: Tensor, length: number): Tensor {
  const [layers = 0, heads = 0, whole = 0, width = 0] = tensorOf.dims;
  const source = tensorOf.data as Float32Array;
  const kept = new Float32Array(layers * heads * length * width);
  for (let row = 0; row < layers * heads; row++) {
    const from = row * whole * width;
    kept.set(source.subarray(from, from + length * width), row * length * width);
  }
  return new Tensor('float32', kept, [layers, heads, length, width]);
}

function tensor(outputs: Record<string, unknown>, name: string): Tensor {
  const value = outputs[name];
  if (!(value instanceof Tensor)) throw new TypeError(`the model gave no tensor named ${name}`);
  return value;
}
