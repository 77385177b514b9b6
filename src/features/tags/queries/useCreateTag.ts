import { useMutation, useQueryClient } from '@tanstack/react-query'
import { measured } from '../../monitoring/index.ts'
import { createTag, type NewTag } from '../services/tagService.ts'
import { addToCatalog } from './catalog.ts'
import { tagByIdQuery } from './tagById.ts'
import { tagKeys } from './tagKeys.ts'

/** Makes a custom tag, or finds the one that has the name already. From then on the catalogue knows it. */
export function useCreateTag() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (tag: NewTag) => measured('mutation', () => createTag(tag), { label: 'tag.create' }),
    onSuccess: async ({ tag }) => {
      queryClient.setQueryData(tagByIdQuery(tag.id).queryKey, tag)
      await addToCatalog(queryClient, [tag])
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: tagKeys.suggestions() }),
        queryClient.invalidateQueries({ queryKey: tagKeys.names() }),
      ])
    },
  })
}
