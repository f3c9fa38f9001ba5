import { describe, expect, it } from 'vitest';
import { writePdf, type PdfLine } from './fixtures/write-pdf.js';
import { readPdf } from './read-pdf.js';

const heading = (text: string): PdfLine => ({ text, sizePt: 16, gapPt: 12 });
const line = (text: string, gapPt = 0): PdfLine => ({ text, sizePt: 11, gapPt });
const read = (lines: readonly PdfLine[]): ReturnType<typeof readPdf> =>
  readPdf(new Uint8Array(writePdf(lines)));

describe('a PDF', () => {
  it('has headings of one line or two, and paragraphs', async () => {
    expect(
      await read([
        line('Before.'),
        heading('A long'),
        heading('heading'),
        line('One paragraph that is bro-'),
        line('ken into lines.'),
        line('Another one.', 10),
        heading('Next'),
        line('Its text (in parentheses).'),
      ]),
    ).toEqual([
      { heading: '', paragraphs: ['Before.'] },
      { heading: 'A long heading', paragraphs: ['One paragraph that is broken into lines.', 'Another one.'] },
      { heading: 'Next', paragraphs: ['Its text (in parentheses).'] },
    ]);
  });

  it('goes on over the end of a page, without what stands on every page', async () => {
    // A gap as high as a page begins the next one.
    const pages = ['First sentence and', 'the rest of it.', 'Third one.', 'Fourth one.'];
    const sections = await read(
      pages.flatMap((text, index) => [line(`Riverside ${index + 1}`, index === 0 ? 0 : 800), line(text, 20)]),
    );
    expect(sections).toEqual([
      { heading: '', paragraphs: ['First sentence and the rest of it.', 'Third one.', 'Fourth one.'] },
    ]);
  });

  it('without text is refused', async () => {
    await expect(read([line(' ')])).rejects.toThrow('holds no text');
  });
});
