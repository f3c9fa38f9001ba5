import { z } from 'zod';

/** What an organisation says of a document: at the head of a Markdown file, or in NAME.pdf.yaml beside a PDF. */
export const documentHead = z
  .strictObject({
    /** As it is cited to a nurse. */
    title: z.string().min(3),
    /** The organisation's own version; write it in quotes. */
    version: z.string().min(1),
    /** YYYY-MM-DD: the first day on which it holds. */
    effective: z.iso.date(),
    /** YYYY-MM-DD: the last day on which it holds; without it, until it is replaced. */
    until: z.iso.date().optional(),
    /** Who answers for it. */
    owner: z.string().min(1),
  })
  .refine(({ effective, until }) => until === undefined || until >= effective, {
    path: ['until'],
    message: 'lies before effective',
  });
export type DocumentHead = z.infer<typeof documentHead>;

/** A part of a document under one heading. */
export interface PolicySection {
  /** The document's title where text stands before the first heading. */
  readonly heading: string;
  /** Plain text; a row of a table or an item of a list is a paragraph of its own. */
  readonly paragraphs: readonly string[];
}

export interface PolicyDocument extends DocumentHead {
  /** Path in the folder without its ending, for example "visiting-hours". */
  readonly id: string;
  readonly sections: readonly PolicySection[];
}

/** Whether a document holds on a day (YYYY-MM-DD). */
export function holdsOn({ effective, until }: DocumentHead, day: string): boolean {
  return effective <= day && (until === undefined || day <= until);
}

/** A passage's source as one line: who says it, where, which version, since when. */
export function policyCitation({ title, version, effective }: DocumentHead, heading: string): string {
  return `${title}, section "${heading}", version ${version}, effective ${effective}`;
}
