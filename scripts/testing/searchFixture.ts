import type { SupabaseClient } from '@supabase/supabase-js'
import { expect } from 'vitest'
import type { Database } from '../../src/lib/database.types.ts'
import type { SeededRandom } from '../seed/seededRandom.ts'
import type { Facets, PlainSearch, SongFilter } from './plainSearch.ts'

type Client = SupabaseClient<Database>

interface FoundSong {
  id: string
  title: string
  near: boolean
  lyrics: string | null
  tags: { id: string; name: string }[]
  keys: string[]
  difficulty: [number, number] | null
  tempo: [number, number] | null
}

export interface Found {
  songs: FoundSong[]
  total: number
  next: string | null
  facets: Facets | null
}

export interface Paging {
  p_after?: string
  p_limit?: number
  p_facets?: boolean
}

/** @throws what the API answers with */
export async function search(client: Client, filter: SongFilter & Paging): Promise<Found> {
  const { data, error } = await client.rpc('search_songs', filter)
  if (error !== null) throw error
  return data as unknown as Found
}

/** All pages of a search, one after the other; the first one with its facets. */
async function searchAll(client: Client, filter: SongFilter, pageSize: number): Promise<Found> {
  const first = await search(client, { ...filter, p_limit: pageSize })
  const songs = [...first.songs]
  for (let next = first.next; next !== null; ) {
    const page = await search(client, { ...filter, p_limit: pageSize, p_after: next, p_facets: false })
    expect(page.total).toBe(first.total)
    songs.push(...page.songs)
    next = page.next
  }
  return { ...first, songs }
}

/** Asks both for the same and compares the songs in their order, the total and every facet. */
export async function compare(client: Client, plain: PlainSearch, filter: SongFilter): Promise<void> {
  const found = await searchAll(client, filter, 40)
  const expected = plain.search(filter)
  if (expected === null) {
    expect(found.songs.filter((song) => !song.near)).toEqual([])
    return
  }
  const { tags = [], ...facets } = found.facets ?? {}
  expect({
    filter,
    ids: found.songs.map((song) => song.id),
    total: found.total,
    facets: { tags: tags.map(({ id, all, any }) => ({ id, all, any })), ...facets },
  }).toEqual({ filter, ids: expected.ids, total: expected.ids.length, facets: expected.facets })
}

const TEXTS = [
  '',
  '',
  '',
  '',
  'the',
  'jesus',
  'o ',
  'come ',
  'lord my',
  'christ th',
  'gott',
  '救',
  'o come',
  'wesley',
  'arr',
  'g',
]
const KEYS = ['C', 'G', 'A', 'Bb', 'F#m', 'H', '']

/** A search that somebody might make. */
export function someFilter(random: SeededRandom, plain: PlainSearch): SongFilter {
  const used = plain.songs.flatMap((song) => song.tags)
  const every = [...plain.tags.keys()]
  const tag = () =>
    random.chance(0.85) && used.length > 0 ? random.pick(used) : random.pick([...every, 'no id'])
  const tags = (most: number) => Array.from({ length: 1 + random.below(most) }, tag)
  const from = random.below(6)
  const slow = 50 + random.below(80)
  return {
    p_text: random.pick(TEXTS),
    p_sort: random.pick(['relevance', 'title', 'newest', 'most_used']),
    ...(random.chance(0.3) && { p_all: tags(2) }),
    ...(random.chance(0.3) && { p_any: tags(4) }),
    ...(random.chance(0.25) && { p_none: tags(3) }),
    ...(random.chance(0.25) && {
      p_categories: random.pick([['theme'], ['mood', 'occasion'], ['none'], ['liturgical']]),
    }),
    ...(random.chance(0.3) && {
      p_keys: Array.from({ length: 1 + random.below(3) }, () => random.pick(KEYS)),
    }),
    ...(random.chance(0.3) && { p_difficulty_from: from }),
    ...(random.chance(0.3) && { p_difficulty_to: from + random.below(3) }),
    ...(random.chance(0.25) && { p_tempo_from: slow, p_tempo_to: slow + random.below(60) - 10 }),
  }
}
