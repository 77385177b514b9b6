/** The moment at which a day begins where the reader is, or that many days later; null when it is no day. @param day `2026-11-26` */
export function startOfDay(day: string, daysLater: number): string | null {
  const start = new Date(`${day}T00:00`)
  if (Number.isNaN(start.getTime())) return null
  start.setDate(start.getDate() + daysLater)
  return start.toISOString()
}
