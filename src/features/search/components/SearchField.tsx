import { type KeyboardEvent, Suspense, useEffect, useRef, useState } from 'react'
import { SearchBox } from '../../../components/SearchBox.tsx'
import { useTypedSearch } from '../../../components/useTypedSearch.ts'
import { LONGEST_TEXT, searchText } from '../searchAddress.ts'
import { focusSong } from './focusSong.ts'
import { RecentSearches } from './lazyParts.ts'

/** ms; short enough to seem at once, long enough to leave out most letters of a word. */
const TYPING_PAUSE = 120

type Props = {
  /** The text of the search in the address. */
  value: string
  /** Called when the typing pauses. */
  onSearch: (text: string) => void
  /** Enter: this is what was meant. */
  onSubmit: (text: string) => void
}

export function SearchField({ value, onSearch, onSubmit }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(false)
  const typed = useTypedSearch({ value, onSearch, pause: TYPING_PAUSE, tidy: searchText })

  useEffect(() => {
    const keyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', keyDown)
    return () => document.removeEventListener('keydown', keyDown)
  }, [])

  function keyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') setOpen(false)
    if (event.key === 'Enter') onSubmit(typed.searchNow())
    if (event.key === 'ArrowDown') {
      const recent = event.currentTarget.closest('search')?.querySelector('a')
      recent?.focus()
      if (recent || focusSong('first')) event.preventDefault()
    }
  }

  return (
    <SearchBox
      ref={input}
      label="Search songs"
      placeholder="Title, artist or a line of the lyrics"
      aria-keyshortcuts="/"
      maxLength={LONGEST_TEXT}
      value={typed.text}
      onText={typed.setText}
      onFocus={() => setOpen(true)}
      onLeave={() => setOpen(false)}
      onKeyDown={keyDown}
    >
      {open && typed.text === '' && (
        <Suspense>
          <RecentSearches onChosen={() => input.current?.blur()} />
        </Suspense>
      )}
    </SearchBox>
  )
}

/** Whether a key press there writes something, or belongs to what lies over the page. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null)
  )
}
