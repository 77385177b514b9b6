import { HYMNS, type Hymn } from './hymns.ts'
import { roughTheme, spellDifferently } from './roughTheme.ts'
import { SeededRandom, type Weighted } from './seededRandom.ts'
import type { SeedArrangement, SeedBatch, SeedSong } from './seedSong.ts'
import { THEME_WORDS, type ThemeWord } from './themeWords.ts'

const SHARE_NULL = 0.04
const SHARE_EMPTY = 0.03
const SHARE_CROWDED = 0.0005
const SHARE_SAME_TWICE = 0.02
const SHARE_TWO_SPELLINGS = 0.04

const THEMES_A_SONG: readonly Weighted<number>[] = [
  [1, 10],
  [2, 22],
  [3, 34],
  [4, 22],
  [5, 12],
]

const KEYS = ['C', 'D', 'Eb', 'E', 'F', 'G', 'Ab', 'A', 'Bb', 'Am', 'Dm', 'Em', 'F#m', 'Gm']

const METRES: readonly Weighted<string>[] = [
  ['4/4', 60],
  ['3/4', 25],
  ['6/8', 10],
  ['2/2', 3],
  ['12/8', 2],
]

/** What people add to a title, so that it repeats and is no key. */
const TITLES: readonly Weighted<(title: string, random: SeededRandom) => string>[] = [
  [(title) => title, 62],
  [(title, random) => `${title} (arr. ${random.pick(['Okafor', 'Lindqvist', 'Park', 'Moreno'])})`, 9],
  [(title, random) => `${1 + random.below(700)}. ${title}`, 8],
  [(title, random) => `${title} - ${random.pick(['Acoustic', 'Choir', 'Youth', 'v2', 'Medley'])}`, 7],
  [(title, random) => `${title} (in ${random.pick(KEYS)})`, 5],
  [(title) => title.toUpperCase(), 4],
  [(title) => title.toLowerCase(), 3],
  [(title, random) => `#${1 + random.below(700)} ${title}`, 2],
]

const WORDS = new Map(THEME_WORDS.map((entry) => [entry.word, entry]))

/** @throws Error for a theme that the vocabulary lacks. */
function themeWord(word: string): ThemeWord {
  const entry = WORDS.get(word)
  if (!entry) throw new Error(`The theme "${word}" is missing from the vocabulary.`)
  return entry
}

/** The hymns' themes as often as the hymns have them: what is common here is common in the songbook. */
const COMMON_WORDS = HYMNS.flatMap((hymn) => hymn.themes.map(themeWord))

/**
 * Song `index` (from 0) of a random seed with its one or two arrangements. The same two numbers give the same
 * rows, however many songs are made.
 */
export function makeSong(
  randomSeed: string,
  index: number,
): { song: SeedSong; arrangements: SeedArrangement[] } {
  const random = new SeededRandom(`${randomSeed}/song/${index}`)
  const hymn = random.pick(HYMNS)
  const song: SeedSong = {
    id: random.uuid(),
    title: random.pickWeighted(TITLES)(hymn.title, random),
    artist: random.chance(0.15) ? null : random.chance(0.1) ? `${hymn.artist} (${hymn.year})` : hymn.artist,
    lyrics: hymn.firstLine ?? (random.chance(0.5) ? hymn.title : null),
    themes: makeThemes(hymn, random),
    created_at: new Date(Date.UTC(2014, 0, 1) + random.below(10 * 365 * 86_400) * 1000).toISOString(),
  }
  const arrangements = [makeArrangement(song.id, 'Standard', random)]
  if (random.chance(0.4)) {
    arrangements.push(makeArrangement(song.id, random.pick(['Acoustic', 'Choir', 'Youth band']), random))
  }
  return { song, arrangements }
}

/** The first `count` songs of a random seed, in batches that bound the memory. */
export function* makeSongs(count: number, randomSeed: string, batchSize = 2000): Generator<SeedBatch> {
  for (let start = 0; start < count; start += batchSize) {
    const batch: SeedBatch = { songs: [], arrangements: [] }
    for (let index = start; index < Math.min(count, start + batchSize); index += 1) {
      const { song, arrangements } = makeSong(randomSeed, index)
      batch.songs.push(song)
      batch.arrangements.push(...arrangements)
    }
    yield batch
  }
}

function makeThemes(hymn: Hymn, random: SeededRandom): (string | null)[] | null {
  if (random.chance(SHARE_NULL)) return null
  if (random.chance(SHARE_EMPTY)) return []
  const count = random.chance(SHARE_CROWDED) ? 30 + random.below(16) : random.pickWeighted(THEMES_A_SONG)
  const words = pickWords(hymn, count, random)
  const themes = words.map((word) => roughTheme(word, hymn.language, random))
  const again = random.below(words.length)
  const word = words[again]
  const theme = themes[again]
  if (!word || !theme) return themes
  const place = random.below(themes.length + 1)
  if (random.chance(SHARE_SAME_TWICE)) themes.splice(place, 0, theme)
  else if (random.chance(SHARE_TWO_SPELLINGS)) {
    const other = spellDifferently(word, theme, random)
    if (other !== null) themes.splice(place, 0, other)
  }
  return themes
}

/** Mostly the hymn's own themes, each at most once, filled up with the songbook's common ones. */
function pickWords(hymn: Hymn, count: number, random: SeededRandom): ThemeWord[] {
  const own = hymn.themes.map(themeWord)
  const words = new Set<ThemeWord>()
  while (words.size < count) {
    const fromHymn = own.length > 0 && random.chance(0.8)
    words.add(
      fromHymn ? (own.splice(random.below(own.length), 1)[0] as ThemeWord) : random.pick(COMMON_WORDS),
    )
  }
  return Array.from(words)
}

function makeArrangement(songId: string, name: string, random: SeededRandom): SeedArrangement {
  return {
    id: random.uuid(),
    song_id: songId,
    name,
    key: random.pick(KEYS),
    tempo: 56 + random.below(97),
    difficulty: 1 + random.below(5),
    time_signature: random.pickWeighted(METRES),
  }
}
