import type { Sql } from 'postgres'
import type { MigrationPlan } from '../../src/features/tags/migration/types.ts'
import { runnerFor } from './migrationFixture.ts'
import type { TestDatabase } from './testDatabase.ts'

export interface SongSeen {
  /** As Postgres writes it: NULL, `{}`, NULL elements and blanks show. */
  themes: string | null
  /** The names of its tags, sorted. */
  tags: string[]
  version: number
}

/** What old and new clients see of a song. */
export async function seeSong(sql: Sql, id: string): Promise<SongSeen | undefined> {
  const [song] = await sql<SongSeen[]>`
    select s.themes::text as themes, s.version, array(
      select t.name from public.song_tags as l join public.tags as t on t.id = l.tag_id
      where l.song_id = s.id order by t.name collate "C"
    ) as tags
    from public.songs as s where s.id = ${id}`
  return song
}

/** @returns the run's id */
export async function migrate(database: TestDatabase): Promise<string> {
  const result = await runnerFor(database).run()
  if (result.phase !== 'complete') throw new Error(`The migration ended ${result.phase}`)
  return result.runId ?? ''
}

/** Migrates by a plan whose proposals (splits and misspellings) a person has accepted. */
export async function migrateAsProposed(database: TestDatabase): Promise<void> {
  await runnerFor(database, { plan: await planAsProposed(database) }).run()
}

/** The plan of the songs as they are, with every proposal accepted. */
export async function planAsProposed(database: TestDatabase): Promise<MigrationPlan> {
  const { plan } = await runnerFor(database).preview()
  return { ...plan, entries: plan.entries.map((entry) => ({ ...entry, accept: entry.proposal !== null })) }
}

/** A run that was interrupted before its first batch: the sync is on, and no song is migrated. */
export async function beginMigration(database: TestDatabase): Promise<string> {
  const stop = new AbortController()
  const result = await runnerFor(database, {
    plan: await planAsProposed(database),
    signal: stop.signal,
    progressCallback: ({ phase }) => phase === 'migrating' && stop.abort(),
  }).run()
  if (result.phase !== 'paused') throw new Error(`The migration ended ${result.phase}`)
  return result.runId ?? ''
}

/** The id of the tag that has this name or synonym. */
export async function tagNamed(sql: Sql, name: string): Promise<string> {
  const [tag] = await sql<{ tag_id: string }[]>`
    select n.tag_id from public.tag_names as n where n.normalized_name = public.normalize_tag_name(${name})`
  if (tag === undefined) throw new Error(`No tag is called ${name}.`)
  return tag.tag_id
}

/** Everything that is out of step: I1, I2 and the usage counts; empty when all is well. */
export function outOfStep(sql: Sql): Promise<{ problem: string; id: string }[]> {
  return sql<{ problem: string; id: string }[]>`
    select 'I1: seen is not themes' as problem, st.song_id as id
    from tag_migration.song_state as st left join public.songs as s on s.id = st.song_id
    where s.id is null or st.seen is distinct from s.themes
    union all
    select 'I2: links are not the roots of yields and extra', st.song_id
    from tag_migration.song_state as st
    where array(select l.tag_id from public.song_tags as l where l.song_id = st.song_id order by 1) <> array(
      select distinct coalesce(t.merged_into, t.id)
      from unnest(st.yields || st.extra) as u (tag_id) left join public.tags as t on t.id = u.tag_id order by 1
    )
    union all
    select 'a yield of no element', st.song_id from tag_migration.song_state as st
    where exists (select from unnest(st.yield_positions) as p where p not between 1 and coalesce(cardinality(st.seen), 0))
    union all
    select 'usage_count', t.id from public.tags as t
    where t.usage_count <> (select count(*) from public.song_tags as l where l.tag_id = t.id)
    union all
    select 'linked although merged', t.id from public.tags as t
    where t.merged_into is not null and exists (select from public.song_tags as l where l.tag_id = t.id)`
}
