import type { KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { Icon } from '../../../components/Icon.tsx'
import { useSignedInUser } from '../../auth/index.ts'
import { removeRecentSearch, useRecentSearches } from '../recentSearches.ts'
import { focusField } from './focusField.ts'
import styles from './RecentSearches.module.css'

/** What was searched for on this device before, below the empty field. */
export function RecentSearches({ onChosen }: { onChosen: () => void }) {
  const { data: user } = useSignedInUser()
  const owner = user?.id ?? null
  const searches = useRecentSearches(owner)
  if (searches.length === 0) return null
  return (
    // The keys move the focus among links, which do the rest by themselves.
    <section className={styles.recent} aria-label="Recent searches" onKeyDown={moveFocus}>
      <p className={styles.heading} aria-hidden="true">
        Recent searches
      </p>
      <ul className="plain-list">
        {searches.map(({ address, words }) => (
          <li key={address} className={styles.search}>
            <Link
              className={styles.link}
              to={{ pathname: '/', search: address }}
              onClick={onChosen}
              dir="auto"
            >
              {words}
            </Link>
            <button
              type="button"
              className={styles.remove}
              aria-label={`Forget ${words}`}
              onClick={() => removeRecentSearch(owner, address)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const links: (Element | null)[] = [...event.currentTarget.querySelectorAll('a')]
  const at = links.indexOf(document.activeElement)
  const step =
    event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : event.key === 'Escape' ? -links.length : 0
  if (step === 0 || at < 0) return
  event.preventDefault()
  const next = links[at + step]
  if (next instanceof HTMLElement) next.focus()
  else if (step < 0) focusField()
}
