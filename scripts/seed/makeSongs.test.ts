import { describe, expect, it } from 'vitest'
import { makeSong, makeSongs } from './makeSongs.ts'
import type { SeedSong } from './seedSong.ts'

const songsOf = (count: number, randomSeed: string): SeedSong[] =>
  Array.from(makeSongs(count, randomSeed)).flatMap(({ songs }) => songs)

const songs = songsOf(10_000, '1')
const arrays = songs.map(({ themes }) => themes).filter((themes) => themes !== null)
const elements = arrays.flat()
const themes = elements.filter((theme) => theme !== null)

const shareOf = <T>(items: readonly T[], test: (item: T) => boolean) =>
  items.filter(test).length / items.length
const shareMatching = (pattern: RegExp) => shareOf(themes, (theme) => pattern.test(theme))

describe('makeSongs', () => {
  it('gives the same rows for the same numbers', () => {
    expect(Array.from(makeSongs(300, 'abc'))).toEqual(Array.from(makeSongs(300, 'abc')))
  })

  it('gives other rows for another random seed', () => {
    const ids = new Set(songsOf(300, 'abc').map(({ id }) => id))
    expect(songsOf(300, 'abd').filter(({ id }) => ids.has(id))).toEqual([])
  })

  it('makes a song that depends neither on their number nor on the batches', () => {
    const { song, arrangements } = makeSong('1', 57)
    for (const [count, batchSize] of [
      [58, 58],
      [300, 7],
    ] as const) {
      const batches = Array.from(makeSongs(count, '1', batchSize))
      expect(batches.flatMap((batch) => batch.songs)[57]).toEqual(song)
      expect(
        batches.flatMap((batch) => batch.arrangements).filter(({ song_id }) => song_id === song.id),
      ).toEqual(arrangements)
    }
  })

  it('makes exactly as many as asked for, in batches of at most the size', () => {
    const sizes = Array.from(makeSongs(25, '1', 10), (batch) => batch.songs.length)
    expect(sizes).toEqual([10, 10, 5])
    expect(Array.from(makeSongs(0, '1'))).toEqual([])
  })

  it('repeats titles, never ids', () => {
    expect(new Set(songs.map(({ id }) => id)).size).toBe(songs.length)
    expect(new Set(songs.map(({ title }) => title)).size).toBeLessThan(songs.length * 0.7)
    expect(songs.every(({ title }) => title.trim() !== '' && title.length <= 300)).toBe(true)
  })

  it('gives each song one or two arrangements that the table takes', () => {
    const arrangements = Array.from(makeSongs(1000, '1')).flatMap((batch) => batch.arrangements)
    expect(arrangements.length).toBeGreaterThan(1300)
    expect(arrangements.length).toBeLessThan(1500)
    for (const { key, tempo, difficulty, time_signature } of arrangements) {
      expect(key).toMatch(/^[A-G](#|b)?m?$/)
      expect(tempo).toBeGreaterThanOrEqual(20)
      expect(tempo).toBeLessThanOrEqual(300)
      expect([1, 2, 3, 4, 5]).toContain(difficulty)
      expect(time_signature).toMatch(/^[0-9]{1,2}\/(1|2|4|8|16)$/)
    }
  })
})

describe('the themes of 10,000 songs', () => {
  it('are about three a song, seldom very many', () => {
    const counts = arrays.map(({ length }) => length).filter((length) => length > 0)
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    expect(mean).toBeGreaterThan(2.8)
    expect(mean).toBeLessThan(3.4)
    expect(shareOf(counts, (count) => count <= 5)).toBeGreaterThan(0.95)
    const crowded = shareOf(counts, (count) => count >= 30)
    expect(crowded).toBeGreaterThan(0)
    expect(crowded).toBeLessThan(0.002)
    expect(Math.max(...counts)).toBeLessThanOrEqual(100)
  })

  it('have as many spellings as a real songbook, and few more in a bigger one', () => {
    const spellings = new Set(themes)
    expect(spellings.size).toBeGreaterThan(300)
    expect(spellings.size).toBeLessThan(3000)
    const bigger = new Set(songsOf(60_000, '1').flatMap((song) => song.themes ?? []))
    expect(bigger.size).toBeLessThan(4000)
  })

  it('hold nothing that Postgres or UTF-8 could not', () => {
    expect(themes.every((theme) => theme.isWellFormed() && !theme.includes('\u0000'))).toBe(true)
  })

  it.each([
    ['NULL arrays', 0.04, shareOf(songs, (song) => song.themes === null)],
    ['empty arrays', 0.03, shareOf(songs, (song) => song.themes?.length === 0)],
    ['NULL elements', 0.007, shareOf(elements, (theme) => theme === null)],
    ['blanks', 0.012, shareMatching(/^\s*$/)],
    ['white space around', 0.055, shareMatching(/^\s+\S|\S\s+$/)],
    ['lower case', 0.1, shareMatching(/^[a-z][a-z ]+$/)],
    ['capitals', 0.035, shareMatching(/^[A-Z][A-Z ]+$/)],
    ['slashes', 0.004, shareMatching(/[a-z] ?\/ ?[A-Z]/)],
    ['semicolons', 0.002, shareMatching(/;/)],
    ['ampersands', 0.002, shareMatching(/\w & \w/)],
    ['parent and child', 0.004, shareMatching(/^[A-Z ]+: [a-z ]+$/)],
    ['separators', 0.0025, shareMatching(/^[a-z]+([-_–—‑][a-z']+)+$/)],
    ['other scripts', 0.02, shareMatching(/[\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}]/u)],
    ['emoji', 0.006, shareMatching(/\p{Extended_Pictographic}/u)],
    ['sentences', 0.005, shareOf(themes, (theme) => theme.length === 60 || theme.length === 120)],
    ['nothing but symbols', 0.004, shareMatching(/^[\p{P}\p{S} ]+$/u)],
    ['control characters', 0.003, shareMatching(/[^\P{C}\t]/u)],
    ['the same twice', 0.02, shareOf(arrays, (array) => new Set(array).size < array.length)],
    ['two spellings', 0.02, shareOf(arrays, hasTwoSpellings)],
  ])('have %s in about a share of %f', (_kind, expected, found) => {
    expect(found).toBeGreaterThan(expected / 2)
    expect(found).toBeLessThan(expected * 2)
  })

  it.each([
    ['each dash', ['-', '–', '—']],
    ['both long lengths, 60 and 120', [60, 120]],
  ])('have %s', (_kind, wanted) => {
    for (const item of wanted) {
      const found = themes.some((theme) =>
        typeof item === 'number' ? theme.length === item : theme.includes(item),
      )
      expect(found, String(item)).toBe(true)
    }
  })

  it('have accents both composed and decomposed', () => {
    expect(themes.some((theme) => theme !== theme.normalize('NFC'))).toBe(true)
    expect(themes.some((theme) => theme !== theme.normalize('NFD') && /\p{Script=Latin}/u.test(theme))).toBe(
      true,
    )
  })

  it.each([
    'Xmas',
    'Chrismtas',
    'Praises',
    'christmas',
    'PRAISE',
    ' Praise',
    'Weihnachten',
    'NULL',
    '{draft}',
  ])('have the likes of "%s"', (spelling) => {
    expect(themes).toContain(spelling)
  })
})

function hasTwoSpellings(array: readonly (string | null)[]): boolean {
  const spellings = new Set(array.filter((theme) => theme?.trim()))
  return new Set(Array.from(spellings, (theme) => theme?.trim().toLowerCase())).size < spellings.size
}
