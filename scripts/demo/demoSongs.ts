import type { Sql } from 'postgres'
import { makeSong } from '../seed/makeSongs.ts'

/** The default of `npm run seed`, so that the demo's songs are those that its command makes. */
export const DEMO_RANDOM_SEED = '1'

const IDS_PER_QUERY = 10_000

/** What a database holds, for deciding whether a demo may throw it away. */
export type Songbook = 'empty' | 'demo' | 'somebody’s'

/** Whether every song there is one that a demo made. */
export async function whoseSongs(sql: Sql): Promise<Songbook> {
  const [row] = await sql<{ songs: number }[]>`select count(*)::int as songs from public.songs`
  const songs = row?.songs ?? 0
  if (songs === 0) return 'empty'
  let found = 0
  for (let first = 0; first < songs; first += IDS_PER_QUERY) {
    const count = Math.min(IDS_PER_QUERY, songs - first)
    const ids = Array.from({ length: count }, (_, place) => makeSong(DEMO_RANDOM_SEED, first + place).song.id)
    const [known] = await sql<{ songs: number }[]>`
      select count(*)::int as songs from public.songs where id = any (${ids})`
    found += known?.songs ?? 0
  }
  return found === songs ? 'demo' : 'somebody’s'
}
