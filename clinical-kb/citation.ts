import { z } from 'zod';

/** Where a fact comes from, so that a nurse can look it up. */
export const citation = z.strictObject({
  /** Who says it: a label, a guideline, a public page; with its address where there is one. */
  source: z.string().min(3),
  /** Where in it, for example "7.1" of a label or a heading. */
  section: z.string().min(1).optional(),
  /** Year of the edition, when the source has one. */
  year: z.number().int().min(1950).max(2100).optional(),
  /** YYYY-MM-DD: when the fact was written with this source named. It says nothing about a comparison. */
  written: z.iso.date(),
  /** YYYY-MM-DD: when somebody compared every fact that cites this with the source's own text; else left out. */
  checked: z.iso.date().optional(),
});
export type Citation = z.infer<typeof citation>;

/** A citation as one line of text, for the citation field of a Fact. */
export function citationText(of: Citation): string {
  const section = of.section === undefined ? '' : `, ${of.section}`;
  const year = of.year === undefined ? '' : ` (${of.year})`;
  return `${of.source}${section}${year}`;
}

/**
 * The shape of one fact. It names its source in `cite`, either as a key of the file's `sources` or
 * as a whole citation; a fact without one does not pass.
 */
export function citedFact<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodObject<Shape & { cite: z.ZodUnion<[z.ZodString, typeof citation]> }, z.core.$strict> {
  return z.strictObject({ ...shape, cite: z.union([z.string().min(1), citation]) }) as never;
}

/** The shape of a whole knowledge file: its version, the sources that its facts name, and its own fields. */
export function knowledgeFile<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodObject<
  { version: z.ZodString; sources: z.ZodRecord<z.ZodString, typeof citation> } & Shape,
  z.core.$strict
> {
  return z.strictObject({
    version: z.string().min(1),
    sources: z.record(z.string(), citation),
    ...shape,
  });
}

/** The citation that a fact names. @throws never for a file that the loader accepted */
export function citationOf(sources: Readonly<Record<string, Citation>>, cite: string | Citation): Citation {
  if (typeof cite !== 'string') return cite;
  const found = sources[cite];
  if (!found) throw new RangeError(`no source "${cite}"`);
  return found;
}
