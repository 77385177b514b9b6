import type { Sql } from 'postgres'
import type { SeededRandom } from '../../seed/seededRandom.ts'
import type { SongFilter } from '../../testing/plainSearch.ts'

/** What a search can be made of in a songbook: tags the most used first, and words of its lyrics and titles. */
export interface Material {
  tags: readonly string[]
  words: readonly string[]
}

const KEYS = ['C', 'D', 'E', 'F', 'G', 'A', 'Bb', 'Em']
const SORTS = ['relevance', 'title', 'newest', 'most_used']

export async function readMaterial(sql: Sql): Promise<Material> {
  const tags = await sql<{ id: string }[]>`
    select t.id::text from public.tags as t where t.usage_count > 0 order by t.usage_count desc, t.name`
  const words = await sql<{ word: string }[]>`
    select distinct w.word from (select s.lyrics, s.title from public.songs as s order by md5(s.title), s.id limit 200) as s
    cross join lateral unnest(regexp_split_to_array(lower(s.title || ' ' || s.lyrics), '\\s+')) as w (word)
    where w.word ~ '^[a-z]{3,}$' order by w.word`
  return { tags: tags.map((row) => row.id), words: words.map((row) => row.word) }
}

/** A search by two to five filters. */
export function makeSearch(random: SeededRandom, { tags, words }: Material): SongFilter {
  // A tag is asked for as unevenly as it is used.
  const tag = () => tags[Math.floor(tags.length ** random.float()) - 1] ?? tags[0] ?? ''
  const some = (most: number, pick: () => string) => Array.from({ length: 1 + random.below(most) }, pick)
  const tempo = 60 + random.below(60)
  const difficulty = 1 + random.below(4)
  const filters: (() => SongFilter)[] = [
    () => ({ p_text: random.pick(words) }),
    () => ({ p_all: some(2, tag) }),
    () => ({ p_any: some(4, tag) }),
    () => ({ p_none: some(2, tag) }),
    () => ({ p_categories: [random.pick(['theme', 'occasion', 'mood'])] }),
    () => ({ p_keys: some(3, () => random.pick(KEYS)) }),
    () => ({ p_difficulty_from: difficulty, p_difficulty_to: difficulty + 1 }),
    () => ({ p_tempo_from: tempo, p_tempo_to: tempo + 30 }),
  ]
  let search: SongFilter = { p_sort: random.pick(SORTS) }
  for (let left = 2 + random.below(4); left > 0; left -= 1)
    search = { ...search, ...filters.splice(random.below(filters.length), 1)[0]?.() }
  return search
}
