import type { SeededRandom } from '../../seed/seededRandom.ts'
import type { FirstSong } from '../model/modelSongbook.ts'
import { drawThemes } from '../songbook/drawSongs.ts'
import { fewTags } from './fewTags.ts'

const MORE = 5

/** One song for each theme, so that the plan knows it, and some more; half of them tagged already. */
export function songsOfFewTags(random: SeededRandom): FirstSong[] {
  const raws = [...fewTags.planned.keys()]
  return Array.from({ length: raws.length + MORE }, (_, nth) => ({
    id: random.uuid(),
    themes: nth < raws.length ? raws.slice(nth, nth + 1) : drawThemes(random, raws),
    tags: random.chance(0.5)
      ? [...new Set([random.pick(fewTags.standing), random.pick(fewTags.standing)])]
      : [],
  }))
}
