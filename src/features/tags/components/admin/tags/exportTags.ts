import type { ListedTag } from '../../../services/adminTag.ts'
import { fetchTagPage, type TagFilter, type TagPosition } from '../../../services/tagAdminService.ts'
import { csvLine } from './csvLine.ts'

export type ExportFormat = 'csv' | 'json'

const PAGE = 2000

/**
 * The tags that a filter leaves, as a file. A page at a time, so that a hundred thousand are never one answer.
 * @param onProgress called with the tags so far @throws ServiceError
 */
export async function exportTags(
  filter: TagFilter,
  format: ExportFormat,
  onProgress: (tags: number) => void,
): Promise<Blob> {
  const parts: string[] = []
  let position: TagPosition = { from: null, backwards: false }
  let count = 0
  for (;;) {
    const { rows, hasMore } = await fetchTagPage(
      filter,
      { sort: 'name', descending: false },
      position,
      PAGE,
      new AbortController().signal,
    )
    parts.push(...rows.map(format === 'csv' ? toCsv : toJson))
    count += rows.length
    onProgress(count)
    const last = rows.at(-1)
    if (!hasMore || last === undefined) break
    position = { from: last.key, backwards: false }
  }
  return format === 'csv'
    ? // With the mark by which a spreadsheet knows that it is UTF-8.
      new Blob(['\ufeff', csvLine(Object.keys(columns)), ...parts], { type: 'text/csv' })
    : new Blob(['[\n', parts.join(',\n'), '\n]\n'], { type: 'application/json' })
}

const columns: Record<string, (tag: ListedTag) => string | number> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  category: ({ category }) => category,
  colour: ({ colour }) => colour ?? '',
  songs: ({ songs }) => songs,
  standard: ({ isStandard }) => (isStandard ? 'yes' : 'no'),
  'to review': ({ needsReview }) => (needsReview ? 'yes' : 'no'),
  banned: ({ isBanned }) => (isBanned ? 'yes' : 'no'),
  'merged into': ({ mergedInto }) => mergedInto?.name ?? '',
  synonyms: ({ synonyms }) => synonyms.join('; '),
  'made on': ({ createdAt }) => createdAt,
}

function toCsv(tag: ListedTag): string {
  return csvLine(Object.values(columns).map((read) => read(tag)))
}

function toJson({ key: _key, seen: _seen, ...tag }: ListedTag): string {
  return JSON.stringify(tag)
}
