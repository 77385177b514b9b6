import { useQueryClient } from '@tanstack/react-query'
import { tagKeys } from './tagKeys.ts'

/** Call what this returns when a tag may have been made: the catalogue asks what is new. */
export function useTagsChanged(): () => void {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: tagKeys.catalog() })
  }
}
