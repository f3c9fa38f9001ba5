import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { citationOf, citationText, citedFact, knowledgeFile } from './citation.js';
import { joinVersions, loadKnowledge, loadKnowledgeFolder, parseKnowledge } from './load.js';

const schema = knowledgeFile({ facts: z.array(citedFact({ id: z.string() })) });

const valid = `
version: "2026.11"
sources:
  aha: { source: American Heart Association, year: 2024, written: 2026-11-24 }
facts:
  - { id: first, cite: aha }
  - { id: second, cite: { source: A label, section: "7.1", written: 2026-11-24 } }
`;

describe('a knowledge file', () => {
  it('is read with a version that names its content', () => {
    const { data, version } = parseKnowledge('a.yaml', valid, schema);
    expect(data.facts.map(({ id }) => id)).toEqual(['first', 'second']);
    expect(version).toMatch(/^2026\.11\+[0-9a-f]{8}$/);
    expect(parseKnowledge('a.yaml', valid.replace('first', 'other'), schema).version).not.toBe(version);
  });

  it('resolves a fact to its source', () => {
    const { data } = parseKnowledge('a.yaml', valid, schema);
    expect(data.facts.map(({ cite }) => citationText(citationOf(data.sources, cite)))).toEqual([
      'American Heart Association (2024)',
      'A label, 7.1',
    ]);
  });

  it.each([
    ['a fact without a citation', valid.replace(', cite: aha', ''), 'facts.0.cite'],
    ['a citation of a source that is not there', valid.replace('cite: aha', 'cite: nih'), 'facts.0.cite'],
    [
      'a source that no fact cites',
      valid.replace('cite: aha', 'cite: { source: Other, written: 2026-11-24 }'),
      'sources.aha',
    ],
    [
      'a date of writing that is no date',
      valid.replace('written: 2026-11-24 }\nfacts', 'written: soon }\nfacts'),
      'sources.aha.written',
    ],
    [
      'a source that says only that it was checked',
      valid.replace('written: 2026-11-24 }\nfacts', 'checked: 2026-11-24 }\nfacts'),
      'sources.aha.written',
    ],
    [
      'a date of checking that is no date',
      valid.replace('written: 2026-11-24 }\nfacts', 'written: 2026-11-24, checked: soon }\nfacts'),
      'sources.aha.checked',
    ],
    ['a misspelt field', valid.replace('id: first', 'id: first, sevrity: high'), 'facts.0'],
    ['text that is not YAML', 'a: [', 'not valid YAML'],
  ])('refuses %s, naming file and field', (_, text, field) => {
    expect(() => parseKnowledge('kb/a.yaml', text, schema)).toThrow(
      expect.objectContaining({
        code: 'KNOWLEDGE_INVALID',
        message: expect.stringContaining(field) as string,
      }) as Error,
    );
    expect(() => parseKnowledge('kb/a.yaml', text, schema)).toThrow('kb/a.yaml');
  });

  it('that is not there is a coded error', async () => {
    await expect(loadKnowledge('no/such.yaml', schema)).rejects.toMatchObject({ code: 'KNOWLEDGE_INVALID' });
    await expect(loadKnowledgeFolder('no-such-folder', schema)).rejects.toMatchObject({
      code: 'KNOWLEDGE_INVALID',
    });
  });
});

describe('the version of several files', () => {
  it('is the newest of theirs with a digest of all', () => {
    expect(joinVersions(['2026.10+aaaaaaaa', '2026.11+bbbbbbbb'])).toMatch(/^2026\.11\+[0-9a-f]{8}$/);
    expect(joinVersions(['2026.10+aaaaaaaa'])).toBe('2026.10+aaaaaaaa');
  });
});
