import { appliedTags, needsReview } from '../../../../migration/plan.ts'
import type { PlanEntry } from '../../../../migration/types.ts'

export type PlanGroup = 'all' | 'review' | 'decided' | PlanEntry['disposition']
export type PlanOrder = 'review' | 'file' | 'songs' | 'confidence'

export interface PlanFilter {
  /** Part of a theme or of a tag. */
  text: string
  group: PlanGroup
  order: PlanOrder
}

/** Stands between entries in the one text that is searched; no database holds it, so no theme has it. */
const BETWEEN = '\0'

/** Lists a plan's entries as a filter says: a hundred thousand of them, while somebody types. */
export class PlanLister {
  readonly #entries: readonly PlanEntry[]
  /** Places of the entries, as each order has them. */
  readonly #orders = new Map<PlanOrder, Uint32Array>()
  #text: string | undefined

  /** @param entries as the plan was made, in the order of its file */
  constructor(entries: readonly PlanEntry[]) {
    this.#entries = entries
  }

  /**
   * @param now the entry as it was decided, or the same
   * @returns entries as the plan was made; where they stand is not changed by decisions
   */
  rows({ text, group, order }: PlanFilter, now: (entry: PlanEntry) => PlanEntry): readonly PlanEntry[] {
    const wanted = text.trim().toLowerCase().replaceAll(BETWEEN, '')
    const hits = wanted === '' ? null : this.#search(wanted)
    const rows: PlanEntry[] = []
    for (const place of this.#ordered(order)) {
      const entry = this.#entries[place]
      if (entry === undefined) continue
      const decided = now(entry)
      const isHit =
        hits === null ||
        (decided === entry ? hits[place] === 1 : textOf(decided).toLowerCase().includes(wanted))
      if (isHit && isIn(group, entry, decided)) rows.push(entry)
    }
    return rows
  }

  #ordered(order: PlanOrder): Uint32Array {
    const known = this.#orders.get(order)
    if (known !== undefined) return known
    // Numbers sort themselves, five times as fast as anything that is compared by a function.
    const keyOf = KEYS[order]
    const keys = new Float64Array(this.#entries.length)
    for (const [place, entry] of this.#entries.entries()) keys[place] = keyOf(entry) * PLACES + place
    keys.sort()
    const places = new Uint32Array(keys.length)
    for (let row = 0; row < keys.length; row++) places[row] = (keys[row] ?? 0) % PLACES
    this.#orders.set(order, places)
    return places
  }

  /**
   * Which entries have it, as the plan was made. All of them are one text: lowered once, and gone through as fast as the browser
   * looks for a string. One text each took a quarter of a second before the first answer.
   */
  #search(wanted: string): Uint8Array {
    this.#text ??= this.#entries.map(textOf).join(BETWEEN).toLowerCase()
    const text = this.#text
    const hits = new Uint8Array(this.#entries.length)
    let place = 0
    let end = text.indexOf(BETWEEN)
    for (let at = text.indexOf(wanted); at >= 0; at = end < 0 ? -1 : text.indexOf(wanted, end)) {
      while (end >= 0 && end < at) {
        place += 1
        end = text.indexOf(BETWEEN, end + 1)
      }
      hits[place] = 1
    }
    return hits
  }
}

/** A line for each, so that nothing is found across two of them. */
function textOf(entry: PlanEntry): string {
  const { rawTheme, proposal } = entry
  const tags = appliedTags(entry).join('\n')
  const proposed = proposal === null ? '' : `\n${proposal.join('\n')}`
  return `${rawTheme}\n${tags}${proposed}`
}

function isIn(group: PlanGroup, made: PlanEntry, decided: PlanEntry): boolean {
  switch (group) {
    case 'all':
      return true
    case 'review':
      return needsReview(decided)
    case 'decided':
      return decided !== made
    default:
      return made.disposition === group
  }
}

/** More entries than a plan has: the place of an entry decides between equal keys. */
const PLACES = 2 ** 20
const MOST_SONGS = 2 ** 32 - 1
const bySongs = ({ songs }: PlanEntry) => MOST_SONGS - songs

/** What an order sorts by, the smallest first; below 2^33, so that a place fits beside it. */
const KEYS: Record<PlanOrder, (entry: PlanEntry) => number> = {
  // What a person should look at before anything else, most songs first: as the terminal lists it.
  review: (entry) => (needsReview(entry) ? 0 : 2 ** 32) + bySongs(entry),
  songs: bySongs,
  confidence: ({ confidence, songs }) =>
    Math.round(confidence * 4095) * 2 ** 20 + (2 ** 20 - 1 - Math.min(songs, 2 ** 20 - 1)),
  // They come in it.
  file: () => 0,
}
