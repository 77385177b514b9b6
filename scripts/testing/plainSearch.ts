import type { Sql } from 'postgres'
import type { Database } from '../../src/lib/database.types.ts'
import { foldName } from '../../src/lib/folding.ts'

/** What is asked for: the arguments of `search_songs`, but for those of the page. */
export type SongFilter = Omit<
  Database['public']['Functions']['search_songs']['Args'],
  'p_after' | 'p_limit' | 'p_facets'
>

export interface Facets {
  tags: { id: string; all: number; any: number }[]
  categories: { category: string; count: number }[]
  keys: { key: string; count: number }[]
  difficulty: { difficulty: number; count: number }[]
  tempo: { from: number; to: number; count: number }[]
}

export interface PlainAnswer {
  /** In order. */
  ids: string[]
  facets: Facets
}

interface Arrangement {
  key: string | null
  difficulty: number | null
  tempo: number | null
}

interface Song {
  id: string
  n: number
  title: string
  artist: string | null
  lyrics: string | null
  created: number
  uses: number
  /** What it carries: roots, those that are hidden included. */
  tags: string[]
  arrangements: Arrangement[]
}

interface Tag {
  id: string
  name: string
  category: string
  merged_into: string | null
  banned: boolean
}

/** The whole songbook in memory, and the search as its description reads: song after song, nothing clever. */
export class PlainSearch {
  readonly songs: readonly Song[]
  readonly tags: ReadonlyMap<string, Tag>
  readonly #seesBanned: boolean

  private constructor(songs: readonly Song[], tags: readonly Tag[], seesBanned: boolean) {
    this.songs = songs
    this.tags = new Map(tags.map((tag) => [tag.id, tag]))
    this.#seesBanned = seesBanned
  }

  /** Reads everything. Songs without a state carry what the engine itself finds for their themes. */
  static async read(sql: Sql, { seesBanned = false } = {}): Promise<PlainSearch> {
    const tags = await sql<Tag[]>`
      select t.id::text, t.name, t.category::text, t.merged_into::text, t.banned_at is not null as banned from public.tags as t`
    const songs = await sql<Song[]>`
      with run as (
        select r.id, r.plan_hash from tag_migration.sync as s join tag_migration.run as r on r.status <> 'rolled_back'
        where s.is_on order by r.started_at desc limit 1
      ), undone as materialized (
        select s.id, s.themes from tag_migration.song_themes as s
        where not exists (select from tag_migration.song_state as st where st.song_id = s.id)
          and not exists (select from tag_migration.quarantine as q where q.song_id = s.id and q.run_id = (select r.id from run as r))
      ), yielded as materialized (
        select f.raw, f.tag_ids from tag_migration.find_tags(
          (select r.id from run as r), (select r.plan_hash from run as r),
          array(select distinct e.raw from undone as u cross join lateral unnest(u.themes) as e (raw) where e.raw is not null)
        ) as f
      ), carried as (
        select l.song_id, l.tag_id from public.song_tags as l
        union
        select u.id, y.tag_id from undone as u cross join lateral unnest(u.themes) as e (raw)
        join yielded as f on f.raw = e.raw cross join lateral unnest(f.tag_ids) as y (tag_id)
      )
      select s.id::text, k.n, s.title, s.artist, s.lyrics, (extract(epoch from s.created_at) * 1000000)::float8 as created, k.uses,
        array(
          select distinct coalesce(t.merged_into, t.id)::text from carried as c join public.tags as t on t.id = c.tag_id
          where c.song_id = s.id
        ) as tags,
        coalesce((
          select jsonb_agg(jsonb_build_object('key', a.key, 'difficulty', a.difficulty, 'tempo', a.tempo))
          from public.arrangements as a where a.song_id = s.id
        ), '[]') as arrangements
      from public.songs as s join song_search.song as k on k.song_id = s.id`
    return new PlainSearch(songs, tags, seesBanned)
  }

  #root(id: string): string | undefined {
    const tag = this.#visible(id)
    return tag && this.#visible(tag.merged_into ?? tag.id)?.id
  }

  #visible(id: string): Tag | undefined {
    const tag = this.tags.get(id.toLowerCase())
    return tag?.banned && !this.#seesBanned ? undefined : tag
  }

  /** @returns null when nothing holds all the words: then near ones are looked for */
  search(filter: SongFilter): PlainAnswer | null {
    const {
      p_text = '',
      p_all = [],
      p_any = [],
      p_none = [],
      p_categories = [],
      p_sort = 'relevance',
    } = filter
    const words = wordsOf(p_text)
    const isTyping = !/\s$/u.test(p_text)
    const holds = (texts: (string | null)[]) => {
      const lexemes = texts.flatMap((text) => lexemesOf(text ?? ''))
      return words.every((word, index) =>
        lexemes.some((lexeme) =>
          isTyping && index === words.length - 1 ? lexeme.startsWith(word) : lexeme === word,
        ),
      )
    }
    const worded = this.songs.filter(({ title, artist, lyrics }) => holds([title, artist, lyrics]))
    if (words.length > 0 && worded.length === 0) return null

    const all = p_all.map((id) => this.#root(id))
    const any = p_any.map((id) => this.#root(id))
    const none = p_none.map((id) => this.#root(id))
    const judged = worded
      .map((song) => {
        const tags = song.tags.filter((id) => this.#root(id) === id)
        const categories = [...new Set(tags.map((id) => this.tags.get(id)?.category ?? ''))]
        const fits = song.arrangements.map((one) => ({ ...one, ...fitsOf(one, filter) }))
        return {
          ...song,
          tags,
          categories,
          keys: distinct(fits.filter((one) => one.byDifficulty && one.byTempo).map((one) => one.key)),
          difficulties: distinct(fits.filter((one) => one.byKey && one.byTempo).map((one) => one.difficulty)),
          tempos: distinct(
            fits
              .filter((one) => one.byKey && one.byDifficulty)
              .map((one) => (one.tempo === null ? null : Math.floor(one.tempo / 20) * 20)),
          ),
          byAny: any.length === 0 || any.some((id) => id !== undefined && tags.includes(id)),
          byCategory: p_categories.length === 0 || p_categories.some((one) => categories.includes(one)),
          byArrangement:
            !asksForArrangement(filter) || fits.some((one) => one.byKey && one.byDifficulty && one.byTempo),
        }
      })
      .filter(
        ({ tags }) =>
          all.every((id) => id !== undefined && tags.includes(id)) &&
          !none.some((id) => id !== undefined && tags.includes(id)),
      )
    const hits = judged.filter((song) => song.byAny && song.byCategory && song.byArrangement)

    const tier = ({ title, artist }: Song) => {
      const key = foldName(title)
      const asked = foldName(p_text)
      if (key === asked) return 0
      if (key.startsWith(asked)) return 1
      if (holds([title])) return 2
      return holds([title, artist]) ? 3 : 4
    }
    const sort = p_sort === 'relevance' && words.length === 0 ? 'title' : p_sort
    const ranks: Record<string, (song: Song) => number> = {
      relevance: tier,
      newest: (song) => -song.created,
      most_used: (song) => -song.uses,
    }
    const rank = ranks[sort] ?? (() => 0)
    const ordered = hits
      .map((song) => ({
        ...song,
        rank: rank(song),
        key: sort === 'newest' ? '' : foldName(song.title),
      }))
      .toSorted((a, b) => a.rank - b.rank || byCodePoint(a.key, b.key) || a.n - b.n)

    const forTags = judged.filter((song) => song.byCategory && song.byArrangement)
    const forArrangements = judged.filter((song) => song.byAny && song.byCategory)
    const chosen = new Set([...all, ...any, ...none].filter((id) => id !== undefined))
    const inAny = count(forTags, (song) => song.tags)
    const inAll = count(hits, (song) => song.tags)
    const ranked = [...new Set([...inAny.keys(), ...chosen])]
      .map((id) => ({ id, all: inAll.get(id) ?? 0, any: inAny.get(id) ?? 0 }))
      .toSorted((a, b) => b.all - a.all || b.any - a.any || byCodePoint(this.#name(a.id), this.#name(b.id)))
    return {
      ids: ordered.map((song) => song.id),
      facets: {
        tags: ranked.filter(({ id }, index) => index < 40 || chosen.has(id)),
        categories: sorted(
          count(
            judged.filter((song) => song.byAny && song.byArrangement),
            (song) => song.categories,
          ),
          (a, b) => CATEGORIES.indexOf(a) - CATEGORIES.indexOf(b),
        ).map(([category, songs]) => ({ category, count: songs })),
        keys: sorted(
          count(forArrangements, (song) => song.keys),
          byCodePoint,
        ).map(([key, songs]) => ({ key, count: songs })),
        difficulty: sorted(
          count(forArrangements, (song) => song.difficulties),
          (a, b) => a - b,
        ).map(([difficulty, songs]) => ({ difficulty, count: songs })),
        tempo: sorted(
          count(forArrangements, (song) => song.tempos),
          (a, b) => a - b,
        ).map(([from, songs]) => ({
          from,
          to: from + 19,
          count: songs,
        })),
      },
    }
  }

  #name(id: string): string {
    return this.tags.get(id)?.name ?? ''
  }
}

const CATEGORIES = ['theme', 'occasion', 'liturgical', 'mood']
const UNSPACED =
  /[\u0E00-\u0FFF\u1000-\u109F\u1780-\u17FF\u2E80-\u2FDF\u3005-\u3007\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{3134F}]+/gu

/** Words as they are looked for: of a run without spaces its pairs, or its only character. */
function wordsOf(text: string): string[] {
  return pieces(text).flatMap((piece) => {
    const characters = [...piece]
    if (!piece.match(UNSPACED)) return [characters.slice(0, 60).join('')]
    return characters.length === 1 ? characters : pairs(characters)
  })
}

/** Words as they are kept: of a run without spaces its characters and its pairs. */
function lexemesOf(text: string): string[] {
  return pieces(text).flatMap((piece) => {
    const characters = [...piece]
    return piece.match(UNSPACED) ? [...characters, ...pairs(characters)] : [characters.slice(0, 60).join('')]
  })
}

const pieces = (text: string) =>
  foldName(text)
    .replaceAll(UNSPACED, ' $& ')
    .split(' ')
    .filter((piece) => piece !== '')
const pairs = (characters: string[]) =>
  characters.slice(0, -1).map((character, index) => character + characters[index + 1])

function fitsOf({ key, difficulty, tempo }: Arrangement, filter: SongFilter) {
  const within = (value: number | null, from: number | undefined, to: number | undefined) =>
    (from === undefined && to === undefined) ||
    (value !== null && value >= (from ?? -Infinity) && value <= (to ?? Infinity))
  const { p_keys = [] } = filter
  return {
    byKey: p_keys.length === 0 || (key !== null && p_keys.includes(key)),
    byDifficulty: within(difficulty, filter.p_difficulty_from, filter.p_difficulty_to),
    byTempo: within(tempo, filter.p_tempo_from, filter.p_tempo_to),
  }
}

const asksForArrangement = (filter: SongFilter) =>
  (filter.p_keys ?? []).length > 0 ||
  [filter.p_difficulty_from, filter.p_difficulty_to, filter.p_tempo_from, filter.p_tempo_to].some(
    (limit) => limit !== undefined,
  )

const distinct = <T>(values: (T | null)[]) => [...new Set(values.filter((value) => value !== null))]

function count<Song, T>(songs: readonly Song[], valuesOf: (song: Song) => readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of songs.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

const sorted = <T>(counts: Map<T, number>, compare: (a: T, b: T) => number) =>
  [...counts].toSorted(([a], [b]) => compare(a, b))

/** As Postgres compares under "C": the bytes of UTF-8. */
const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
