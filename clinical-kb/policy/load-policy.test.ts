import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { samplePdf } from './fixtures/sample-pdf.js';
import { writePdf } from './fixtures/write-pdf.js';
import { loadPolicy, samplePolicyFolder } from './load-policy.js';
import { holdsOn, policyCitation } from './schema.js';

const head = "title: Parking\nversion: '1'\neffective: 2026-01-01\nowner: Facilities\n";
const good = `---\n${head}---\n\n# Parking\n\nPark in Garage A.\n`;

describe("the sample hospital's documents", () => {
  it('can all be read, and cited', async () => {
    const { documents, problems, version } = await loadPolicy(samplePolicyFolder);
    expect(problems).toEqual([]);
    expect(documents.length).toBeGreaterThanOrEqual(12);
    expect(version).toMatch(/^\d{4}-\d\d-\d\d\+[0-9a-f]{8}$/);
    const visiting = documents.find(({ id }) => id === 'visiting-hours');
    expect(visiting && policyCitation(visiting, 'Children')).toBe(
      'Visiting hours, section "Children", version 3.2, effective 2026-03-01',
    );
  });

  it('hold one PDF, made by make-sample-pdf.ts, whose headings and paragraphs are read', async () => {
    expect(await readFile(join(samplePolicyFolder, 'meals-and-cafeteria.pdf'))).toEqual(samplePdf());
    const { documents } = await loadPolicy(samplePolicyFolder);
    const meals = documents.find(({ id }) => id === 'meals-and-cafeteria');
    expect(meals?.sections.map(({ heading }) => heading)).toEqual([
      'Cafeteria hours',
      'Coffee and vending machines',
      'Meals for patients',
      'Guest trays',
      'Food from home',
    ]);
    expect(meals?.sections[0]?.paragraphs).toEqual([
      'The cafeteria is on the ground floor of the main building and is open every day from 6:30 a.m. to 7:00 p.m. ' +
        'Hot meals are served from 11:00 a.m. to 2:00 p.m. and from 4:30 p.m. to 6:30 p.m.',
      'Visitors can pay by card or in cash.',
    ]);
  });

  it('hold one that has expired', async () => {
    const { documents } = await loadPolicy(samplePolicyFolder);
    const flu = documents.find(({ id }) => id === 'flu-shot-clinic-2025');
    expect(
      flu && ['2025-09-14', '2025-09-15', '2026-01-31', '2026-02-01'].map((day) => holdsOn(flu, day)),
    ).toEqual([false, true, true, false]);
  });
});

describe('a folder of documents', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'asterism-documents-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = (name: string, content: string | Buffer): Promise<void> =>
    writeFile(join(folder, name), content);

  it('is read with its folders, and without README.md and hidden files', async () => {
    await mkdir(join(folder, 'clinics'));
    await put('parking.md', good);
    await put('clinics/eye.md', good);
    await put('README.md', 'About these files.');
    await put('.draft.md', 'Not yet.');
    await put('notes.txt', 'Nothing for us.');
    const { documents, problems } = await loadPolicy(folder);
    expect(documents.map(({ id }) => id)).toEqual(['clinics/eye', 'parking']);
    expect(problems).toEqual([]);
  });

  it.each<[string, string, string | Buffer, RegExp]>([
    ['without a head', 'a.md', '# Parking\n\nText.\n', /a\.md: begin it with title, version/],
    ['with a head that is no YAML', 'a.md', '---\ntitle: [\n---\nText.\n', /a\.md: /],
    ['without a date', 'a.md', good.replace('effective: 2026-01-01\n', ''), /a\.md: effective: /],
    [
      'that ends before it begins',
      'a.md',
      good.replace('owner', 'until: 2025-01-01\nowner'),
      /a\.md: until: lies before/,
    ],
    [
      'with a field that is not known',
      'a.md',
      good.replace('owner', 'expires: 2027-01-01\nowner'),
      /expires/,
    ],
    ['without text', 'a.md', `---\n${head}---\n`, /a\.md: it holds no text/],
    ['that is no UTF-8', 'a.md', Buffer.from([0xff, 0xfe, 0x00]), /a\.md: .*encod|a\.md: .*valid/],
    ['in PDF without a head beside it', 'a.pdf', samplePdf(), /a\.pdf: write its title.* a\.pdf\.yaml/],
    ['with the name of another', 'parking.pdf', samplePdf(), /parking\.(pdf|md): .*same name/],
  ])('goes on without a document %s, and names it', async (_what, name, content, complaint) => {
    await put('good.md', good);
    if (name === 'parking.pdf') await put('parking.md', good);
    await put(name, content);
    const { documents, problems } = await loadPolicy(folder);
    expect(documents.map(({ id }) => id)).toEqual(['good']);
    for (const problem of problems) expect(problem.code).toBe('KNOWLEDGE_INVALID');
    expect(problems.map(({ message }) => message).join('\n')).toMatch(complaint);
  });

  it.each<[string, Buffer, RegExp]>([
    ['damaged', Buffer.from('%PDF-1.4 and nothing more'), /a\.pdf: /],
    ['encrypted', writePdf([{ text: 'Secret', sizePt: 11, gapPt: 0 }], { encrypted: true }), /a\.pdf: /],
    ['without text', writePdf([{ text: ' ', sizePt: 11, gapPt: 0 }]), /a\.pdf: it holds no text \(a scan/],
  ])('goes on without a PDF that is %s, and names it', async (_what, content, complaint) => {
    await put('good.md', good);
    await put('a.pdf', content);
    await put('a.pdf.yaml', head);
    const { documents, problems } = await loadPolicy(folder);
    expect(documents.map(({ id }) => id)).toEqual(['good']);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(complaint);
  });

  it('changes its version with every change', async () => {
    await put('parking.md', good);
    const { version } = await loadPolicy(folder);
    await put('parking.md', good.replace('Garage A', 'Garage B'));
    expect((await loadPolicy(folder)).version).not.toBe(version);
  });

  it('is refused when nothing in it can be used', async () => {
    await expect(loadPolicy(folder)).rejects.toThrow(
      /KNOWLEDGE_INVALID.*no \.md or \.pdf.*ASTERISM_POLICY_DIR/,
    );
    await put('a.md', 'No head.');
    await expect(loadPolicy(folder)).rejects.toThrow(/KNOWLEDGE_INVALID.*a\.md: begin it/);
    await expect(loadPolicy(join(folder, 'nowhere'))).rejects.toThrow(
      /KNOWLEDGE_INVALID.*ASTERISM_POLICY_DIR/,
    );
  });
});
