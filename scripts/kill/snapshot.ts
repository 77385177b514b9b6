import type { Sql } from 'postgres'

/** Everything that a migration touches or must not touch, each row as a line of text by its key; no ids of tags. */
export interface Snapshot {
  /** By song: themes in three ways of writing (NULL, `{}`, blanks, order and dimensions show), version, time of change. */
  songs: ReadonlyMap<string, string>
  /** By song: the names of its tags, and whether the migration made the link. */
  tags: ReadonlyMap<string, string>
  /** By song: what each theme yields. */
  states: ReadonlyMap<string, string>
  /** By name: what a tag is and how often it is used. */
  catalogue: ReadonlyMap<string, string>
}

interface Line {
  key: string
  line: string
}

/** Reads all of it, each part in a statement of its own: nothing may be under way. */
export async function takeSnapshot(sql: Sql): Promise<Snapshot> {
  return {
    songs: byKey(
      await sql`
      select s.id::text as key, concat_ws(' | ',
        coalesce(s.themes::text, 'NULL'), coalesce(array_dims(s.themes), '-'), coalesce(to_json(s.themes)::text, 'null'),
        s.version, s.updated_at) as line
      from public.songs as s`,
    ),
    tags: byKey(
      await sql`
      select l.song_id::text as key, string_agg(t.name, ' | ' order by t.normalized_name collate "C") as line
      from public.song_tags as l join public.tags as t on t.id = l.tag_id group by l.song_id`,
    ),
    states: byKey(
      await sql`
      select s.song_id::text as key, concat_ws(' | ', s.seen::text, s.yield_positions::text, (
          select string_agg(t.name, ',' order by y.place)
          from unnest(s.yields) with ordinality as y (tag_id, place) join public.tags as t on t.id = y.tag_id
        ), (
          select string_agg(t.name, ',' order by t.normalized_name collate "C")
          from unnest(s.extra) as x (tag_id) join public.tags as t on t.id = x.tag_id
        )) as line
      from tag_migration.song_state as s`,
    ),
    catalogue: byKey(
      await sql`
      select t.name as key,
        concat_ws(' | ', t.category, t.is_standard, t.needs_review, t.merged_into is not null, t.usage_count) as line
      from public.tags as t`,
    ),
  }
}

/** What differs, a few examples each; empty when nothing does. */
export function differences(expected: Snapshot, actual: Snapshot): string[] {
  return (['songs', 'tags', 'states', 'catalogue'] as const).flatMap((part) =>
    mapDifferences(part, expected[part], actual[part]),
  )
}

const EXAMPLES = 3

function mapDifferences(
  part: string,
  expected: ReadonlyMap<string, string>,
  actual: ReadonlyMap<string, string>,
): string[] {
  const keys = new Set([...expected.keys(), ...actual.keys()])
  const differing = [...keys].filter((key) => expected.get(key) !== actual.get(key))
  if (differing.length === 0) return []
  const examples = differing
    .slice(0, EXAMPLES)
    .map((key) => `${key}: expected ${expected.get(key)}, found ${actual.get(key)}`)
  return [`${differing.length} ${part} differ, such as ${examples.join('; ')}`]
}

function byKey(rows: readonly Line[]): Map<string, string> {
  return new Map(rows.map(({ key, line }) => [key, line]))
}
