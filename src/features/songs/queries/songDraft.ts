import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { isEmptyEdit, type SongValues, songEdit } from '../songEdit.ts'
import type { SongFormValues } from '../songFormSchema.ts'
import { typedSince } from '../typedSince.ts'
import { songKeys } from './songKeys.ts'

/** A song as it was read: what a form is compared with. @property newId of a song that is still to be added */
export type SongBase = { version: number; read: SongValues; newId?: string }

/** A form that was left before it was saved. `version` and `read` are the song that it began with. */
export type SongDraft = SongBase & { values: SongFormValues }

/** For as long as the page lives: leaving the form by a link or the back button loses nothing. */
export function useSongDraft(id: string | null) {
  const queryClient = useQueryClient()
  const key = songKeys.draft(id)
  return {
    read: () => queryClient.getQueryData<SongDraft>(key),
    keep: (draft: SongDraft) => void queryClient.setQueryData(key, draft),
    drop: () => queryClient.removeQueries({ queryKey: key, exact: true }),
  }
}

/** Whether something was typed into the song's form and not saved. */
export function hasSongDraft(queryClient: QueryClient, id: string): boolean {
  return queryClient.getQueryData(songKeys.draft(id)) !== undefined
}

/**
 * What was sent is saved: only what was typed since then stays, as a change to the song as it is now.
 * @param from of the form; null for that of a new song, which `to` names
 */
export function settleSongDraft(
  queryClient: QueryClient,
  { from, to }: { from: string | null; to: string },
  sent: SongValues,
  saved: SongBase,
): void {
  const draft = queryClient.getQueryData<SongDraft>(songKeys.draft(from))
  queryClient.removeQueries({ queryKey: songKeys.draft(from), exact: true })
  if (!draft) return
  const { tagText } = draft.values
  const { tags, ...fields } = typedSince(sent, draft.values, saved.read)
  const values = { ...fields, tags: [...tags], tagText }
  if (tagText.trim() === '' && isEmptyEdit(songEdit(saved.read, values))) return
  queryClient.setQueryData<SongDraft>(songKeys.draft(to), { ...saved, values })
}
