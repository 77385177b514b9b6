import { useEffect, useEffectEvent, useRef, useState } from 'react'

type Options = {
  /** What is searched for now. */
  value: string
  /** Called when the typing pauses. */
  onSearch: (text: string) => void
  /** ms that a text waits for a newer one; 0: it does not. */
  pause: number
  /** What of a typed text is looked for. */
  tidy: (typed: string) => string
}

type TypedSearch = {
  /** As it was typed. */
  text: string
  setText: (text: string) => void
  /** Searches without waiting for the pause. @returns what for */
  searchNow: () => string
}

/** ms. A text that is not taken up is given up for a newer one. */
const LONGEST_UNTAKEN = 500

/** The text of a search field, which a pause in the typing sends off. */
export function useTypedSearch({ value, onSearch, pause, tidy }: Options): TypedSearch {
  const [text, setText] = useState(value)
  const shown = useRef(value)
  const sent = useRef(value)
  const untaken = useRef(new Set<string>())
  const search = useEffectEvent(onSearch)
  const wanted = tidy(text)

  useEffect(() => {
    if (value !== shown.current) {
      shown.current = value
      if (value === sent.current) untaken.current.clear()
      // Changed from elsewhere: not an echo of what was typed here, be it of some letters ago.
      else if (!untaken.current.has(value)) {
        sent.current = value
        setText(value)
        return
      }
    }
    if (wanted === sent.current) return
    const send = () => {
      sent.current = wanted
      untaken.current.add(wanted)
      search(wanted)
    }
    const wait = pause === 0 && value !== sent.current ? LONGEST_UNTAKEN : pause
    if (wait === 0) {
      send()
      return
    }
    const timer = setTimeout(send, wait)
    return () => clearTimeout(timer)
  }, [wanted, value, pause])

  function searchNow(): string {
    sent.current = wanted
    untaken.current.add(wanted)
    onSearch(wanted)
    return wanted
  }
  return { text, setText, searchNow }
}
