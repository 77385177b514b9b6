import type { RowSelectionState } from '@tanstack/react-table'
import { useCallback, useState } from 'react'
import { countOf } from '../../../../../lib/numbers.ts'
import { useTagCounts } from '../../../queries/admin/tagCounts.ts'
import { useTagPage, useTagPageAhead } from '../../../queries/admin/tagPage.ts'
import { ChosenTagsBar } from './ChosenTagsBar.tsx'
import { TagExport } from './TagExport.tsx'
import styles from './TagList.module.css'
import { TagListFilter } from './TagListFilter.tsx'
import { TagListState } from './TagListState.tsx'
import { FIRST_PAGE, TagPager } from './TagPager.tsx'
import { TagTable } from './TagTable.tsx'
import { useTagList } from './useTagList.ts'

/** All tags: found, sorted and counted by the server, a page at a time. */
export function TagList() {
  const { filter, order, position, change } = useTagList()
  const page = useTagPage(filter, order, position)
  const isOnItsWay = page.isLoading || (page.isPlaceholderData && page.fetchStatus === 'fetching')
  const counts = useTagCounts(filter, { enabled: !page.isPending && !page.isPlaceholderData })
  const fetchAhead = useTagPageAhead()
  const [selected, setSelected] = useState<RowSelectionState>({})
  const search = useCallback((query: string) => change({ filter: { query } }), [change])
  const rows = page.fetchStatus === 'paused' && page.isPlaceholderData ? undefined : page.data?.rows

  return (
    <div className={styles.list}>
      <TagListFilter
        filter={filter}
        counts={counts.data}
        busy={isOnItsWay}
        onSearch={search}
        onChange={(part) => change({ filter: part })}
      />
      <div className={styles.about}>
        <p role="status">{counts.data && countOf(counts.data[filter.kind], 'tag')}</p>
        <TagExport filter={filter} />
      </div>
      {rows !== undefined && page.data && rows.length > 0 ? (
        <>
          <TagTable
            tags={rows}
            order={order}
            onOrder={(next) => change({ order: next })}
            onOrderAhead={(next) => fetchAhead(filter, next, FIRST_PAGE)}
            selected={selected}
            onSelect={setSelected}
            stale={page.isPlaceholderData}
          />
          <TagPager
            page={page.data}
            position={position}
            onTurnAhead={(next) => fetchAhead(filter, order, next)}
            onTurn={(next) => {
              window.scrollTo(0, 0)
              change({ position: next })
            }}
          />
        </>
      ) : (
        <TagListState
          page={page}
          isEmpty={rows?.length === 0}
          isFiltered={
            filter.query !== '' || filter.category !== null || filter.kind !== 'all' || position.from !== null
          }
          onShowAll={() => change({ filter: { query: '', category: null, kind: 'all' } })}
        />
      )}
      <ChosenTagsBar
        ids={Object.keys(selected).filter((id) => selected[id])}
        onClear={() => setSelected({})}
      />
    </div>
  )
}
