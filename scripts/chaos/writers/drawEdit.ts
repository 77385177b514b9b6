import type { SeededRandom, Weighted } from '../../seed/seededRandom.ts'
import type { Themes } from '../model/types.ts'
import { drawThemes } from '../songbook/drawSongs.ts'
import { LATE_RAWS, PLANNED_RAWS } from '../songbook/vocabulary.ts'

export const ALL_RAWS: readonly string[] = [...PLANNED_RAWS, ...LATE_RAWS]

type Change = (themes: Themes, random: SeededRandom, raws: readonly string[]) => Themes

/** What an old client sends: the array that it read, changed here or there. */
const CHANGES: readonly Weighted<Change>[] = [
  [(themes) => themes, 10],
  [(themes, random, raws) => [...(themes ?? []), random.pick(raws)], 30],
  [(themes, random) => without(themes ?? [], random), 25],
  [(themes, random) => reordered(themes ?? [], random), 10],
  [(themes, random, raws) => replaced(themes ?? [], random, raws), 15],
  [(themes, random) => twice(themes ?? [], random), 10],
  [(themes) => [...(themes ?? []), null], 3],
  [() => null, 3],
  [() => [], 3],
  [(_, random, raws) => drawThemes(random, raws), 10],
]

export function changedThemes(themes: Themes, random: SeededRandom, raws: readonly string[]): Themes {
  return random.pickWeighted(CHANGES)(themes, random, raws)
}

function without(themes: NonNullable<Themes>, random: SeededRandom): Themes {
  const place = random.below(Math.max(1, themes.length))
  return themes.filter((_, index) => index !== place)
}

function reordered(themes: NonNullable<Themes>, random: SeededRandom): Themes {
  const split = random.below(themes.length + 1)
  return [...themes.slice(split), ...themes.slice(0, split)]
}

function replaced(themes: NonNullable<Themes>, random: SeededRandom, raws: readonly string[]): Themes {
  const place = random.below(Math.max(1, themes.length))
  return themes.map((raw, index) => (index === place ? random.pick(raws) : raw))
}

function twice(themes: NonNullable<Themes>, random: SeededRandom): Themes {
  return themes.length === 0 ? themes : [...themes, random.pick(themes)]
}
