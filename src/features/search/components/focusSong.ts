import { focusField } from './focusField.ts'

/**
 * Moves the focus among the songs by what is in the page, where the list keeps enough rows around the focus; above the first
 * one is the field. @returns whether there was somewhere to go
 */
export function focusSong(which: 'first' | 'next' | 'previous'): boolean {
  const links: (Element | null)[] = [...document.querySelectorAll('a[data-song]')]
  const at = links.indexOf(document.activeElement)
  if (which !== 'first' && at < 0) return false
  const song = links[which === 'first' ? 0 : which === 'next' ? at + 1 : at - 1]
  if (!(song instanceof HTMLElement)) return which === 'previous' && focusField()
  song.focus()
  return true
}
