import type { PolicySection } from './schema.js';

/** A run of text on a page: its base line and its size, in points. */
interface Run {
  readonly text: string;
  readonly y: number;
  readonly sizePt: number;
}

interface Line {
  readonly text: string;
  readonly y: number;
  readonly sizePt: number;
}

/** A heading is at least so much larger than most of the text. */
const HEADING = 1.12;
/** Base lines further apart than so many sizes part two paragraphs. */
const PARAGRAPH_GAP = 1.6;

/**
 * Reads a PDF's text: larger lines are headings, gaps part paragraphs. Page numbers, and lines
 * that stand on most pages, are left out.
 * The library is loaded only when there is a PDF.
 * @throws Error when the file is damaged, encrypted, or holds pictures of text only
 */
export async function readPdf(bytes: Uint8Array): Promise<PolicySection[]> {
  const { getDocumentProxy } = await import('unpdf');
  const pdf = await getDocumentProxy(bytes, { verbosity: 0 });
  try {
    const pages: Line[][] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(
        linesOf(
          items.flatMap((item) => {
            if (!('str' in item)) return [];
            const [, , , sizePt = 0, , y = 0] = item.transform as number[];
            return [{ text: item.str, y, sizePt: Math.abs(sizePt) }];
          }),
        ),
      );
    }
    const sections = sectionsOf(withoutRunningLines(pages));
    if (sections.length === 0)
      throw new Error('it holds no text (a scan is a picture; recognise its text first)');
    return sections;
  } finally {
    await pdf.destroy();
  }
}

function linesOf(runs: readonly Run[]): Line[] {
  const lines: { text: string; y: number; sizePt: number }[] = [];
  for (const { text, y, sizePt } of runs) {
    const line = lines.at(-1);
    if (text.trim() === '') {
      // A run of nothing has the place and size of what follows it.
      if (line) line.text += ' ';
    } else if (line && Math.abs(line.y - y) < line.sizePt / 2) {
      line.text += text;
      line.sizePt = Math.max(line.sizePt, sizePt);
    } else lines.push({ text, y, sizePt });
  }
  return lines
    .map((line) => ({ ...line, text: line.text.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => !/^(?:page )?\d+(?: of \d+)?$/i.test(text));
}

/** A line that stands at one height on most of at least three pages is a header or a footer. */
function withoutRunningLines(pages: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  if (pages.length < 3) return pages;
  const placeOf = ({ text, y }: Line): string => `${Math.round(y)} ${text.replace(/\d+/g, '#')}`;
  const counts = new Map<string, number>();
  for (const place of pages.flatMap((lines) => [...new Set(lines.map(placeOf))]))
    counts.set(place, (counts.get(place) ?? 0) + 1);
  return pages.map((lines) => lines.filter((line) => (counts.get(placeOf(line)) ?? 0) * 2 <= pages.length));
}

function sectionsOf(pages: readonly (readonly Line[])[]): PolicySection[] {
  const bodyPt = usualSize(pages.flat());
  const sections: { heading: string; paragraphs: string[] }[] = [{ heading: '', paragraphs: [] }];
  for (const lines of pages) {
    let above: Line | undefined;
    for (const line of lines) {
      const isHeading = line.sizePt >= bodyPt * HEADING;
      const last = sections.at(-1);
      if (isHeading) {
        const goesOn = above !== undefined && above.sizePt === line.sizePt && last?.paragraphs.length === 0;
        if (goesOn) last.heading = `${last.heading} ${line.text}`.trim();
        else sections.push({ heading: line.text, paragraphs: [] });
      } else if (last) {
        const begins =
          above === undefined
            ? /[.!?:]$/.test(last.paragraphs.at(-1) ?? '.')
            : above.y - line.y > line.sizePt * PARAGRAPH_GAP || above.sizePt >= bodyPt * HEADING;
        const text = last.paragraphs.at(-1);
        if (begins || text === undefined) last.paragraphs.push(line.text);
        else last.paragraphs.splice(-1, 1, joined(text, line.text));
      }
      above = line;
    }
  }
  return sections.filter(({ paragraphs }) => paragraphs.length > 0);
}

/** A word that was broken at the end of a line is one word again. */
function joined(text: string, next: string): string {
  return /[a-z]-$/.test(text) && /^[a-z]/.test(next) ? text.slice(0, -1) + next : `${text} ${next}`;
}

/** The size in which most characters are set. */
function usualSize(lines: readonly Line[]): number {
  const characters = new Map<number, number>();
  for (const { text, sizePt } of lines) characters.set(sizePt, (characters.get(sizePt) ?? 0) + text.length);
  return [...characters].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}
