import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { ReservedSql, Sql } from 'postgres'
import type { Database } from '../../../src/lib/database.types.ts'
import { SeededRandom } from '../../seed/seededRandom.ts'
import type { SongFilter } from '../../testing/plainSearch.ts'
import type { Benchmark, BenchmarkOptions, BenchmarkRun } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { type OwnStack, startOwnStack } from '../ownStack.ts'
import { type Figure, result } from '../result.ts'
import { median, percentile } from '../statistics.ts'
import { FIGURES, type FigureName } from './figureNames.ts'
import { fillSongbook } from './fillSongbook.ts'
import { type Counted, searchPlainly } from './peerQueries.ts'
import { makeSearch, readMaterial } from './searches.ts'

const TAGS = 1000
/** Songs for which the times in the database were promised. */
const PROMISED_FOR = 100_000
const SELECTIVE_SHARE = 0.05
const USERS = 100
const THINK_MS = 1000
/** Searches of each kind, in the database and against the plain queries. */
const FULL = {
  usersSongs: 10_000,
  warmUpMs: 5000,
  windowMs: 30_000,
  searches: { inDatabase: 120, againstPeer: 4 },
}
/** To see only that it works. */
const QUICK = {
  usersSongs: 1000,
  warmUpMs: 1000,
  windowMs: 2000,
  searches: { inDatabase: 40, againstPeer: 1 },
}

/** The one call of the search page, and what it is instead of. */
export const searchBenchmark: Benchmark = { figures: FIGURES, atAnySize: ['search.users.errors'], run }

async function run({ songs, isQuick, report }: BenchmarkOptions): Promise<BenchmarkRun> {
  const stack = await startOwnStack()
  try {
    report(`Filling a songbook of ${songs} songs…`)
    await fillSongbook(stack.sql, { songs, tags: TAGS })
    const client = createClient<Database>(stack.apiUrl, stack.publishableKey, {
      auth: { persistSession: false },
    })
    report('Searching…')
    const { usersSongs, warmUpMs, windowMs, searches: counts } = isQuick ? QUICK : FULL
    const inDatabase = await measureInDatabase(stack, songs, counts.inDatabase)
    const searches = [...inDatabase.selective, ...inDatabase.broad]
    const overHttp = await measureOverHttp(
      client,
      searches.map((one) => one.search),
    )
    const peer = {
      selective: await measurePeer(client, inDatabase.selective, counts.againstPeer),
      broad: await measurePeer(client, inDatabase.broad, counts.againstPeer),
    }
    report('Indexing the songs anew…')
    const indexing = await measureIndexing(stack.sql)
    const ours = [...peer.selective.ours, ...peer.broad.ours]
    const plain = [...peer.selective.plain, ...peer.broad.plain]
    report('Searching with 100 people…')
    await fillSongbook(stack.sql, { songs: usersSongs, tags: TAGS })
    const users = await measureUsers(client, await someSearches(stack, 'users', 500), { warmUpMs, windowMs })
    const ms = (list: readonly { ms: number }[]) => list.map((one) => one.ms)
    const all = ms(searches)
    const target = (limit: number) => (songs === PROMISED_FOR ? limit : null)
    return {
      machine: await describeMachine(stack.sql),
      results: named([
        figure('search.selective.p95', percentile(ms(inDatabase.selective), 0.95), target(50)),
        figure('search.selective.p50', median(ms(inDatabase.selective))),
        figure('search.broad.p95', percentile(ms(inDatabase.broad), 0.95), target(250)),
        figure('search.broad.p50', median(ms(inDatabase.broad))),
        figure('search.http.added.p95', percentile(overHttp, 0.95) - percentile(all, 0.95), target(50)),
        {
          name: 'search.http.share',
          value: (median(overHttp) - median(all)) / median(overHttp),
          unit: 'of 1',
        },
        {
          name: 'search.peer',
          value: sum(ours) / sum(plain),
          unit: 'times',
          target: 0.1,
          peer: { name: 'plain queries', value: 1 },
        },
        {
          name: 'search.peer.selective',
          value: sum(peer.selective.ours) / sum(peer.selective.plain),
          unit: 'times',
          peer: { name: 'plain queries', value: 1 },
        },
        {
          name: 'search.peer.page',
          value: sum(ours) / ours.length,
          unit: 'ms',
          peer: { name: 'plain queries', value: sum(plain) / plain.length },
        },
        { name: 'search.index', value: sum(indexing) / 1000, unit: 's' },
        figure('search.index.longest', Math.max(...indexing)),
        figure('search.users.p95', percentile(users.waits, 0.95), 500),
        figure('search.users.p50', median(users.waits)),
        { name: 'search.users.errors', value: users.errors, unit: 'errors', target: 0 },
        figure('search.users.rate', windowMs / users.waits.length),
      ]),
    }
  } finally {
    await stack.stop()
  }
}

interface Measured {
  search: SongFilter
  ms: number
}

async function someSearches(stack: OwnStack, name: string, count: number): Promise<SongFilter[]> {
  const random = new SeededRandom(`search benchmark/${name}`)
  const material = await readMaterial(stack.sql)
  return Array.from({ length: count }, () => makeSearch(random, material))
}

/** As many of each kind; a search's first time is not counted: its rows may lie on the disk. */
async function measureInDatabase(stack: OwnStack, songs: number, count: number) {
  const kinds: Record<'selective' | 'broad', Measured[]> = { selective: [], broad: [] }
  const connection = await stack.sql.reserve()
  try {
    await connection`set role anon`
    for (const search of await someSearches(stack, 'database', 1000)) {
      const { total } = await ask(connection, search)
      const kind = kinds[total > songs * SELECTIVE_SHARE ? 'broad' : 'selective']
      if (kind.length < count) kind.push({ search, ms: (await ask(connection, search)).ms })
      if (kinds.selective.length === count && kinds.broad.length === count) break
    }
    return kinds
  } finally {
    await connection`reset role`
    connection.release()
  }
}

async function ask(connection: ReservedSql, search: SongFilter): Promise<{ total: number; ms: number }> {
  const since = performance.now()
  const [row] = await connection<{ answer: { total: number } }[]>`
    select public.search_songs(
      ${search.p_text ?? ''}, ${search.p_all ?? []}, ${search.p_any ?? []}, ${search.p_none ?? []},
      ${search.p_categories ?? []}, ${search.p_keys ?? []}, ${search.p_difficulty_from ?? null},
      ${search.p_difficulty_to ?? null}, ${search.p_tempo_from ?? null}, ${search.p_tempo_to ?? null},
      ${search.p_sort ?? 'relevance'}
    ) as answer`
  return { total: row?.answer.total ?? 0, ms: performance.now() - since }
}

async function measureOverHttp(
  client: SupabaseClient<Database>,
  searches: readonly SongFilter[],
): Promise<number[]> {
  const times: number[] = []
  for (const search of searches) {
    const since = performance.now()
    await searchOverHttp(client, search)
    times.push(performance.now() - since)
  }
  return times
}

interface Answer {
  facets: {
    tags: { id: string }[]
    categories: { category: Counted['categories'][number] }[]
    keys: { key: string }[]
    difficulty: { difficulty: number }[]
    tempo: { from: number }[]
  }
}

async function searchOverHttp(client: SupabaseClient<Database>, search: SongFilter): Promise<Answer> {
  const { data, error } = await client.rpc('search_songs', search)
  if (error !== null) throw new Error(error.message, { cause: error })
  return data as unknown as Answer
}

/** Only what plain queries can say, too: no words, no tags that are not wanted, no category. */
async function measurePeer(client: SupabaseClient<Database>, searches: readonly Measured[], count: number) {
  const times: { ours: number[]; plain: number[] } = { ours: [], plain: [] }
  const sayable = searches
    .map((one) => one.search)
    .filter((one) => one.p_text === undefined && one.p_none === undefined && one.p_categories === undefined)
  for (const search of sayable.slice(0, count)) {
    const { facets } = await searchOverHttp(client, search)
    const counted: Counted = {
      tags: facets.tags.map((one) => one.id),
      categories: facets.categories.map((one) => one.category),
      keys: facets.keys.map((one) => one.key),
      difficulties: facets.difficulty.map((one) => one.difficulty),
      tempos: facets.tempo.map((one) => one.from),
    }
    const began = performance.now()
    await searchOverHttp(client, search)
    const between = performance.now()
    await searchPlainly(client, search, counted)
    times.ours.push(between - began)
    times.plain.push(performance.now() - between)
  }
  return times
}

/** As somebody deploys the search to a songbook that is there: call after call. @returns how long each took; ms */
async function measureIndexing(sql: Sql): Promise<number[]> {
  await sql`truncate song_search.song, song_search.title_word, song_search.theme restart identity cascade`
  await sql`insert into song_search.backlog (next) values ('00000000-0000-0000-0000-000000000000')`
  const times: number[] = []
  for (let isLeft = true; isLeft; ) {
    const since = performance.now()
    const [row] = await sql<{ more: boolean }[]>`select song_search.index_backlog(500) as more`
    times.push(performance.now() - since)
    isLeft = row?.more ?? false
  }
  return times
}

async function measureUsers(
  client: SupabaseClient<Database>,
  searches: readonly SongFilter[],
  { warmUpMs, windowMs }: { warmUpMs: number; windowMs: number },
) {
  const waits: number[] = []
  let errors = 0
  const began = performance.now()
  const isOver = () => performance.now() - began > warmUpMs + windowMs
  await Promise.all(
    Array.from({ length: USERS }, async (_, user) => {
      const random = new SeededRandom(`search benchmark/user/${user}`)
      await sleep(random.below(THINK_MS))
      while (!isOver()) {
        const since = performance.now()
        const { error } = await client.rpc('search_songs', random.pick(searches))
        if (since - began > warmUpMs) {
          waits.push(performance.now() - since)
          if (error !== null) errors += 1
        }
        await sleep(THINK_MS)
      }
    }),
  )
  return { waits, errors }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

interface NamedFigure extends Figure {
  name: FigureName
}

function figure(name: FigureName, value: number, target: number | null = null): NamedFigure {
  return { name, value, unit: 'ms', target }
}

function named(figures: readonly NamedFigure[]) {
  return figures.map(result)
}
