import type { ModelSong } from './types.ts'

export type RollbackForm = 'default' | 'exact'

/** A song after the run was taken back: by default people's edits stay, exactly means the before-image. */
export function takenBack(song: ModelSong, form: RollbackForm): ModelSong {
  if (song.before === null) return { ...song, links: ownLinks(song), state: null }
  const { themes, tags: found, linked } = song.before
  if (form === 'exact') return { ...song, themes, links: found, state: null, before: null }
  // By their own names: one that people linked stays, also when it was merged into one that the run linked.
  const kept = [...ownLinks(song)].filter((id) => !linked.has(id))
  return { ...song, links: new Set(kept), state: null, before: null }
}

function ownLinks({ state, links }: ModelSong): Set<string> {
  return state === null ? new Set(links) : new Set([...state.yields.flat(), ...state.extra])
}
