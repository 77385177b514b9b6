import { type MutationState, useMutationState } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { songKeys } from './songKeys.ts'

/** How a save stands, and which of them it is. */
type Save<Saved, Sent> = MutationState<Saved, Error, Sent> & { saveId: number }

/**
 * The save of a song's form that began last, also when the form was left meanwhile and somebody is back at it.
 * @param onEnd is told once how it ended; not of one that was done before the form was there
 */
export function useLastSave<Saved, Sent>(
  songId: string | null,
  onEnd: (save: Save<Saved, Sent>) => void,
): Save<Saved, Sent> | undefined {
  const last = useMutationState<Save<Saved, Sent>>({
    filters: { mutationKey: songKeys.saving(songId) },
    select: ({ mutationId, state }) => ({
      ...(state as MutationState<Saved, Error, Sent>),
      saveId: mutationId,
    }),
  }).at(-1)
  const told = useRef(last?.status === 'success' ? last.saveId : undefined)
  useEffect(() => {
    if (!last || last.status === 'pending' || last.saveId === told.current) return
    told.current = last.saveId
    onEnd(last)
  })
  return last
}
