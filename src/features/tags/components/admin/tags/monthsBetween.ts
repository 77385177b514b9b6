import type { TagUsage } from '../../../services/adminTag.ts'

/** Every month from the first to the last, also those without songs, and the songs of each. @param months in order */
export function monthsBetween(months: TagUsage['months']): TagUsage['months'] {
  const first = months[0]?.month
  const last = months.at(-1)?.month
  if (first === undefined || last === undefined) return []
  const songs = new Map(months.map((month) => [month.month, month.songs]))
  const all: TagUsage['months'] = []
  for (let month = first; month <= last; month = monthAfter(month)) {
    all.push({ month, songs: songs.get(month) ?? 0 })
  }
  return all
}

function monthAfter(month: string): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + 1)
  return date.toISOString().slice(0, 7)
}
