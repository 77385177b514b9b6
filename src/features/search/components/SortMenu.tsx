import { useId } from 'react'
import type { Search, SearchSort } from '../types.ts'
import styles from './SortMenu.module.css'

const sorts: readonly (readonly [SearchSort, string])[] = [
  ['relevance', 'Best match'],
  ['title', 'Title'],
  ['newest', 'Newest'],
  ['most_used', 'Most used'],
]

type Props = { search: Search; onChange: (search: Search) => void }

/** The browser's own menu: it is at home on every device. */
export function SortMenu({ search, onChange }: Props) {
  const id = useId()
  const byMatch = search.text !== ''
  return (
    <div className={styles.sort}>
      <label htmlFor={id}>Sort</label>
      <select
        id={id}
        className={styles.select}
        value={!byMatch && search.sort === 'relevance' ? 'title' : search.sort}
        onChange={({ target }) => {
          const sort = sorts.find(([value]) => value === target.value)?.[0] ?? 'relevance'
          // Without a text the title's order is what an address without a word about it means.
          onChange({ ...search, sort: !byMatch && sort === 'title' ? 'relevance' : sort })
        }}
      >
        {sorts
          .filter(([value]) => byMatch || value !== 'relevance')
          .map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
      </select>
    </div>
  )
}
