import type { Run } from '../../../migration/migrationDatabase.ts'

/** As people say it, and as the terminal does. */
export function statusName(status: Run['status']): string {
  const name = status.replace('_', ' ')
  return name[0]?.toUpperCase() + name.slice(1)
}

const shortTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const longTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** `20:01`, with the date where it is not today's; in the reader's own time zone. */
export function timeOf(at: Date, now: Date): string {
  return at.toDateString() === now.toDateString() ? shortTime.format(at) : longTime.format(at)
}
