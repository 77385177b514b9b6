import { type KeyboardEvent, Suspense, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { Icon } from '../../../components/Icon.tsx'
import { LONGEST_TEXT, searchText } from '../searchAddress.ts'
import { focusSong } from './focusSong.ts'
import { RecentSearches } from './lazyParts.ts'
import styles from './SearchField.module.css'

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
  const id = useId()
  const box = useRef<HTMLElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [open, setOpen] = useState(false)
  const sent = useRef(value)
  const search = useEffectEvent(onSearch)

  useEffect(() => {
    // The page went back, or a link changed the search: not an echo of what was typed here.
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])

  useEffect(() => {
    const wanted = searchText(text)
    if (wanted === sent.current) return
    const timer = setTimeout(() => {
      sent.current = wanted
      search(wanted)
    }, TYPING_PAUSE)
    return () => clearTimeout(timer)
  }, [text])

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
    if (event.key === 'Escape') {
      event.preventDefault()
      setText('')
      setOpen(false)
    }
    if (event.key === 'Enter') {
      const wanted = searchText(text)
      sent.current = wanted
      onSearch(wanted)
      onSubmit(wanted)
    }
    if (event.key === 'ArrowDown') {
      const recent = box.current?.querySelector('a')
      recent?.focus()
      if (recent || focusSong('first')) event.preventDefault()
    }
  }

  return (
    <search
      ref={box}
      className={styles.search}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false)
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        Search songs
      </label>
      <Icon name="search" />
      <input
        ref={input}
        id={id}
        className={styles.input}
        type="search"
        placeholder="Title, artist or a line of the lyrics"
        autoComplete="off"
        enterKeyHint="search"
        aria-keyshortcuts="/"
        maxLength={LONGEST_TEXT}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={() => setOpen(true)}
        onKeyDown={keyDown}
      />
      {open && text === '' && (
        <Suspense>
          <RecentSearches onChosen={() => input.current?.blur()} />
        </Suspense>
      )}
    </search>
  )
}

/** Whether a key press there writes something, or belongs to what lies over the page. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null)
  )
}
