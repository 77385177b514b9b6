import { useState } from 'react'
import type { TagDetails } from '../../../services/adminTag.ts'
import { changesOf, draftOf, rebase, type TagDraft } from './tagDraft.ts'

/** The form's content. What another admin changes meanwhile comes in where nothing was written. */
export function useTagDraft(tag: TagDetails) {
  const [base, setBase] = useState(tag)
  const [draft, setDraft] = useState(() => draftOf(tag))
  const [wasChanged, setWasChanged] = useState(false)

  if (base.seen !== tag.seen) {
    const before = draftOf(base)
    const now = draftOf(tag)
    setWasChanged(changesOf(before, draft) !== null && changesOf(before, now) !== null)
    setDraft(rebase(draft, before, now))
    setBase(tag)
  }

  const change = (part: Partial<TagDraft>) => setDraft((written) => ({ ...written, ...part }))
  return { draft, change, changes: changesOf(draftOf(base), draft), seen: base.seen, wasChanged }
}
