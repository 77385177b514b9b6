import { useEffect, useLayoutEffect } from 'react'
import { tracker } from '../monitoring/tracker.ts'

/** When the last key was pressed that is not answered yet; on the clock of performance.now(). 0 for none. */
let pressedAt = 0
let isWatching = false

/** On the document: whatever field it is, the browser's own time of the key press is what the person has waited since. */
function watchKeyPresses(): void {
  if (isWatching) return
  isWatching = true
  document.addEventListener(
    'input',
    ({ timeStamp }) => {
      pressedAt = timeStamp
    },
    true,
  )
}

/**
 * Notes how long suggestions took: from the key press to the page that shows them, about to be painted. A query that the next
 * key overtakes is not noted.
 *
 * @param query what is asked now; nothing when it is empty
 * @param isAnswered whether what is shown is the answer to it
 */
export function useAutocompleteTime(query: string, source: 'local' | 'server', isAnswered: boolean): void {
  useEffect(watchKeyPresses, [])
  useLayoutEffect(() => {
    if (query === '' || !isAnswered || pressedAt === 0) return
    tracker.track('tags.autocomplete', performance.now() - pressedAt, source)
    pressedAt = 0
  }, [query, source, isAnswered])
}
