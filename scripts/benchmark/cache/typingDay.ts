import type { CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import { SeededRandom } from '../../seed/seededRandom.ts'

/** What happens on one person's device; times in ms since midnight. */
export type DayEvent =
  /** The page is opened; after a restart of the browser sessionStorage is gone. */
  | { at: number; kind: 'open'; isRestarted: boolean }
  | { at: number; kind: 'key' }
  | { at: number; kind: 'choose'; tagId: string }
  /** The person changes a tag, and the device knows. */
  | { at: number; kind: 'edit'; tagId: string }

export interface TypingDay {
  /** By person, in order of time. */
  people: DayEvent[][]
  /** When the vocabulary changed, whoever changed it; ms since midnight. */
  edits: number[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Changes of the vocabulary in a day: new tags, renames, merges. */
const EDITS = 60

/**
 * A day of a hundred people who tag songs. How much each does, and how often each tag is chosen, falls as Zipf has it: the
 * nth does an nth of what the first does. A person comes one to six times between 7 and 22 o'clock, half of the times to
 * a browser that was closed meanwhile; tags one to eight songs each time, with one to four tags a song; and finds a tag
 * after two to six keys, one time in five with a letter to take back. Sixty times in the day somebody changes a tag.
 *
 * @param tags those of most songs first
 */
export function typingDay(people: number, tags: readonly CatalogTag[]): TypingDay {
  const chances = tags.map((_, n) => 1 / (n + 1))
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  const editors = new SeededRandom(`typing-day/${people}/edits`)
  const edits = Array.from({ length: EDITS }, () => ({
    at: timeOfDay(editors),
    by: editors.below(people),
    tagId: zipfTag(editors, tags, chances, total),
  }))
  return {
    people: Array.from({ length: people }, (_, n) => {
      const random = new SeededRandom(`typing-day/${people}/person/${n}`)
      const visits = Math.max(1, Math.round(6 / (n + 1) ** 0.5))
      const own = edits
        .filter(({ by }) => by === n)
        .map(({ at, tagId }) => ({ at, kind: 'edit' as const, tagId }))
      const draw = () => zipfTag(random, tags, chances, total)
      return inOrder([...Array.from({ length: visits }, () => visit(random, draw)).flat(), ...own])
    }),
    edits: edits.map(({ at }) => at).sort((a, b) => a - b),
  }
}

function visit(random: SeededRandom, draw: () => string): DayEvent[] {
  let at = timeOfDay(random)
  const events: DayEvent[] = [{ at, kind: 'open', isRestarted: random.chance(0.5) }]
  for (let songs = 1 + random.below(8); songs > 0; songs -= 1) {
    at += 20 * SECOND + random.below(70 * SECOND)
    for (let chosen = 1 + random.below(4); chosen > 0; chosen -= 1) {
      const slips = random.chance(0.2) ? 2 : 0
      for (let keys = 2 + random.below(5) + slips; keys > 0; keys -= 1) {
        at += 80 + random.below(220)
        events.push({ at, kind: 'key' })
      }
      at += SECOND
      events.push({ at, kind: 'choose', tagId: draw() })
      at += random.below(4 * SECOND)
    }
  }
  return events
}

/** A visit that would begin within another one is opened then, as a second page would be; what follows is in order. */
function inOrder(events: DayEvent[]): DayEvent[] {
  const sorted = events.toSorted((a, b) => a.at - b.at)
  const first = sorted.findIndex(({ kind }) => kind === 'open')
  // Nothing happens before the page is open.
  return sorted.slice(first)
}

function timeOfDay(random: SeededRandom): number {
  return 7 * HOUR + random.below(15 * HOUR)
}

function zipfTag(
  random: SeededRandom,
  tags: readonly CatalogTag[],
  chances: readonly number[],
  total: number,
): string {
  let left = random.float() * total
  for (const [n, tag] of tags.entries()) {
    left -= chances[n] ?? 0
    if (left < 0) return tag.id
  }
  return tags.at(-1)?.id ?? ''
}
