import type { Database, Query } from './database.js';

/** One step of the schema, once released never changed. */
interface Migration {
  readonly name: string;
  /** One statement each: a prepared statement holds no more. */
  readonly statements: readonly string[];
}

const migrations: readonly Migration[] = [
  {
    name: '0001-call-events',
    statements: [
      `create table call_events (
         call_id text not null,
         sequence integer not null check (sequence > 0),
         recorded_at_ms bigint not null,
         type text not null,
         payload jsonb not null,
         primary key (call_id, sequence)
       )`,
      `create index call_events_boundaries on call_events (type, recorded_at_ms)
         where type in ('call-started', 'call-ended')`,
    ],
  },
];

/** Any constant; all versions of the project must use the same. */
const MIGRATION_LOCK = 4_811_202_600;

/** Brings the schema to this version. Several processes may start at once: one migrates, the others wait. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1::bigint)', [MIGRATION_LOCK]);
    await query(
      `create table if not exists schema_migrations (
         name text primary key,
         applied_at timestamptz not null default now()
       )`,
    );
    const applied = new Set((await query('select name from schema_migrations')).map((row) => row['name']));
    for (const migration of migrations) {
      if (!applied.has(migration.name)) await apply(migration, query);
    }
  });
}

async function apply(migration: Migration, query: Query): Promise<void> {
  for (const statement of migration.statements) await query(statement);
  await query('insert into schema_migrations (name) values ($1)', [migration.name]);
}
