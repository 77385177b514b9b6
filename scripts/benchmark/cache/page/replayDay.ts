import { CacheManager } from '../../../../src/features/tags/cache/cacheManager.ts'
import { CacheWarmer } from '../../../../src/features/tags/cache/cacheWarmer.ts'
import { tagEntryKey } from '../../../../src/features/tags/cache/entryKeys.ts'
import type { CatalogSnapshot, CatalogTag } from '../../../../src/features/tags/catalog/types.ts'
import type { DayEvent } from '../typingDay.ts'

export interface ReplayedDay {
  keys: number
  /** Key presses that waited for a request. */
  missedKeys: number
  staleKeys: number
  /** For the catalogue. */
  requests: number
  choices: number
  missedChoices: number
}

const MINUTE = 60_000
const wall = Date.now.bind(Date)
const monotonic = performance.now.bind(performance)

/** One person's day on this device, in as much time as it takes; both clocks show the time of the day. */
export async function replayDay({
  tags,
  events,
  edits,
}: {
  tags: readonly CatalogTag[]
  events: readonly DayEvent[]
  edits: readonly number[]
}): Promise<ReplayedDay> {
  const day: ReplayedDay = {
    keys: 0,
    missedKeys: 0,
    staleKeys: 0,
    requests: 0,
    choices: 0,
    missedChoices: 0,
  }
  let at = 0
  setClocks(() => at)
  const device = new Device(tags, () => edits.filter((edit) => edit <= at).length)
  for (const event of events) {
    at = event.at
    if (event.kind === 'open') await device.open(event.isRestarted)
    if (event.kind === 'edit') await device.edit(event.tagId)
    if (event.kind === 'key') {
      const { isMiss, isStale } = await device.press()
      day.keys += 1
      day.missedKeys += Number(isMiss)
      day.staleKeys += Number(isStale)
    }
    if (event.kind === 'choose') {
      day.choices += 1
      day.missedChoices += Number(await device.choose(event.tagId))
    }
  }
  day.requests = device.requests
  return day
}

/** The browser of one person, and a server that answers at once. */
class Device {
  requests = 0
  readonly #tags: readonly CatalogTag[]
  readonly #byId: ReadonlyMap<string, CatalogTag>
  readonly #version: () => number
  #cache: CacheManager | undefined

  constructor(tags: readonly CatalogTag[], version: () => number) {
    this.#tags = tags
    this.#byId = new Map(tags.map((tag) => [tag.id, tag]))
    this.#version = version
  }

  async open(isRestarted: boolean): Promise<void> {
    this.#cache?.close()
    if (isRestarted) sessionStorage.clear()
    const cache = new CacheManager({
      owner: 'anna',
      ttl: MINUTE,
      grace: 30 * 24 * 60 * MINUTE,
      maxSize: 500,
      maxBytes: 32 * 2 ** 20,
      persistToStorage: true,
    })
    this.#cache = cache
    // As the app does before the first key press.
    const load = async (limit: number) => (await this.#catalog()).tags.slice(0, limit)
    await new CacheWarmer({ cache, load }).warm()
  }

  async edit(tagId: string): Promise<void> {
    await this.#opened().invalidate({ tags: [tagEntryKey(tagId)] })
  }

  async press(): Promise<{ isMiss: boolean; isStale: boolean }> {
    const cache = this.#opened()
    const before = cache.stats().staleReads
    const isMiss = await this.#isLoaded((load) => this.#catalog(load))
    const isStale = cache.stats().staleReads > before
    // A reload ends long before the next key of a person; here it must end before time goes on.
    if (isStale) await settled(() => this.#isFresh())
    return { isMiss: isMiss && !isStale, isStale }
  }

  choose(tagId: string): Promise<boolean> {
    const key = tagEntryKey(tagId)
    return this.#isLoaded((load) =>
      this.#opened().getOrLoad<CatalogTag | undefined>(key, {
        load: async () => {
          load()
          return this.#byId.get(tagId)
        },
        tags: [key],
      }),
    )
  }

  async #isLoaded(read: (load: () => void) => Promise<unknown>): Promise<boolean> {
    let isLoaded = false
    await read(() => {
      isLoaded = true
    })
    return isLoaded
  }

  #catalog(onLoad?: () => void): Promise<CatalogSnapshot> {
    return this.#opened().getOrLoad<CatalogSnapshot>('catalog', {
      load: async (previous) => {
        this.requests += 1
        onLoad?.()
        const version = `${this.#version()}`
        return previous?.version === version ? previous : { version, tags: [...this.#tags] }
      },
    })
  }

  async #isFresh(): Promise<boolean> {
    const before = this.#opened().stats().staleReads
    await this.#catalog()
    return this.#opened().stats().staleReads === before
  }

  #opened(): CacheManager {
    if (!this.#cache) throw new Error('The page is not open yet.')
    return this.#cache
  }
}

async function settled(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve))
}

/** Both start with the page: the wall clock at a midnight, the other at nothing. */
function setClocks(at: () => number): void {
  const midnight = wall()
  const start = monotonic()
  Date.now = () => midnight + at()
  performance.now = () => start + at()
}
