import { Drawer } from '@base-ui/react/drawer'
import { countOf } from '../../../lib/numbers.ts'
import { countFilters, withoutFilters } from '../search.ts'
import type { Facets } from '../services/searchService.ts'
import type { Search } from '../types.ts'
import styles from './FilterSheet.module.css'
import { Filters } from './Filters.tsx'

export type FilterSheetProps = {
  search: Search
  facets: Facets | null
  /** Songs that the search finds now; undefined while it is not known. */
  total: number | undefined
  onChange: (search: Search) => void
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The filters over a small window: a sheet from below, which a swipe, Escape or its button puts away. */
export function FilterSheet({ search, facets, total, onChange, open, onOpenChange }: FilterSheetProps) {
  return (
    <Drawer.Root open={open} onOpenChange={onOpenChange}>
      <Drawer.Portal>
        <Drawer.Backdrop className={styles.backdrop} />
        <Drawer.Viewport className={styles.viewport}>
          <Drawer.Popup className={styles.popup}>
            <div className={styles.head}>
              <Drawer.Title className={styles.title}>Filters</Drawer.Title>
              {countFilters(search) > 0 && (
                <button
                  type="button"
                  className={styles.clear}
                  onClick={() => onChange(withoutFilters(search))}
                >
                  Clear all
                </button>
              )}
            </div>
            <Drawer.Content className={styles.content}>
              <Filters search={search} facets={facets} onChange={onChange} />
            </Drawer.Content>
            <div className={styles.foot}>
              <Drawer.Close className={styles.done}>
                {total === undefined ? 'Show songs' : `Show ${countOf(total, 'song')}`}
              </Drawer.Close>
            </div>
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  )
}
