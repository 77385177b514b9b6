import { addSynonym } from '../../services/addSynonym.ts'
import { useModerate } from './useModerate.ts'

export function useAddSynonym() {
  return useModerate(
    ({ tag, synonym }: { tag: { id: string; name: string }; synonym: string }) => addSynonym(tag.id, synonym),
    ({ tag }) => [tag.id],
  )
}
