import type { Sql } from 'postgres'

/** What the engine comes with, as opposed to what it remembers. */
const KEPT_TABLES = ['transition', 'sync']

/**
 * Brings the database back to where no migration was: empty files instead of dead rows, and the planner knows as little
 * of them as on a first day. It pays what is owed, too: without the vacuum and the checkpoint each contender would clean
 * up after the one before.
 * @param sql as the superuser: nobody else may forget statistics or order a checkpoint
 */
export async function resetMigration(sql: Sql): Promise<void> {
  const engine = await sql<{ name: string }[]>`
    select tablename as name from pg_catalog.pg_tables
    where schemaname = 'tag_migration' and not tablename = any (${KEPT_TABLES})`
  const tables = ['public.song_tags', ...engine.map(({ name }) => `tag_migration.${name}`)]
  await sql.unsafe(`truncate ${tables.join(', ')}`)
  await sql`delete from pg_catalog.pg_statistic where starelid = any (${tables}::text[]::regclass[])`
  await sql`update tag_migration.sync set is_on = false`
  await sql`delete from public.tags where not is_standard`
  await sql`update public.tags set usage_count = 0 where usage_count <> 0`
  await sql`vacuum full public.tags`
  await sql`vacuum full public.tag_names`
  await sql`vacuum (analyze) public.songs, public.tags, public.tag_names`
  await sql`checkpoint`
}

/** Takes the songs away too. */
export async function removeSongs(sql: Sql): Promise<void> {
  await resetMigration(sql)
  // With all that refers to a song; and last of all. Were the empty table analyzed, the planner would have each insert's triggers read
  // all of it while it fills.
  await sql`truncate public.songs cascade`
}
