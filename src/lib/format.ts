const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** “26 November 2026”, where the reader is. @param at ISO 8601 */
export function dateOf(at: string): string {
  return dates.format(new Date(at))
}

/** “14:05”, where the reader is. @param at ISO 8601 */
export function timeOf(at: string): string {
  return times.format(new Date(at))
}
