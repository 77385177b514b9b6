import type { Sql } from 'postgres'

/** What is in the songbook, counted in the database. */
export interface SongsSummary {
  songs: number
  arrangements: number
  /** Songs whose themes are NULL. */
  nullThemes: number
  /** Songs whose themes are `{}`. */
  emptyThemes: number
  /** Elements of all arrays that are not NULL. */
  themeMentions: number
  /** Different spellings, to the byte. */
  distinctThemes: number
  mostCommon: { theme: string; mentions: number }[]
}

/** Counts what the songbook holds now; a full scan. */
export async function summarizeSongs(sql: Sql): Promise<SongsSummary> {
  const [counts] = await sql<Pick<SongsSummary, 'songs' | 'arrangements' | 'nullThemes' | 'emptyThemes'>[]>`
    select count(*)::int as songs,
      (select count(*)::int from public.arrangements) as arrangements,
      count(*) filter (where s.themes is null)::int as "nullThemes",
      count(*) filter (where cardinality(s.themes) = 0)::int as "emptyThemes"
    from public.songs as s`
  const themes = await sql<{ theme: string; mentions: number; distinct: number; total: number }[]>`
    select t.theme, count(*)::int as mentions,
      (count(*) over ())::int as distinct, (sum(count(*)) over ())::int as total
    from public.songs as s cross join lateral unnest(s.themes) as t (theme)
    where t.theme is not null
    group by t.theme
    order by mentions desc, t.theme collate "C"
    limit 3`
  return {
    ...(counts ?? { songs: 0, arrangements: 0, nullThemes: 0, emptyThemes: 0 }),
    themeMentions: themes[0]?.total ?? 0,
    distinctThemes: themes[0]?.distinct ?? 0,
    mostCommon: themes.map(({ theme, mentions }) => ({ theme, mentions })),
  }
}

/** The summary as lines for people, their numbers aligned. */
export function formatSummary(summary: SongsSummary): string {
  const rows: (readonly [label: string, count: number, remark?: string])[] = [
    ['songs', summary.songs],
    ['with NULL themes', summary.nullThemes],
    ['with empty themes', summary.emptyThemes],
    ['arrangements', summary.arrangements],
    ['theme mentions', summary.themeMentions],
    ['distinct themes', summary.distinctThemes],
    ...summary.mostCommon.map(
      ({ theme, mentions }, index) => [index === 0 ? 'most common' : '', mentions, printable(theme)] as const,
    ),
  ]
  const labelWidth = Math.max(...rows.map(([label]) => label.length))
  const counts = rows.map(([, count]) => count.toLocaleString('en'))
  const countWidth = Math.max(...counts.map((count) => count.length))
  return rows
    .map(([label, , remark], index) =>
      `${label.padEnd(labelWidth)}  ${counts[index]?.padStart(countWidth)}  ${remark ?? ''}`.trimEnd(),
    )
    .join('\n')
}

/** In quotes, with everything escaped that could move the cursor, reorder the line or hide. */
function printable(theme: string): string {
  return JSON.stringify(theme).replace(
    /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
}
