import { functionalUpdate, type RowSelectionState, type SortingState, useTable } from '@tanstack/react-table'
import { useState } from 'react'
import { useLocation } from 'react-router'
import type { ListedTag } from '../../../services/adminTag.ts'
import type { TagOrder } from '../../../services/tagAdminService.ts'
import { ListAddress } from './listAddress.ts'
import { SortButton } from './SortButton.tsx'
import { TagRows } from './TagRows.tsx'
import styles from './TagTable.module.css'
import { tagColumns, tagFeatures } from './tagColumns.tsx'

type Props = {
  tags: ListedTag[]
  order: TagOrder
  onOrder: (order: TagOrder) => void
  /** The pointer or the focus is on the heading that sorts so. */
  onOrderAhead: (order: TagOrder) => void
  selected: RowSelectionState
  onSelect: (change: (before: RowSelectionState) => RowSelectionState) => void
  /** Rows of the question before, shown until the answer is there. */
  stale: boolean
}

export function TagTable({ tags, order, onOrder, onOrderAhead, selected, onSelect, stale }: Props) {
  const list = useAddressOf(stale)
  const sorting: SortingState = [{ id: order.sort, desc: order.descending }]
  const table = useTable({
    features: tagFeatures,
    columns: tagColumns,
    data: tags,
    getRowId: (tag) => tag.id,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting, rowSelection: selected },
    onSortingChange: (change) => {
      for (const { id, desc } of functionalUpdate(change, sorting))
        onOrder({ sort: toSort(id), descending: desc })
    },
    onRowSelectionChange: (change) => onSelect((before) => functionalUpdate(change, before)),
  })
  return (
    <table className={`plain-table ${styles.table}`} aria-busy={stale}>
      <caption className="visually-hidden">Tags</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            <th className={styles.choice}>
              <label className={styles.box}>
                <span className="visually-hidden">Choose all tags on this page</span>
                <input
                  type="checkbox"
                  checked={tags.length > 0 && table.getIsAllRowsSelected()}
                  onChange={table.getToggleAllRowsSelectedHandler()}
                />
              </label>
            </th>
            {group.headers.map((header) => (
              <th
                key={header.id}
                scope="col"
                data-column={header.column.id}
                aria-sort={sortWord(header.column.getIsSorted())}
              >
                {header.column.getCanSort() ? (
                  <SortButton
                    sorted={header.column.getIsSorted()}
                    onClick={header.column.getToggleSortingHandler()}
                    onAhead={() =>
                      onOrderAhead({
                        sort: toSort(header.column.id),
                        descending: header.column.getNextSortingOrder() === 'desc',
                      })
                    }
                  >
                    <table.FlexRender header={header} />
                  </SortButton>
                ) : (
                  <table.FlexRender header={header} />
                )}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <ListAddress value={list}>
        <TagRows rows={table.getRowModel().rows} selected={selected} />
      </ListAddress>
    </table>
  )
}

/** Where the rows stand that are shown, which is not yet where the next ones will. */
function useAddressOf(stale: boolean): string {
  const { search } = useLocation()
  const [list, setList] = useState(search)
  if (!stale && list !== search) setList(search)
  return list
}

function toSort(id: string): TagOrder['sort'] {
  return id === 'songs' || id === 'created' ? id : 'name'
}

function sortWord(sorted: false | 'asc' | 'desc') {
  if (sorted === false) return undefined
  return sorted === 'asc' ? 'ascending' : 'descending'
}
