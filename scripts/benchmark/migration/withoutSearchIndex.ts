import type { Sql } from 'postgres'

const TRIGGERS = { songs: 'index_new_songs', arrangements: 'index_new_arrangements' } as const

/**
 * Fills the songbook and leaves the search's index empty: no contender reads or writes it, and it would take most of the time.
 * @param sql as the superuser
 */
export async function withoutSearchIndex<Filled>(sql: Sql, fill: () => Promise<Filled>): Promise<Filled> {
  const switchTo = async (state: 'disable' | 'enable') => {
    for (const [table, trigger] of Object.entries(TRIGGERS))
      await sql.unsafe(`alter table public.${table} ${state} trigger ${trigger}`)
  }
  await switchTo('disable')
  try {
    return await fill()
  } finally {
    await switchTo('enable')
  }
}
