import { useEffect, useEffectEvent, useRef, useState } from 'react'

type Options = {
  /** What is searched for now. */
  value: string
  /** Called when the typing pauses. */
  onSearch: (text: string) => void
  /** ms. */
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

/** The text of a search field, which a pause in the typing sends off. */
export function useTypedSearch({ value, onSearch, pause, tidy }: Options): TypedSearch {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const search = useEffectEvent(onSearch)
  const wanted = tidy(text)

  useEffect(() => {
    // Changed from elsewhere: not an echo of what was typed here.
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])

  useEffect(() => {
    if (wanted === sent.current) return
    const timer = setTimeout(() => {
      sent.current = wanted
      search(wanted)
    }, pause)
    return () => clearTimeout(timer)
  }, [wanted, pause])

  function searchNow(): string {
    sent.current = wanted
    onSearch(wanted)
    return wanted
  }
  return { text, setText, searchNow }
}
