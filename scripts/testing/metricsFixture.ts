import { cellOf } from '../../src/features/tags/monitoring/sketchCells.ts'
import type { TestDatabase } from './testDatabase.ts'

type Measured = [metric: string, label: string, count: number, errors: number, times: number[]]

/** One day of a songbook in use: each half hour like the one before, only that searches are slow. */
export async function addMetrics({ sql }: TestDatabase): Promise<void> {
  const measured: Measured[] = [
    ['tags.autocomplete', 'local', 200, 0, [2, 3, 3, 4, 4, 5, 6, 9, 14, 40]],
    ['songs.search', 'server', 100, 2, [60, 70, 80, 90, 110, 120, 140, 180, 240, 600]],
    ['mutation', 'song.tag', 100, 0, [50, 60, 90]],
    ['tags.cache.read', 'memory', 140, 0, []],
    ['tags.cache.read', 'indexeddb', 40, 0, []],
    ['tags.cache.read', 'none', 20, 0, []],
    ['web.lcp', '', 20, 0, [900, 1200, 2900]],
    ['web.inp', '', 20, 0, [40, 90, 150]],
    ['web.cls', '', 20, 0, [0.01, 0.02, 0.05]],
    ['web.fcp', '', 20, 0, [500, 700, 900]],
    ['web.ttfb', '', 20, 0, [30, 60, 90]],
  ]
  for (const [metric, label, count, errors, times] of measured) {
    const cells = [...new Set(times.map(cellOf))].toSorted((a, b) => a - b)
    const counts = cells.map(
      (cell) => times.filter((time) => cellOf(time) === cell).length * (1 + count / 100),
    )
    await sql`
      insert into tag_monitoring.bucket (at, metric, label, count, errors, cells, counts)
      select date_trunc('minute', now()) - make_interval(mins => 30 * n), ${metric}, ${label}, ${count}, ${errors},
        ${cells}, ${counts} from generate_series(0, 46) as n where n % 13 <> 5`
  }
  await sql`
    insert into tag_monitoring.tag_use (hour, tag_id, label, uses)
    select date_trunc('hour', now(), 'utc') - make_interval(hours => n), t.id, u.label, u.uses + n % 4
    from (values ('Grace', 'added', 8), ('Grace', 'filtered', 12), ('Mercy', 'added', 3), ('Hope', 'filtered', 5),
      ('Advent', 'added', 2), ('Christmas', 'filtered', 2), ('Hope', 'removed', 1)) as u (name, label, uses)
    join public.tags as t on t.name = u.name cross join generate_series(0, 20) as n
    where u.name <> 'Advent' or n < 3`
  await sql`
    insert into tag_monitoring.tag_use (hour, tag_id, label, uses)
    select date_trunc('hour', now(), 'utc') - interval '30 hours', t.id, 'added', b.uses
    from (values ('Grace', 470), ('Mercy', 110), ('Hope', 60)) as b (name, uses) join public.tags as t on t.name = b.name`
  const today = sql`(now() at time zone 'utc')::date`
  await sql`
    insert into tag_monitoring.search_pattern (day, text, searches, unfound) values
      (${today}, 'thanksgifing feast', 9, 7), (${today}, 'grace', 41, 0), (${today}, '=cmd(''x'')', 4, 0),
      (${today}, 'harvest festival', 6, 3), (${today}, 'merrcy', 3, 2)`
  const notice = (kind: string, minutesAgo: number, facts: object) =>
    JSON.stringify({
      rule: 'search-slow',
      kind,
      at: Date.now() - minutesAgo * 60_000,
      since: Date.now() - 95 * 60_000,
      value: 640,
      worst: 640,
      samples: 58,
      ...facts,
    })
  await sql`
    insert into tag_monitoring.alert_notice (notice, delivered, settled_at) values
      (${notice('raised', 95, {})}::text::jsonb, '{console,webhook}', now()),
      (${notice('resolved', 70, { value: 210, worst: 810 })}::text::jsonb, '{console}', null)`
  await sql`update tag_monitoring.alert_memory set looked_at = now()`
}

export async function removeMetrics({ sql }: TestDatabase): Promise<void> {
  await sql`
    truncate tag_monitoring.bucket, tag_monitoring.tag_use, tag_monitoring.search_pattern, tag_monitoring.alert_notice`
}
