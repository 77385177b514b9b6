import type { TagUsage } from '../../../services/adminTag.ts'

/**
 * Every month from the first to the last, also those without songs, and the songs of each.
 * @param months in order
 * @param atLeast so many months, up to the last one: of a few alone nobody sees when they were
 */
export function monthsBetween(months: TagUsage['months'], atLeast = 1): TagUsage['months'] {
  const first = months[0]?.month
  const last = months.at(-1)?.month
  if (first === undefined || last === undefined) return []
  const songs = new Map(months.map((month) => [month.month, month.songs]))
  const all: TagUsage['months'] = []
  const early = monthAfter(last, 1 - atLeast)
  for (let month = early < first ? early : first; month <= last; month = monthAfter(month)) {
    all.push({ month, songs: songs.get(month) ?? 0 })
  }
  return all
}

function monthAfter(month: string, months = 1): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 7)
}
