import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { isUuid } from '../../../../../lib/isUuid.ts'
import { type TagKind, tagKinds } from '../../../services/adminTag.ts'
import type { TagFilter, TagOrder, TagPosition } from '../../../services/tagAdminService.ts'
import { isTagCategory } from '../../../tagCategories.ts'

/** What the list shows. It is in the address, so that it can be sent to somebody and survives a reload. */
export function useTagList() {
  const [params, setParams] = useSearchParams()
  const { filter, order, position } = useMemo(() => readTagList(params), [params])

  const change = useCallback(
    (next: Partial<{ filter: Partial<TagFilter>; order: TagOrder; position: TagPosition }>) =>
      setParams(
        (before) => {
          const now = readTagList(before)
          return writeTagList({
            filter: { ...now.filter, ...next.filter },
            order: next.order ?? now.order,
            // Another filter or order has other pages.
            position: next.position ?? { from: null, backwards: false },
          })
        },
        { replace: next.position === undefined },
      ),
    [setParams],
  )
  return { filter, order, position, change }
}

type TagListState = { filter: TagFilter; order: TagOrder; position: TagPosition }

export function readTagList(params: URLSearchParams): TagListState {
  const category = params.get('category')
  const sort = params.get('sort')
  const by = sort === 'songs' || sort === 'created' ? sort : 'name'
  return {
    filter: {
      query: params.get('q') ?? '',
      category: isTagCategory(category) ? category : null,
      kind: isTagKind(params.get('kind')) ?? 'all',
    },
    order: {
      sort: by,
      descending: params.has('down'),
    },
    position: {
      from: placeOf(by, params.get('value'), params.get('tie')),
      backwards: params.has('back'),
    },
  }
}

/** As Postgres writes what tags are sorted by. */
const WRITTEN: Record<TagOrder['sort'], RegExp> = {
  name: /^/,
  songs: /^-?\d{1,18}$/,
  created: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/,
}

/** Where a page begins; null, the list's own beginning, for what is no place in this order. */
function placeOf(sort: TagOrder['sort'], value: string | null, tie: string | null): TagPosition['from'] {
  if (value === null || tie === null || !isUuid(tie)) return null
  return WRITTEN[sort].test(value) ? { value, tie } : null
}

function writeTagList({ filter, order, position }: TagListState): URLSearchParams {
  const params = new URLSearchParams()
  if (filter.query) params.set('q', filter.query)
  if (filter.category !== null) params.set('category', filter.category)
  if (filter.kind !== 'all') params.set('kind', filter.kind)
  if (order.sort !== 'name') params.set('sort', order.sort)
  if (order.descending) params.set('down', '')
  if (position.from !== null) {
    params.set('value', position.from.value)
    params.set('tie', position.from.tie)
  }
  if (position.backwards) params.set('back', '')
  return params
}

function isTagKind(kind: string | null): TagKind | undefined {
  return tagKinds.find((known) => known === kind)
}
