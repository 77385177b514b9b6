import { foldName } from '../../lib/folding.ts'
import type { FoundSong } from './services/searchService.ts'
import type { NumberRange, Search } from './types.ts'

/**
 * The songs of those at hand that fit a search: each word begins a word of the title, the artist or a tag's name. Keys,
 * difficulty and tempo go by the song's arrangements together, which is all that is known of them here.
 */
export function localSearch(songs: readonly FoundSong[], search: Search): FoundSong[] {
  const words = foldName(search.text).split(' ').filter(Boolean)
  return songs
    .filter((song) => fitsFilters(song, search) && fitsWords(song, words))
    .sort((a, b) => a.title.localeCompare(b.title))
}

function fitsWords({ title, artist, tags }: FoundSong, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const key = ` ${[title, artist ?? '', ...tags.map(({ name }) => name)].map(foldName).join(' ')}`
  return words.every((word) => key.includes(` ${word}`))
}

function fitsFilters(song: FoundSong, search: Search): boolean {
  const has = (id: string) => song.tags.some((tag) => tag.id === id)
  const { all, any, none, categories, keys } = search
  return (
    all.every(has) &&
    (any.length === 0 || any.some(has)) &&
    !none.some(has) &&
    (categories.length === 0 || song.tags.some(({ category }) => categories.includes(category))) &&
    (keys.length === 0 || keys.some((key) => song.keys.includes(key))) &&
    overlaps(song.difficulty, search.difficulty) &&
    overlaps(song.tempo, search.tempo)
  )
}

function overlaps(span: readonly [number, number] | null, range: NumberRange | null): boolean {
  if (range === null) return true
  const { from, to } = range
  if (span === null || (from !== null && to !== null && from > to)) return false
  return (from === null || span[1] >= from) && (to === null || span[0] <= to)
}
