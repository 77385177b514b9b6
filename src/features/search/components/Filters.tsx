import { rangeOf, toggle } from '../search.ts'
import type { Facets } from '../services/searchService.ts'
import type { Search } from '../types.ts'
import { CategoryFilter } from './CategoryFilter.tsx'
import styles from './Filters.module.css'
import { KeyFilter } from './KeyFilter.tsx'
import { RangeFilter } from './RangeFilter.tsx'
import { TagFilter } from './TagFilter.tsx'

type Props = {
  search: Search
  /** Null while no answer is here. */
  facets: Facets | null
  onChange: (search: Search) => void
}

/** Everything by which songs can be narrowed, each with the number of songs that it would leave. */
export function Filters({ search, facets, onChange }: Props) {
  const difficulties =
    facets?.difficulty.map(({ difficulty, count }) => ({ from: difficulty, to: difficulty, count })) ?? null
  return (
    <div className={styles.filters}>
      <TagFilter search={search} tags={facets?.tags ?? null} onChange={onChange} />
      <CategoryFilter
        counts={facets?.categories ?? null}
        chosen={search.categories}
        onToggle={(category) => onChange({ ...search, categories: toggle(search.categories, category) })}
      />
      <KeyFilter
        counts={facets?.keys ?? null}
        chosen={search.keys}
        onToggle={(key) => onChange({ ...search, keys: toggle(search.keys, key) })}
      />
      <RangeFilter
        label="Difficulty"
        unit="of 5"
        limits={[1, 5]}
        counts={difficulties}
        range={search.difficulty}
        onChange={(from, to) => onChange({ ...search, difficulty: rangeOf(from, to) })}
      />
      <RangeFilter
        label="Tempo"
        unit="bpm"
        limits={[20, 300]}
        counts={facets?.tempo ?? null}
        range={search.tempo}
        onChange={(from, to) => onChange({ ...search, tempo: rangeOf(from, to) })}
      />
    </div>
  )
}
