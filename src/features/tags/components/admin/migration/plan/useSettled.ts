import { useEffect, useState } from 'react'

/** Whoever walks down a list with an arrow key does not want every row that she passes. */
const REST_MS = 150

/** The texts, once they have not changed for a moment, and whether they are those that were given. */
export function useSettled(texts: readonly string[]): { settled: readonly string[]; isSettled: boolean } {
  const [settled, setSettled] = useState(texts)
  const isSame = settled.length === texts.length && settled.every((text, place) => text === texts[place])
  useEffect(() => {
    if (isSame) return
    const timer = setTimeout(() => setSettled(texts), REST_MS)
    return () => clearTimeout(timer)
  })
  return { settled, isSettled: isSame }
}
