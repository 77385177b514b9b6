import { type ReactNode, Suspense, useCallback, useEffect, useState } from 'react'
import { useOnline } from '../../../lib/useOnline.ts'
import { preloadSearch } from '../preloadSearch.ts'
import { useSearchResults } from '../queries/searchResults.ts'
import { useSearchAddress } from '../queries/useSearchAddress.ts'
import { countFilters, isNarrowed } from '../search.ts'
import { useMatchRanges } from '../useMatchRanges.ts'
import { useRememberSearch } from '../useRememberSearch.ts'
import { useSearchTime } from '../useSearchTime.ts'
import { useWide } from '../useWide.ts'
import { FilterButton } from './FilterButton.tsx'
import { FiltersSkeleton } from './FiltersSkeleton.tsx'
import { Filters, OldTagLink, SearchSummary, UnreadFilters } from './lazyParts.ts'
import { SearchCount } from './SearchCount.tsx'
import { SearchField } from './SearchField.tsx'
import { SearchResults } from './SearchResults.tsx'
import { SongListSkeleton } from './SongListSkeleton.tsx'
import styles from './SongSearch.module.css'
import { SortMenu } from './SortMenu.tsx'

/** The one way to find songs. @param action what else the page offers, beside the field */
export function SongSearch({ action }: { action: ReactNode }) {
  const { search, unread, tagName, go } = useSearchAddress()
  const results = useSearchResults(search, { enabled: tagName === null })
  useSearchTime(search, results)
  const facets = results.data?.facets ?? null
  const online = useOnline()
  const cannotCome = results.isPlaceholderData && (!online || results.fetchStatus === 'paused')
  const total = cannotCome ? undefined : results.data?.total
  // What the songs on the page answer: while the next answer is on its way, that is still the search before.
  const [shown, setShown] = useState(search)
  if (shown !== search && !results.isPlaceholderData) setShown(search)
  const rangesOf = useMatchRanges(shown.text)
  const remember = useRememberSearch(facets)
  const wide = useWide()
  const shared = { search, facets, onChange: go }

  useEffect(() => preloadSearch({ wide }), [wide])

  const type = useCallback((text: string) => go({ ...search, text }, { replace: true }), [go, search])
  const open = useCallback(() => remember(search), [remember, search])
  const leaveOldLink = useCallback((found: typeof search) => go(found, { replace: true }), [go])

  return (
    <>
      <div className={styles.tools} data-busy={results.isPlaceholderData && results.isFetching}>
        <SearchField value={search.text} onSearch={type} onSubmit={(text) => remember({ ...search, text })} />
        {action}
      </div>
      <div className={styles.columns}>
        {wide && (
          <aside className={styles.filters} aria-label="Filters">
            <Suspense fallback={<FiltersSkeleton />}>
              <Filters {...shared} />
            </Suspense>
          </aside>
        )}
        <div className={styles.found}>
          <div className={styles.about}>
            <SearchCount total={total} />
            {!wide && <FilterButton {...shared} total={total} />}
            <SortMenu search={search} onChange={go} />
          </div>
          {unread.length > 0 && (
            <Suspense>
              <UnreadFilters unread={unread} />
            </Suspense>
          )}
          {isNarrowed(search) ? (
            <div className={countFilters(search) > 0 ? styles.summary : undefined}>
              <Suspense fallback={<title>HSA Songbook</title>}>
                <SearchSummary {...shared} total={results.isPlaceholderData ? undefined : total} />
              </Suspense>
            </div>
          ) : (
            <title>HSA Songbook</title>
          )}
          {tagName === null ? (
            <SearchResults
              search={search}
              shown={shown}
              results={results}
              rangesOf={rangesOf}
              onChange={go}
              onOpen={open}
            />
          ) : (
            <Suspense fallback={<SongListSkeleton letters />}>
              <OldTagLink name={tagName} search={search} onFound={leaveOldLink} />
            </Suspense>
          )}
        </div>
      </div>
    </>
  )
}
