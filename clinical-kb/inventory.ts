import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../platform/package-root.js';
import { citation, citationOf, type Citation } from './citation.js';
import { parseKnowledge } from './load.js';

/** One entry of a knowledge file that names its source. */
export interface CitedEntry {
  /** Where in the file, for example "medicines.12". */
  readonly path: string;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly citation: Citation;
}

/** One knowledge file as data, whatever its schema. */
export interface InventoryFile {
  /** From the clinical-kb folder, for example "labs/units.json". */
  readonly file: string;
  readonly version: string;
  readonly sources: number;
  readonly entries: readonly CitedEntry[];
  /** The whole file. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What every knowledge file has; files without sources (wording, documents) are no knowledge of facts. */
const citingFile = z.looseObject({ version: z.string(), sources: z.record(z.string(), citation) });

/**
 * Every file below the folder that cites sources, in the order of their paths.
 * @throws AsterismError KNOWLEDGE_INVALID when a citation names no source, or a source is not cited
 */
export async function readInventory(folder = join(packageRoot, 'clinical-kb')): Promise<InventoryFile[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => ['.json', '.yaml'].includes(extname(name))).sort();
  const read = await Promise.all(files.map((name) => readOne(folder, join(folder, name))));
  return read.filter((one) => one !== undefined);
}

async function readOne(folder: string, path: string): Promise<InventoryFile | undefined> {
  const text = await readFile(path, 'utf8');
  const raw: unknown = extname(path) === '.json' ? JSON.parse(text) : parse(text);
  if (!citingFile.safeParse(raw).success) return undefined;
  const file = relative(folder, path);
  const { data, version } = parseKnowledge(file, text, citingFile);
  return {
    file,
    version,
    sources: Object.keys(data.sources).length,
    entries: [...citedEntries(data, data.sources, [])],
    data,
  };
}

function* citedEntries(
  node: unknown,
  sources: Readonly<Record<string, Citation>>,
  path: readonly string[],
): Generator<CitedEntry> {
  if (Array.isArray(node)) {
    for (const [index, child] of node.entries())
      yield* citedEntries(child, sources, [...path, String(index)]);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const entry = node as Record<string, unknown>;
  for (const cite of citesOf(entry)) {
    yield { path: path.join('.'), entry, citation: citationOf(sources, cite) };
  }
  for (const [key, child] of Object.entries(entry)) {
    if (key !== 'cite' && key !== 'sources') yield* citedEntries(child, sources, [...path, key]);
  }
}

/** A protocol names several sources at once. */
function citesOf(entry: Readonly<Record<string, unknown>>): (string | Citation)[] {
  const { cite } = entry;
  if (typeof cite === 'string') return [cite];
  if (Array.isArray(cite)) return cite.filter((one) => typeof one === 'string');
  const whole = citation.safeParse(cite);
  return whole.success ? [whole.data] : [];
}

/** Whether an entry is about a term: one of its words or names is it, whatever the case. */
export function isAbout(entry: Readonly<Record<string, unknown>>, term: string): boolean {
  const wanted = term.trim().toLowerCase();
  const holds = (value: unknown): boolean => {
    if (typeof value === 'string') {
      // A selector such as "class:loop-diuretic" names what stands after its colon.
      const text = value.toLowerCase();
      return text === wanted || text.split(':').at(-1) === wanted;
    }
    if (Array.isArray(value)) return value.some(holds);
    return false;
  };
  return Object.entries(entry).some(([key, value]) => key !== 'cite' && holds(value));
}

/** How many entries of one list of a file have each field that not all of them have. */
export interface ListCoverage {
  readonly list: string;
  readonly entries: number;
  readonly fields: Readonly<Record<string, number>>;
}

/** Lists shorter than this tell nothing about breadth. */
const SHORTEST_LIST = 5;

/** The breadth of a file's lists. */
export function listCoverage({ data }: InventoryFile): ListCoverage[] {
  return Object.entries(data).flatMap(([list, value]) => {
    if (!Array.isArray(value) || value.length < SHORTEST_LIST) return [];
    const counts: Record<string, number> = {};
    for (const entry of value as unknown[]) {
      if (typeof entry !== 'object' || entry === null) continue;
      for (const [key, field] of Object.entries(entry))
        if (!isEmpty(field)) counts[key] = (counts[key] ?? 0) + 1;
    }
    const fields = Object.entries(counts).filter(([, count]) => count < value.length);
    return [{ list, entries: value.length, fields: Object.fromEntries(fields) }];
  });
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
