import type { SeededRandom, Weighted } from '../../seed/seededRandom.ts'
import type { FirstSong } from '../model/modelSongbook.ts'
import type { Themes } from '../model/types.ts'
import { PLANNED_RAWS, STANDING } from './vocabulary.ts'

const THEMES_A_SONG: readonly Weighted<number>[] = [
  [1, 20],
  [2, 30],
  [3, 25],
  [5, 15],
  [12, 2],
]

/**
 * Songs as they stand before the run: some without themes in each way of having none, some tagged already. Every theme
 * that the plan is to know is on one of them, as a plan knows no others.
 */
export function drawSongs(random: SeededRandom, count: number): FirstSong[] {
  return Array.from({ length: count }, (_, nth) => ({
    id: random.uuid(),
    themes: PLANNED_RAWS.length > nth ? PLANNED_RAWS.slice(nth, nth + 1) : drawThemes(random, PLANNED_RAWS),
    tags: random.chance(0.15) ? [...new Set([random.pick(STANDING), random.pick(STANDING)])] : [],
  }))
}

/** An array as people have it: NULL, empty, with NULL elements, with the same theme twice. */
export function drawThemes(random: SeededRandom, raws: readonly string[]): Themes {
  if (random.chance(0.05)) return null
  if (random.chance(0.05)) return []
  const themes = Array.from({ length: random.pickWeighted(THEMES_A_SONG) }, () =>
    random.chance(0.03) ? null : random.pick(raws),
  )
  return random.chance(0.1) ? [...themes, ...themes.slice(0, 1)] : themes
}
