import { isUuid } from '../../../lib/isUuid.ts'
import { useTagById } from '../../tags/index.ts'

/** The name of a tag that no answer has named: merged into another, or not in the songbook at all. */
export function TagName({ id }: { id: string }) {
  return isUuid(id) ? <KnownTagName id={id} /> : 'an unknown tag'
}

function KnownTagName({ id }: { id: string }) {
  const tag = useTagById(id)
  if (tag.data) return tag.data.name
  return tag.data === null ? 'an unknown tag' : '…'
}
