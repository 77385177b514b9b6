import { type MutationState, useMutationState, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useOnline } from '../../../lib/useOnline.ts'
import type { EditedSong } from '../services/editSong.ts'
import type { TagEdit } from '../types.ts'
import { songKeys } from './songKeys.ts'

type State = MutationState<EditedSong, Error, TagEdit>

/** The steps of tagging this song that are under way or wait for a connection, and those that failed. */
export function useTagEdits(songId: string) {
  const mutations = useQueryClient().getMutationCache()
  const online = useOnline()
  const mutationKey = songKeys.tagging(songId)
  const pending = useMutationState<State>({ filters: { mutationKey, status: 'pending' } })
  const failed = useMutationState<State>({ filters: { mutationKey, status: 'error' } })

  function forget(edit: TagEdit): void {
    const mutation = mutations.getAll().find(({ state }) => state.variables === edit)
    if (mutation) mutations.remove(mutation)
  }

  return {
    pending: useMemo(() => pending.flatMap(({ variables }) => variables ?? []), [pending]),
    /** Some wait for a connection; online they only wait for each other. */
    waiting: !online && pending.some(({ isPaused }) => isPaused),
    failed: failed.flatMap(({ variables, error, submittedAt }) =>
      variables && error ? { edit: variables, error, submittedAt } : [],
    ),
    /** Takes a step back that waits and was never sent. Undefined when none is meant. */
    takeBack(isMeant: (edit: TagEdit) => boolean): TagEdit | undefined {
      // One that was sent and got no answer may have reached the song.
      const waiting = pending.find(
        ({ isPaused, failureCount, variables }) =>
          isPaused && failureCount === 0 && variables && isMeant(variables),
      )
      if (waiting?.variables) forget(waiting.variables)
      return waiting?.variables
    },
    forget,
  }
}
