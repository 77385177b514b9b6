import type { Client } from './calls.ts'
import { keyOf } from './editLog.ts'

export interface OwnTag {
  id: string
  name: string
}

const EVENTS = [
  'Harvest supper',
  'Youth camp',
  'Sunrise service',
  'Choir evening',
  'Open air',
  'Visiting day',
]
const TAGS_EACH = 3

/**
 * Makes tags that no song's themes yield, some for each editor: a migration that goes on meanwhile never touches them, so
 * that the log of their owner is the last word on which songs carry them.
 *
 * @throws PostgrestError
 */
export async function makeOwnTags(service: Client, people: number, run: string): Promise<OwnTag[][]> {
  const rows = Array.from({ length: people * TAGS_EACH }, (_, place) => {
    const name = `${EVENTS[place % EVENTS.length]} ${run} ${place}`
    return { name, category: 'occasion' as const }
  })
  const made = new Map<string, OwnTag>()
  for (let from = 0; from < rows.length; from += 200) {
    const answer = await service
      .from('tags')
      .insert(rows.slice(from, from + 200))
      .select('id, name')
    if (answer.error) throw answer.error
    for (const tag of answer.data) made.set(tag.name, tag)
  }
  return Array.from({ length: people }, (_, person) =>
    rows.slice(person * TAGS_EACH, (person + 1) * TAGS_EACH).flatMap(({ name }) => made.get(name) ?? []),
  )
}

/** The links of these tags, as the logs name them. @throws PostgrestError */
export async function readLinks(service: Client, tags: readonly OwnTag[]): Promise<Set<string>> {
  const links = new Set<string>()
  for (const { id } of tags) {
    // A thousand rows are the most that the API gives at once.
    for (let from = 0, isFull = true; isFull; from += 1000) {
      const answer = await service
        .from('song_tags')
        .select('song_id')
        .eq('tag_id', id)
        .order('song_id')
        .range(from, from + 999)
      if (answer.error) throw answer.error
      for (const link of answer.data) links.add(keyOf(link.song_id, id))
      isFull = answer.data.length === 1000
    }
  }
  return links
}
