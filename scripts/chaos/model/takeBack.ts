import { linksOf } from './editSong.ts'
import type { ModelTags } from './modelTags.ts'
import type { ModelSong } from './types.ts'

export type RollbackForm = 'default' | 'exact'

/** A song after the run was taken back: by default people's edits stay, exactly means the before-image. */
export function takenBack(song: ModelSong, form: RollbackForm, tags: ModelTags): ModelSong {
  const links = linksOf(song, tags)
  if (song.before === null) return { ...song, links, state: null }
  if (form === 'exact') {
    return {
      ...song,
      themes: song.before.themes,
      links: tags.roots(song.before.tags),
      state: null,
      before: null,
    }
  }
  const ours = tags.roots(song.before.linked)
  const kept = new Set([...links].filter((id) => !ours.has(id)))
  return { ...song, links: kept, state: null, before: null }
}
