import type { FirstSong } from '../model/modelSongbook.ts'
import type { LoggedEdit } from '../model/types.ts'

/** All that happened to a song, and to the tags meanwhile, for whoever has to find out why it differs. */
export function historyOf(
  song: string | undefined,
  songs: readonly FirstSong[],
  log: readonly LoggedEdit[],
): string[] {
  if (song === undefined) return []
  const first = songs.find(({ id }) => id === song)
  const lines = log.filter(({ edit }) => !('song' in edit) || edit.song === song)
  return [
    ...(first === undefined
      ? []
      : [`    at first ${JSON.stringify(first.themes)} with ${first.tags.join(', ') || 'no tags'}`]),
    ...lines.map(({ edit, isSynced, isBack }) => {
      const { kind, ...what } = edit
      const { song: _, ...rest } = { song: '', ...what }
      return `    ${kind} ${JSON.stringify(rest)}${isSynced ? ' (in step)' : ''}${isBack ? ' (on the way back)' : ''}`
    }),
  ]
}
