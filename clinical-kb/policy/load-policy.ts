import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parse } from 'yaml';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { packageRoot } from '../../platform/package-root.js';
import { readMarkdown } from './read-markdown.js';
import { readPdf } from './read-pdf.js';
import { documentHead, type PolicyDocument, type PolicySection } from './schema.js';

/** The sample hospital's documents. */
export const samplePolicyFolder = join(packageRoot, 'clinical-kb', 'policy', 'riverside');

/** Larger than any policy that people read; a longer one is split. */
const MAX_BYTES = 20 * 1024 * 1024;

/** An organisation's documents. */
export interface PolicyLibrary {
  readonly documents: readonly PolicyDocument[];
  /** One KNOWLEDGE_INVALID for every file that could not be used, naming it. */
  readonly problems: readonly AsterismError[];
  /** Changes with every change of a document. */
  readonly version: string;
}

/**
 * Reads every Markdown and PDF document below a folder; README.md and hidden files are left out. A document that
 * cannot be used is a problem, and the others are still there.
 * @throws AsterismError KNOWLEDGE_INVALID when the folder cannot be read or no document in it can be used
 */
export async function loadPolicy(folder: string): Promise<PolicyLibrary> {
  const names = await filesOf(folder);
  const read = await Promise.all(
    names.map(async (name): Promise<PolicyDocument | AsterismError> => {
      try {
        return await readDocument(folder, name, names);
      } catch (thrown) {
        return new AsterismError('KNOWLEDGE_INVALID', `${name}: ${messageOf(thrown)}`, { cause: thrown });
      }
    }),
  );
  const problems = read.filter((one): one is AsterismError => one instanceof AsterismError);
  const documents = read.filter((one): one is PolicyDocument => !(one instanceof AsterismError));
  if (documents.length === 0) {
    const why = problems.map(({ message }) => message).join('; ');
    throw new AsterismError(
      'KNOWLEDGE_INVALID',
      `no policy document in ${folder} can be used (${why === '' ? 'it holds no .md or .pdf file' : why}); set ` +
        'ASTERISM_POLICY_DIR to a folder with documents as docs/policy.md describes them',
    );
  }
  return { documents, problems, version: versionOf(documents) };
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
      .filter((name) => ['.md', '.pdf'].includes(extname(name).toLowerCase()))
      .filter((name) => !/(?:^|[\\/])(?:\.|README\.md$)/i.test(name))
      .map((name) => name.replaceAll('\\', '/'))
      .sort();
  } catch (thrown) {
    throw new AsterismError(
      'KNOWLEDGE_INVALID',
      `the folder of policy documents cannot be read: ${messageOf(thrown)}; check ASTERISM_POLICY_DIR`,
      { cause: thrown },
    );
  }
}

async function readDocument(folder: string, name: string, names: readonly string[]): Promise<PolicyDocument> {
  const path = join(folder, name);
  const id = name.slice(0, -extname(name).length);
  const twin = names.find((other) => other !== name && other.slice(0, -extname(other).length) === id);
  if (twin !== undefined) throw new Error(`${twin} has the same name; rename one of the two`);
  if ((await stat(path)).size > MAX_BYTES) throw new Error('is larger than 20 MB; split it');
  if (extname(name).toLowerCase() === '.pdf') {
    const head = await readFile(`${path}.yaml`, 'utf8').catch(() => undefined);
    if (head === undefined)
      throw new Error(`write its title, version, effective date and owner into ${name}.yaml beside it`);
    return documentOf(id, parse(head), await readPdf(new Uint8Array(await readFile(path))));
  }
  const { head, sections } = readMarkdown(
    new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)),
  );
  if (head === undefined)
    throw new Error('begin it with title, version, effective date and owner between two lines of ---');
  return documentOf(id, head, sections);
}

/** @throws Error naming the field that is wrong */
function documentOf(id: string, head: unknown, sections: readonly PolicySection[]): PolicyDocument {
  const parsed = documentHead.safeParse(head);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
  }
  if (sections.length === 0) throw new Error('it holds no text');
  return {
    id,
    ...parsed.data,
    sections: sections.map(({ heading, paragraphs }) => ({
      heading: heading === '' ? parsed.data.title : heading,
      paragraphs,
    })),
  };
}

function versionOf(documents: readonly PolicyDocument[]): string {
  const newest =
    documents
      .map(({ effective }) => effective)
      .sort()
      .at(-1) ?? '';
  const digest = createHash('sha256').update(JSON.stringify(documents)).digest('hex').slice(0, 8);
  return `${newest}+${digest}`;
}
