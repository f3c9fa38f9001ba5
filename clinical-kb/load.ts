import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { AsterismError, messageOf } from '../platform/errors.js';
import { packageRoot } from '../platform/package-root.js';

/** Data of the knowledge base, with the version that goes into every review. */
export interface Knowledge<Data> {
  readonly data: Data;
  /** The file's own version and the first 8 hexadecimal digits of its SHA-256, for example "2026.11+1a2b3c4d". */
  readonly version: string;
}

/**
 * Reads one YAML or JSON file of the knowledge base.
 * Every `cite` in it must name a source of the file's `sources`, and every source must be used.
 * @param path from the clinical-kb folder, for example "escalation/red-flags.yaml", or absolute
 * @throws AsterismError KNOWLEDGE_INVALID naming the file and the field
 */
export async function loadKnowledge<Data>(path: string, schema: z.ZodType<Data>): Promise<Knowledge<Data>> {
  const file = isAbsolute(path) ? path : join(packageRoot, 'clinical-kb', path);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    throw new AsterismError('KNOWLEDGE_INVALID', `${path} cannot be read: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
  return parseKnowledge(path, text, schema);
}

/**
 * Reads every YAML and JSON file directly in a folder, in the order of their names; each must pass the schema.
 * The version is made of all files together.
 * @throws AsterismError KNOWLEDGE_INVALID naming the file and the field
 */
export async function loadKnowledgeFolder<Data>(
  path: string,
  schema: z.ZodType<Data>,
): Promise<Knowledge<readonly Data[]>> {
  const folder = isAbsolute(path) ? path : join(packageRoot, 'clinical-kb', path);
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (thrown) {
    throw new AsterismError('KNOWLEDGE_INVALID', `${path} cannot be read: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
  const files = names.filter((name) => ['.yaml', '.json'].includes(extname(name))).sort();
  if (files.length === 0)
    throw new AsterismError('KNOWLEDGE_INVALID', `${path} holds no .yaml or .json file`);
  const loaded = await Promise.all(files.map((name) => loadKnowledge(join(path, name), schema)));
  return {
    data: loaded.map(({ data }) => data),
    version: joinVersions(loaded.map(({ version }) => version)),
  };
}

/** One version for knowledge that came from several files. */
export function joinVersions(versions: readonly string[]): string {
  if (versions.length === 1) return versions[0] ?? '';
  const newest =
    versions
      .map((version) => version.split('+')[0] ?? '')
      .sort()
      .at(-1) ?? '';
  return `${newest}+${sha256(versions.join('\n'))}`;
}

/** The pure half of loadKnowledge. @param name of the file, for the error message */
export function parseKnowledge<Data>(name: string, text: string, schema: z.ZodType<Data>): Knowledge<Data> {
  let raw: unknown;
  try {
    // YAML holds JSON, but its parser takes a hundred times as long over it.
    raw = extname(name) === '.json' ? (JSON.parse(text) as unknown) : parse(text);
  } catch (thrown) {
    throw new AsterismError(
      'KNOWLEDGE_INVALID',
      `${name} is not valid ${extname(name) === '.json' ? 'JSON' : 'YAML'}: ${messageOf(thrown)}`,
      {
        cause: thrown,
      },
    );
  }
  const result = schema.safeParse(raw);
  if (!result.success) {
    const issue = result.error.issues[0];
    const field = issue && issue.path.length > 0 ? issue.path.map(String).join('.') : '(whole file)';
    throw new AsterismError('KNOWLEDGE_INVALID', `${name}: ${field}: ${issue?.message ?? 'not valid'}`);
  }
  checkCitations(name, raw);
  const own = isRecord(raw) && typeof raw['version'] === 'string' ? raw['version'] : '0';
  return { data: result.data, version: `${own}+${sha256(text)}` };
}

/** A cite that names nothing is an uncited fact; a source that nobody names is a leftover of a removed one. */
function checkCitations(name: string, raw: unknown): void {
  const sources: object = isRecord(raw) && isRecord(raw['sources']) ? raw['sources'] : {};
  const used = new Set<string>();
  visitCites(raw, [], (cite, path) => {
    if (!Object.hasOwn(sources, cite)) {
      throw new AsterismError(
        'KNOWLEDGE_INVALID',
        `${name}: ${path.join('.')}: no source "${cite}" in this file`,
      );
    }
    used.add(cite);
  });
  const unused = Object.keys(sources).find((key) => !used.has(key));
  if (unused !== undefined) {
    throw new AsterismError('KNOWLEDGE_INVALID', `${name}: sources.${unused}: no fact cites it`);
  }
}

function visitCites(
  node: unknown,
  path: readonly string[],
  visit: (cite: string, path: readonly string[]) => void,
): void {
  if (Array.isArray(node)) {
    node.forEach((child, index) => {
      visitCites(child, [...path, String(index)], visit);
    });
    return;
  }
  if (!isRecord(node)) return;
  for (const [key, child] of Object.entries(node)) {
    if (key === 'cite' && typeof child === 'string') visit(child, [...path, key]);
    else visitCites(child, [...path, key], visit);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
