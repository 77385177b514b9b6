import { useMutation, useQueryClient } from '@tanstack/react-query'
import { applyDelta } from '../catalog/applyDelta.ts'
import type { CatalogSnapshot } from '../catalog/types.ts'
import { createTag } from '../services/tagService.ts'
import { tagByIdQuery } from './tagById.ts'
import { tagKeys } from './tagKeys.ts'

/** Makes a custom tag, or finds the one that has the name already. From then on the catalogue knows it. */
export function useCreateTag() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: createTag,
    onSuccess: ({ tag }) => {
      queryClient.setQueryData(tagByIdQuery(tag.id).queryKey, tag)
      queryClient.setQueryData<CatalogSnapshot>(
        tagKeys.catalog(),
        (catalog) =>
          // The same version: what others have changed is still to come.
          catalog && applyDelta(catalog, { version: catalog.version, changed: [tag], gone: [] }),
      )
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: tagKeys.suggestions() }),
        queryClient.invalidateQueries({ queryKey: tagKeys.names() }),
      ])
    },
  })
}
