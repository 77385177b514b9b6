import { prettyKey } from '../../songs/index.ts'
import { compareKeys } from '../musicalOrder.ts'
import type { Facets } from '../services/searchService.ts'
import sections from './Filters.module.css'
import styles from './KeyFilter.module.css'

type Props = {
  /** Null while they are not known. */
  counts: Facets['keys'] | null
  chosen: readonly string[]
  onToggle: (key: string) => void
}

/** Songs with an arrangement in any of these keys. */
export function KeyFilter({ counts, chosen, onToggle }: Props) {
  const countOfKey = new Map(counts?.map(({ key, count }) => [key, count]))
  const keys = [...new Set([...countOfKey.keys(), ...chosen])].sort(compareKeys)
  return (
    <fieldset className={sections.section}>
      <legend className={sections.legend}>Key</legend>
      {counts && keys.length === 0 && <p className={sections.none}>No arrangement with a key</p>}
      <div className={styles.keys} data-known={counts !== null}>
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            className={styles.key}
            aria-pressed={chosen.includes(key)}
            onClick={() => onToggle(key)}
          >
            {prettyKey(key)}
            <span className={styles.count}>
              <span className="visually-hidden">, songs: </span>
              {(countOfKey.get(key) ?? 0).toLocaleString('en')}
            </span>
          </button>
        ))}
      </div>
    </fieldset>
  )
}
