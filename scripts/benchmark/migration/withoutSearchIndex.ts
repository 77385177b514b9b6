import type { Sql } from 'postgres'

/**
 * Fills the songbook and leaves the search's index empty: no contender reads or writes it, and it would take most of the time.
 * @param sql as the superuser
 */
export async function withoutSearchIndex<Filled>(sql: Sql, fill: () => Promise<Filled>): Promise<Filled> {
  const triggers = await sql<{ name: string; table: string }[]>`
    select quote_ident(tgname) as name, tgrelid::regclass::text as "table"
    from pg_trigger
    join pg_proc on pg_proc.oid = tgfoid
    where pronamespace = 'song_search'::regnamespace and tgrelid in ('public.songs'::regclass, 'public.arrangements'::regclass)`
  const switchTo = async (state: 'disable' | 'enable') => {
    for (const { table, name } of triggers) await sql.unsafe(`alter table ${table} ${state} trigger ${name}`)
  }
  await switchTo('disable')
  try {
    return await fill()
  } finally {
    await switchTo('enable')
  }
}
