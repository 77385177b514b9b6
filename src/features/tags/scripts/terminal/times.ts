/** `20:01:12`, with the date where it is not today's. UTC, as the database tells it. @param now of the same clock */
export function clockTime(at: Date, now: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T')
  const isToday = now.toISOString().startsWith(date)
  return isToday ? time.slice(0, 8) : `${date} ${time.slice(0, 5)}`
}
