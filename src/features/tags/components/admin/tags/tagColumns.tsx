import {
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import { dateOf } from '../../../../../lib/format.ts'
import { categoryLabel } from '../../../categoryLabel.ts'
import type { ListedTag } from '../../../services/adminTag.ts'
import { TagNameCell } from './TagNameCell.tsx'

/** Filtering, sorting and paging are the server's: of the table's own row models it needs none. */
export const tagFeatures = tableFeatures({ rowSortingFeature, rowSelectionFeature })

const helper = createColumnHelper<typeof tagFeatures, ListedTag>()
const numbers = new Intl.NumberFormat('en')

export const tagColumns = helper.columns([
  helper.accessor('name', { header: 'Name', cell: ({ row }) => <TagNameCell tag={row.original} /> }),
  helper.accessor('category', {
    header: 'Category',
    enableSorting: false,
    cell: ({ getValue }) => categoryLabel(getValue()),
  }),
  helper.accessor('songs', {
    header: 'Songs',
    sortDescFirst: true,
    cell: ({ getValue }) => numbers.format(getValue()),
  }),
  helper.accessor('createdAt', {
    id: 'created',
    header: 'Made on',
    sortDescFirst: true,
    cell: ({ getValue }) => dateOf(getValue()),
  }),
])
