import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { chromium } from 'playwright-core'
import type { Sql } from 'postgres'
import { duplicatePairs } from '../../../src/features/tags/catalog/duplicatePairs.ts'
import { runAtOnce } from '../../../src/features/tags/catalog/matcher/steps.ts'
import { buildApp } from '../../app/buildApp.ts'
import { serveApp } from '../../app/serveApp.ts'
import { seedUsers } from '../../seed/users.ts'
import { chromiumLaunch } from '../../testing/chromiumLaunch.ts'
import type { Benchmark, BenchmarkOptions, BenchmarkRun } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { type OwnStack, startOwnStack } from '../ownStack.ts'
import { type BenchmarkResult, type Figure, result } from '../result.ts'
import { median, percentile } from '../statistics.ts'
import { FIGURES, type FigureName } from './figureNames.ts'
import { type CatalogSize, fillTags } from './fillTags.ts'
import { type MergeTimes, measureMerge } from './measureMerge.ts'
import { measureTable, type TableTimes, WORDS } from './measureTable.ts'

/** ms: what is felt as at once. */
const AT_ONCE = 100
const MERGE = 2000
const SIZE: CatalogSize = { tags: 100_000, songs: 50_000, both: 12_000 }
/** To see only that it works. */
const QUICK_SIZE: CatalogSize = { tags: 5000, songs: 2000, both: 500 }
const QUICK_WORDS = 3

/** The console for tags at 100,000 of them. */
export const adminBenchmark: Benchmark = { figures: FIGURES, atAnySize: [], run }

async function run({ runs, isQuick, report }: BenchmarkOptions): Promise<BenchmarkRun> {
  const folder = await mkdtemp(join(tmpdir(), 'songbook-app-'))
  const stack = await startOwnStack()
  try {
    report('Making tags and songs…')
    await buildApp(folder)
    const size = isQuick ? QUICK_SIZE : SIZE
    await fillTags(stack.sql, size)
    report('Merging, and undoing it…')
    const merge = await measureMerge(stack.sql, runs)
    report('Far down in the list…')
    const deep = await measureDeep(stack.sql, size.tags / 2)
    report('Looking for near duplicates…')
    const duplicates = await measureDuplicates(stack.sql)
    report('The list, in a browser…')
    const table = await inBrowser(stack, folder, isQuick ? WORDS.slice(0, QUICK_WORDS) : WORDS, runs)
    return { machine: await describeMachine(stack.sql), results: figuresOf(table, merge, deep, duplicates) }
  } finally {
    await stack.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function inBrowser(
  stack: OwnStack,
  folder: string,
  words: readonly string[],
  runs: number,
): Promise<TableTimes> {
  const app = await serveApp({ stack, port: 0, folder })
  const browser = await chromium.launch(await chromiumLaunch())
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const admin = (await seedUsers(stack)).find(({ role }) => role === 'admin')
    if (!admin) throw new Error('There is no admin.')
    await page.goto(`${app.url}/sign-in?next=/admin/tags`)
    await page.getByLabel('Email').fill(admin.email)
    await page.getByLabel('Password').fill(admin.password)
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('table').waitFor()
    return await measureTable(page, words, runs)
  } finally {
    await browser.close()
    await app.close()
  }
}

/** ms of a page in the middle of the list, by its key and by its number. */
async function measureDeep(sql: Sql, offset: number): Promise<{ byKey: number[]; byNumber: number[] }> {
  const times = { byKey: [] as number[], byNumber: [] as number[] }
  const [middle] = await sql<{ value: string; tie: string }[]>`
    select usage_count::text as value, id::text as tie from public.tags
    order by usage_count desc, id offset ${offset} limit 1`
  if (!middle) throw new Error('There is no middle.')
  for (let run = 0; run < 40; run++) {
    const begin = performance.now()
    await sql`
      select public.list_tags(p_sort => 'songs', p_descending => true, p_from => ${sql.json({ ...middle })})`
    const between = performance.now()
    await sql`select * from public.tags order by usage_count desc, id offset ${offset} limit 50`
    times.byKey.push(between - begin)
    times.byNumber.push(performance.now() - between)
  }
  return times
}

/** ms to look all tags through. */
async function measureDuplicates(sql: Sql): Promise<number> {
  const tags = await sql<{ id: string; name: string; usage: number }[]>`
    select id, name, usage_count::integer as usage from public.tags`
  const begin = performance.now()
  runAtOnce(
    duplicatePairs(
      tags.map((tag) => ({ ...tag, category: 'theme', colour: null, isStandard: false, synonyms: [] })),
      () => undefined,
    ),
  )
  return performance.now() - begin
}

function figuresOf(
  table: TableTimes,
  merge: MergeTimes,
  deep: { byKey: number[]; byNumber: number[] },
  duplicates: number,
): BenchmarkResult[] {
  return named([
    atOnce('admin.sort.p95', table.sort),
    atOnce('admin.next.p95', table.next),
    atOnce('admin.last.p95', table.last),
    atOnce('admin.kind.p95', table.kind),
    atOnce('admin.find.p95', table.find),
    {
      ...atOnce('admin.list.deep.p95', deep.byKey),
      peer: { name: 'offset', value: percentile(deep.byNumber, 0.95) },
    },
    {
      name: 'admin.merge',
      value: median(merge.merge),
      unit: 'ms',
      target: MERGE,
      peer: { name: 'bare UPDATE', value: median(merge.bare) },
    },
    { name: 'admin.unmerge', value: median(merge.unmerge), unit: 'ms', target: MERGE },
    { name: 'admin.reader.slowest', value: Math.max(...merge.reader), unit: 'ms', target: AT_ONCE },
    { name: 'admin.duplicates', value: duplicates, unit: 'ms' },
  ])
}

function atOnce(name: FigureName, samples: readonly number[]): NamedFigure {
  return { name, value: percentile(samples, 0.95), unit: 'ms', target: AT_ONCE }
}

interface NamedFigure extends Figure {
  name: FigureName
}

function named(figures: readonly NamedFigure[]): BenchmarkResult[] {
  return figures.map(result)
}
