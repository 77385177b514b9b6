import { useEffect, useLayoutEffect } from 'react'
import { useLocation, useNavigationType } from 'react-router'

const storageKey = 'songbook-scroll'
const places = readPlaces()

/**
 * A new page starts at its top; back and forward lead to where one was. The browser's own restoration comes too early
 * for a page that is drawn after the address has changed, and React Router has one only for data routers.
 */
export function useScrollMemory(): void {
  const { key: entry, pathname, search } = useLocation()
  // Whatever page a document begins with, the router calls its entry the same.
  const key = entry === 'default' ? pathname + search : entry
  const navigation = useNavigationType()

  useEffect(() => {
    history.scrollRestoration = 'manual'
    window.addEventListener('pagehide', writePlaces)
    return () => window.removeEventListener('pagehide', writePlaces)
  }, [])

  useLayoutEffect(() => {
    if (navigation === 'POP') window.scrollTo(0, places.get(key) ?? 0)
    if (navigation === 'PUSH') window.scrollTo(0, 0)
    const remember = () => places.set(key, window.scrollY)
    window.addEventListener('scroll', remember, { passive: true })
    return () => window.removeEventListener('scroll', remember)
  }, [key, navigation])
}

function readPlaces(): Map<string, number> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(storageKey) ?? '[]'))
  } catch {
    // Storage is blocked, or something else is in it: every page starts at its top.
    return new Map()
  }
}

function writePlaces(): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([...places].slice(-50)))
  } catch {
    // Storage is blocked: after a reload the page starts at its top.
  }
}
