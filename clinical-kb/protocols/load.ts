import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { packageRoot } from '../../platform/package-root.js';
import { lintProtocol, lintWording } from './lint.js';
import { protocolSchema, type Protocol } from './schema.js';
import { wordingSchema, type Wording } from './wording-schema.js';

/** The folder of the protocols that come with Asterism. */
export const protocolsFolder = join(packageRoot, 'clinical-kb', 'protocols');

const wordingFile = 'wording.yaml';

/**
 * Reads every care protocol of a folder; the version of each gets the first 8 hexadecimal digits of
 * its file's SHA-256, so that a record names exactly what was asked.
 * @returns the protocols by their id
 * @throws AsterismError PROTOCOL_INVALID naming the file and the field
 */
export function loadProtocols(folder = protocolsFolder): Readonly<Record<string, Protocol>> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== wordingFile);
  const protocols: Record<string, Protocol> = {};
  for (const file of files.sort()) {
    const protocol = parseProtocol(file, readFileSync(join(folder, file), 'utf8'));
    if (protocols[protocol.id]) throw invalid(file, 'id', `${protocol.id} is used by another file`);
    protocols[protocol.id] = protocol;
  }
  return protocols;
}

/** The pure half of loadProtocols. @throws AsterismError PROTOCOL_INVALID */
export function parseProtocol(file: string, text: string): Protocol {
  const protocol = parseYaml(file, text, protocolSchema);
  for (const { field, problem } of lintProtocol(protocol)) throw invalid(file, field, problem);
  return { ...protocol, version: `${protocol.version}+${fingerprint(text)}` };
}

/**
 * Reads the phrases that every protocol shares.
 * @throws AsterismError PROTOCOL_INVALID naming the phrase
 */
export function loadWording(folder = protocolsFolder): Wording {
  return parseWording(wordingFile, readFileSync(join(folder, wordingFile), 'utf8'));
}

/** The pure half of loadWording. @throws AsterismError PROTOCOL_INVALID */
export function parseWording(file: string, text: string): Wording {
  const wording = parseYaml(file, text, wordingSchema);
  for (const { field, problem } of lintWording(wording)) throw invalid(file, field, problem);
  return { ...wording, version: `${wording.version}+${fingerprint(text)}` };
}

function parseYaml<Data>(file: string, text: string, schema: z.ZodType<Data>): Data {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (thrown) {
    throw new AsterismError('PROTOCOL_INVALID', `${file} is not valid YAML: ${messageOf(thrown)}`);
  }
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalid(file, issue?.path.map(String).join('.') ?? '', issue?.message ?? 'not valid');
}

function invalid(file: string, field: string, problem: string): AsterismError {
  return new AsterismError(
    'PROTOCOL_INVALID',
    `${file}: ${field === '' ? '(whole file)' : field}: ${problem}`,
  );
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
