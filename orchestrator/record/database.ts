/** One row; column names as in the query. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement of PostgreSQL's dialect; parameters are $1, $2, … */
export type Query = (text: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>;

/** The one small port behind which PGlite or PostgreSQL stands. */
export interface Database {
  /** Which of the two it is, for doctor and logs. */
  readonly kind: 'pglite' | 'postgresql';
  readonly query: Query;
  /** Runs work in one transaction; rolled back when it throws. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  /** Idempotent. */
  close(): Promise<void>;
}
