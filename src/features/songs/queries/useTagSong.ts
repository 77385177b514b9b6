import { mutationOptions, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { shouldRetry } from '../../../lib/queryClient.ts'
import { measured } from '../../monitoring/index.ts'
import { EditConflict } from '../services/EditConflict.ts'
import type { EditedSong } from '../services/editSong.ts'
import { tagSong, untagSong } from '../services/songEdits.ts'
import type { TagEdit } from '../types.ts'
import { isTag } from '../withTagEdits.ts'
import { countTags } from './countTags.ts'
import { readSongAnew, songQuery } from './song.ts'
import { songChanged } from './songChanged.ts'
import { songKeys } from './songKeys.ts'

/**
 * Tags a song, one step after the other. What is under way lies over the song (useTagEdits) instead of in it: a step
 * that fails is gone by itself, and an answer that arrives meanwhile is not overwritten. Without a connection the steps
 * wait, also for the next visit (keptTagEdits.ts).
 */
export function useTagSong(songId: string) {
  return useMutation(tagSongMutation(useQueryClient(), songId))
}

/** As useTagSong does, for what an earlier page has left. @throws EditConflict, ServiceError */
export function tagAgain(queryClient: QueryClient, songId: string, edit: TagEdit): Promise<EditedSong> {
  return queryClient.getMutationCache().build(queryClient, tagSongMutation(queryClient, songId)).execute(edit)
}

function tagSongMutation(queryClient: QueryClient, songId: string) {
  const query = songQuery(songId)

  async function send(edit: TagEdit): Promise<EditedSong> {
    // The step before this one has raised the version: what it answered counts, not what was seen when this was queued.
    const known = queryClient.getQueryData(query.queryKey)
    const version = known?.version ?? edit.version
    const ids = edit.tags.flatMap((tag) => tag.id ?? idOfMade(edit, tag, known?.tags) ?? [])
    try {
      if (edit.kind === 'remove' && ids.length === 0 && known) return known
      if (edit.kind === 'remove') return await asked(() => untagSong(songId, version, ids))
      const names = edit.tags.flatMap(({ id, name }) => (id === null ? name : []))
      return await asked(() => tagSong(songId, version, { ids, names }))
    } catch (error) {
      if (!(error instanceof EditConflict)) throw error
      // Read anew before the next step is sent. The answer to this very step may have been lost, or somebody else has
      // done the same: then there is nothing to ask.
      const song = await readSongAnew(queryClient, songId)
      if (song && isDone(edit, song.tags)) return song
      throw error
    }
  }

  return mutationOptions({
    mutationKey: songKeys.tagging(songId),
    scope: { id: `tags of ${songId}` },
    mutationFn: send,
    retry: shouldRetry,
    // What failed is shown until somebody has decided about it.
    gcTime: Number.POSITIVE_INFINITY,
    onSuccess: async (edited, { kind, tags }) => {
      const ids = tags.map(({ id }) => id)
      countTags(kind === 'add' ? { added: ids } : { removed: ids })
      await songChanged(queryClient, songId, edited, { newTags: ids.includes(null) })
      // Where nobody has opened the song: the next step needs its version.
      if (!queryClient.getQueryData(query.queryKey)) await queryClient.prefetchQuery(query)
    },
  })
}

function asked(work: () => Promise<EditedSong>): Promise<EditedSong> {
  return measured('mutation', work, { label: 'song.tag' })
}

/** A new tag that was taken away again while it was being made: the step before this one has given it its id. */
function idOfMade(
  { kind }: TagEdit,
  tag: TagEdit['tags'][number],
  now: EditedSong['tags'] = [],
): string | undefined {
  return kind === 'remove' ? now.find((one) => isTag(one, tag))?.id : undefined
}

function isDone({ kind, tags }: TagEdit, now: EditedSong['tags']): boolean {
  const has = (tag: TagEdit['tags'][number]) => now.some((one) => isTag(one, tag))
  return kind === 'add' ? tags.every(has) : !tags.some(has)
}
