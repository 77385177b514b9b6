import { useMutation } from '@tanstack/react-query'
import { useTagsChanged } from './useTagsChanged.ts'

/** A change of tags that may be undone by somebody else's. @param tagsOf whose data it changes */
export function useModerate<Deed, Answer>(
  deed: (what: Deed) => Promise<Answer>,
  tagsOf: (what: Deed) => readonly string[],
) {
  const changed = useTagsChanged()
  return useMutation({
    mutationFn: deed,
    // Also after a refusal: what stood on the page was not what is.
    onSettled: (_answer, _error, what) => changed(tagsOf(what)),
    // Offline it must fail and say so, instead of moderating hours later.
    networkMode: 'always',
  })
}
