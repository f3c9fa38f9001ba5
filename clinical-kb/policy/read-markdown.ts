import { marked, type Token, type Tokens } from 'marked';
import { parse } from 'yaml';
import type { PolicySection } from './schema.js';

/** A Markdown file taken apart. */
export interface ReadMarkdown {
  /** What stands between the two lines of --- at the head; undefined without them. */
  readonly head: unknown;
  readonly sections: readonly PolicySection[];
}

/**
 * Reads headings, paragraphs, lists and tables as plain text; code, pictures and HTML are left out.
 * @throws YAMLParseError when the head is no YAML
 */
export function readMarkdown(text: string): ReadMarkdown {
  const parts = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(text);
  const head = parts?.[1];
  const body = parts?.[2] ?? text;
  const sections: { heading: string; paragraphs: string[] }[] = [];
  const here = (): string[] => {
    const last = sections.at(-1) ?? { heading: '', paragraphs: [] };
    if (sections.length === 0) sections.push(last);
    return last.paragraphs;
  };
  for (const token of marked.lexer(body)) {
    if (token.type === 'heading') {
      sections.push({ heading: plain((token as Tokens.Heading).tokens).trim(), paragraphs: [] });
      continue;
    }
    const paragraphs = here();
    const items = paragraphsOf(token);
    const last = paragraphs.at(-1) ?? '';
    // "Bring these:" and the fragments of a list are one sentence.
    if (token.type === 'list' && last.endsWith(':') && items.every((item) => !/[.!?]$/.test(item)))
      paragraphs.splice(-1, 1, `${last} ${items.join(', ')}.`);
    else paragraphs.push(...items);
  }
  return {
    head: head === undefined ? undefined : (parse(head) as unknown),
    sections: sections.filter(({ paragraphs }) => paragraphs.length > 0),
  };
}

function paragraphsOf(token: Token): string[] {
  switch (token.type) {
    case 'paragraph':
    case 'text':
      return nonEmpty([plain(token.tokens ?? []).trim()]);
    case 'blockquote':
      return (token.tokens ?? []).flatMap(paragraphsOf);
    case 'list':
      return (token as Tokens.List).items.flatMap((item) =>
        nonEmpty([item.tokens.flatMap(paragraphsOf).join(' ')]),
      );
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      const names = header.map(({ tokens }) => plain(tokens).trim());
      return rows.map((row) =>
        tableRow(
          names,
          row.map(({ tokens }) => plain(tokens).trim()),
        ),
      );
    }
    default:
      return [];
  }
}

/** A row read aloud: "Emergency room: copay $150, due at check-in." */
function tableRow(names: readonly string[], [subject = '', ...cells]: readonly string[]): string {
  const said = cells.flatMap((cell, index) =>
    cell === '' ? [] : [`${names[index + 1] ?? ''} ${cell}`.trim()],
  );
  return `${subject}: ${said.join(', ')}.`;
}

function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token): string => {
      const inner = (token as { readonly tokens?: readonly Token[] }).tokens;
      switch (token.type) {
        case 'image':
        case 'html':
          return '';
        case 'br':
          return ' ';
        case 'text':
        case 'escape':
        case 'codespan':
          return inner ? plain(inner) : entitiesRead((token as Tokens.Text).text);
        default:
          return inner ? plain(inner) : '';
      }
    })
    .join('')
    .replace(/\s+/g, ' ');
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

function entitiesRead(text: string): string {
  return text.replace(/&(#39|[a-z]+);/g, (whole, name: string) => entities[name] ?? whole);
}

function nonEmpty(texts: readonly string[]): string[] {
  return texts.filter((text) => text !== '');
}
