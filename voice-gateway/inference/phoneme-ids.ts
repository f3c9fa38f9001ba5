import { z } from 'zod';

/** The part of a Piper voice's .onnx.json that is needed to speak. */
const piperConfig = z.object({
  audio: z.object({ sample_rate: z.number().int().positive() }),
  espeak: z.object({ voice: z.string() }),
  phoneme_id_map: z.record(z.string(), z.array(z.number().int())),
});

export type PiperConfig = z.infer<typeof piperConfig>;

/** Reads a voice's .onnx.json. @throws ZodError that names the field */
export function parsePiperConfig(json: string): PiperConfig {
  return piperConfig.parse(JSON.parse(json));
}

const PAD = '_';
const BEGIN = '^';
const END = '$';

/**
 * Piper's input for a phoneme string: begin, then every phoneme's ids, each followed by a pad, then end.
 * Code points that the voice does not know are left out.
 */
export function phonemeIds(phonemes: string, map: PiperConfig['phoneme_id_map']): number[] {
  const pad = map[PAD] ?? [0];
  const ids = [...(map[BEGIN] ?? [1]), ...pad];
  for (const phoneme of phonemes.normalize('NFD')) {
    const known = map[phoneme];
    if (known && phoneme !== PAD && phoneme !== BEGIN && phoneme !== END) ids.push(...known, ...pad);
  }
  ids.push(...(map[END] ?? [2]));
  return ids;
}
