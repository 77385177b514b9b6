import { performance } from 'node:perf_hooks'
import type { Sql, TransactionSql } from 'postgres'
import { FROM, INTO } from './fillTags.ts'

/** ms, one of each a run. */
export interface MergeTimes {
  merge: number[]
  unmerge: number[]
  /** The same links moved by one bare UPDATE. */
  bare: number[]
  /** The slowest answer to a reader while the merge was under way. */
  reader: number[]
}

/** Merges and undoes, as often as asked, with somebody reading the same tags all the while. */
export async function measureMerge(sql: Sql, runs: number): Promise<MergeTimes> {
  const times: MergeTimes = { merge: [], unmerge: [], bare: [], reader: [] }
  const [tags] = await sql<{ from: string; into: string }[]>`
    select (select id from public.tags where name = ${FROM}) as from, (select id from public.tags where name = ${INTO}) as into`
  if (!tags) throw new Error('The tags are not there.')
  const { from, into } = tags
  for (let run = 0; run < runs; run++) {
    times.bare.push(await takenBack(sql, (transaction) => moveBare(transaction, from, into)))
    const reading = { goesOn: true }
    const reader = readOn(sql, from, reading)
    const begin = performance.now()
    await sql`select public.merge_many_tags(array[${from}::uuid], ${into})`
    times.merge.push(performance.now() - begin)
    reading.goesOn = false
    times.reader.push(await reader)
    const undo = performance.now()
    await sql`select public.unmerge_tag(${from})`
    times.unmerge.push(performance.now() - undo)
    await sql`vacuum analyze public.song_tags`
  }
  return times
}

async function moveBare(sql: TransactionSql, from: string, into: string): Promise<void> {
  await sql`set local session_replication_role = replica`
  await sql`
    update public.song_tags as l set tag_id = ${into}
    where l.tag_id = ${from}
      and not exists (select from public.song_tags as r where r.song_id = l.song_id and r.tag_id = ${into})`
  await sql`delete from public.song_tags where tag_id = ${from}`
}

/** ms that it took; nothing of it stays. */
async function takenBack(sql: Sql, act: (sql: TransactionSql) => Promise<void>): Promise<number> {
  const done = new Error('Taken back.')
  let ms = 0
  try {
    await sql.begin(async (transaction) => {
      const begin = performance.now()
      await act(transaction)
      ms = performance.now() - begin
      throw done
    })
  } catch (error) {
    if (error !== done) throw error
  }
  return ms
}

/** The slowest of what a reader of a tag asks, one thing after the other. */
async function readOn(sql: Sql, tag: string, reading: { goesOn: boolean }): Promise<number> {
  let slowest = 0
  while (reading.goesOn) {
    const begin = performance.now()
    await sql`
      select s.id, s.title from public.song_tags as l join public.songs as s on s.id = l.song_id
      where l.tag_id = ${tag} order by s.id limit 50`
    await sql`select t.name, t.usage_count from public.tags as t where t.id = ${tag}`
    slowest = Math.max(slowest, performance.now() - begin)
  }
  return slowest
}
