import { readFile } from 'node:fs/promises';
import wavefile from 'wavefile';
import { z } from 'zod';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { resampleAll } from './resampler.js';

/** Bytes of the canonical header in front of the samples. */
export const WAV_HEADER_BYTES = 44;

const format = z.object({
  numChannels: z.number().int().min(1).max(64),
  sampleRate: z.number().int().min(1_000),
});

/** µ-law and A-law, as telephone recordings often are. */
const MU_LAW = '8m';
const A_LAW = '8a';

/**
 * Reads a WAV file of any common encoding (8 to 32-bit integer, float, µ-law, A-law) as mono samples.
 * @param toHz the rate wanted; channels are averaged
 * @throws AsterismError INPUT_INVALID
 */
export async function readWav(path: string, toHz: number): Promise<Float32Array> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw new AsterismError('INPUT_INVALID', `${path} cannot be read: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  });
  try {
    const { samples, sampleRateHz } = decodeWav(bytes);
    return await resampleAll(samples, sampleRateHz, toHz);
  } catch (thrown) {
    throw new AsterismError('INPUT_INVALID', `${path} is no readable WAV file: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
}

/** Decodes the bytes of a WAV file to mono samples in [-1, 1] at the file's own rate. @throws Error when they are none */
export function decodeWav(bytes: Uint8Array): { samples: Float32Array; sampleRateHz: number } {
  const wav = new wavefile.WaveFile();
  wav.fromBuffer(bytes);
  if (wav.bitDepth === MU_LAW) wav.fromMuLaw();
  else if (wav.bitDepth === A_LAW) wav.fromALaw();
  wav.toBitDepth('32f');
  const { numChannels, sampleRate } = format.parse(wav.fmt);
  const interleaved = wav.getSamples(true, Float32Array);
  const samples = new Float32Array(Math.floor(interleaved.length / numChannels));
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < numChannels; channel++)
      sum += interleaved[i * numChannels + channel] ?? 0;
    samples[i] = sum / numChannels;
  }
  return { samples, sampleRateHz: sampleRate };
}

/** A mono 16-bit WAV file as bytes. */
export function encodeWav(samples: Float32Array, sampleRateHz: number): Uint8Array {
  const bytes = Buffer.alloc(WAV_HEADER_BYTES + 2 * samples.length);
  wavHeader({ channels: 1, sampleRateHz, dataBytes: 2 * samples.length }).copy(bytes);
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(toInt16(sample), WAV_HEADER_BYTES + 2 * index);
  }
  return bytes;
}

/** The 44-byte header of a 16-bit PCM file. */
export function wavHeader(of: { channels: number; sampleRateHz: number; dataBytes: number }): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'ascii');
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + of.dataBytes, 4);
  header.write('WAVEfmt ', 8, 'ascii');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(of.channels, 22);
  header.writeUInt32LE(of.sampleRateHz, 24);
  header.writeUInt32LE(of.sampleRateHz * of.channels * 2, 28);
  header.writeUInt16LE(of.channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'ascii');
  header.writeUInt32LE(of.dataBytes, 40);
  return header;
}

/** A sample in [-1, 1] as a 16-bit integer; what lies beyond is clipped. */
export function toInt16(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
}
