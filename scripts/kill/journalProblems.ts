import type { Sql } from 'postgres'

/** What must hold of the engine's own records after a run that ended, however it got there. @returns what does not */
export async function journalProblems(sql: Sql): Promise<string[]> {
  const rows = await sql<{ problem: string; rows: number }[]>`
    with run as (select r.id from tag_migration.run as r order by r.started_at desc limit 1),
    entry as (select j.* from tag_migration.journal as j join run as r on r.id = j.run_id)
    select p.problem, p.rows::integer as rows from (
      select 'songs without a journal entry' as problem, count(*) as rows
      from public.songs as s where not exists (select from entry as e where e.song_id = s.id)
      union all
      select 'songs without a state', count(*)
      from public.songs as s where not exists (select from tag_migration.song_state as t where t.song_id = s.id)
      union all
      select 'before-images that differ from the themes', count(*)
      from entry as e join public.songs as s on s.id = e.song_id
      where e.themes is distinct from s.themes or array_dims(e.themes) is distinct from array_dims(s.themes)
      union all
      select 'journal entries of no batch', count(*)
      from entry as e where not exists (select from tag_migration.batch as b where b.number = e.batch and b.run_id = e.run_id)
      union all
      select 'batches that count other songs than their journal entries', count(*)
      from tag_migration.batch as b join run as r on r.id = b.run_id
      where b.songs <> (select count(*) from entry as e where e.batch = b.number)
      union all
      select 'batches that count other links than their journal entries', count(*)
      from tag_migration.batch as b join run as r on r.id = b.run_id
      where b.links <> (select coalesce(sum(cardinality(e.linked)), 0) from entry as e where e.batch = b.number)
      union all
      select 'batches whose links are not yet counted', count(*) from tag_migration.batch as b where not b.is_folded
      union all
      select 'entries that are owed to usage counts', count(*) from tag_migration.usage_owed
      union all
      select 'tags whose usage count is wrong', count(*)
      from public.tags as t
      where t.usage_count <> (select count(*) from public.song_tags as l where l.tag_id = t.id)
      union all
      select 'runs beside the one', count(*) - 1 from tag_migration.run as r where r.status <> 'rolled_back'
      union all
      select 'songs in quarantine', count(*) from tag_migration.quarantine as q
    ) as p
    where p.rows <> 0`
  return rows.map((row) => `${row.rows} ${row.problem}`)
}
