import type { MutationKey } from '@tanstack/react-query'
import { songKeys } from './songKeys.ts'

/** The id of the song that a mutation with this key tags; undefined for any other mutation. */
export function taggedSong(key: MutationKey = []): string | undefined {
  const songId = String(key[2])
  return songKeys.tagging(songId).every((part, place) => part === key[place]) ? songId : undefined
}
