import { Suspense } from 'react'
import { Icon } from '../../../components/Icon.tsx'
import { lazy } from '../../../lib/lazy.ts'
import { CategoryShape } from '../../tags/index.ts'
import { type ActiveFilter, activeFilters } from '../activeFilters.ts'
import { withoutFilters } from '../search.ts'
import type { Facets } from '../services/searchService.ts'
import type { Search } from '../types.ts'
import styles from './ActiveFilters.module.css'
import { focusField } from './focusField.ts'

// Only for a tag that the answer does not name, such as one that was merged into another.
const TagName = lazy(() => import('./TagName.tsx').then((module) => module.TagName))

/** Clicks that no pointer made. With a finger, focusing the field would open the keyboard over the songs. */
const BY_KEYBOARD = 0

type Props = {
  search: Search
  facets: Facets | null
  onChange: (search: Search) => void
}

/** What narrows the songs, each with the way to take it off. */
export function ActiveFilters({ search, facets, onChange }: Props) {
  const filters = activeFilters(search, facets?.tags ?? [])
  if (filters.length === 0) return null
  return (
    <ul className={`plain-list ${styles.filters}`} aria-label="Filters in use">
      {filters.map((filter) => (
        <li key={filter.key}>
          <button
            type="button"
            className={styles.chip}
            onClick={({ currentTarget, detail }) => {
              if (detail === BY_KEYBOARD) focusBeside(currentTarget)
              onChange(filter.without)
            }}
          >
            <span className="visually-hidden">Take off: </span>
            {filter.tag?.category && <CategoryShape category={filter.tag.category} />}
            {filter.kind && <span className={styles.kind}>{filter.kind} </span>}
            <bdi className={styles.name}>
              {filter.name ?? <UnnamedTag filter={filter} isAnswered={facets !== null} />}
            </bdi>
            <Icon name="close" />
          </button>
        </li>
      ))}
      {filters.length > 1 && (
        <li>
          <button
            type="button"
            className={styles.clear}
            onClick={({ detail }) => {
              if (detail === BY_KEYBOARD) focusField()
              onChange(withoutFilters(search))
            }}
          >
            Clear all
          </button>
        </li>
      )}
    </ul>
  )
}

/** The chip goes: whoever took it off by the keyboard goes on beside it. */
function focusBeside(chip: HTMLElement): void {
  const item = chip.closest('li')
  const beside =
    item?.nextElementSibling?.querySelector('button') ?? item?.previousElementSibling?.querySelector('button')
  if (beside) beside.focus()
  else focusField()
}

function UnnamedTag({ filter: { tag }, isAnswered }: { filter: ActiveFilter; isAnswered: boolean }) {
  // Until the answer is here, which names nearly all.
  if (!tag || !isAnswered) return '…'
  return (
    <Suspense fallback="…">
      <TagName id={tag.id} />
    </Suspense>
  )
}
