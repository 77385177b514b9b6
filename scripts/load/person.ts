import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@supabase/supabase-js'
import { CacheManager } from '../../src/features/tags/cache/cacheManager.ts'
import { createTagMatcher } from '../../src/features/tags/catalog/tagMatcher.ts'
import type { CatalogSnapshot, TagMatcher } from '../../src/features/tags/catalog/types.ts'
import type { Database } from '../../src/lib/database.types.ts'
import type { SeededRandom } from '../seed/seededRandom.ts'
import { type Client, calls, type Search } from './calls.ts'
import { EditLog } from './editLog.ts'
import type { SignIn } from './signIns.ts'
import type { Timings } from './timings.ts'
import { SEARCHED, TYPED } from './words.ts'

interface PersonOptions {
  apiUrl: string
  publishableKey: string
  who: SignIn
  random: SeededRandom
  timings: Timings
  /** Tags that only this person puts on songs and takes off, so that her log is the last word on them. */
  ownTags: readonly { id: string; name: string }[]
  /** Longest pause between two things she does; ms. The shortest is a quarter of it. */
  thinkMs: number
  signal: AbortSignal
}

/** What is left of a person when she has gone. */
export interface Left {
  log: EditLog
  reads: CacheReads
}

/** How often the cache had at once what was asked of it. */
interface Reads {
  answered: number
  missed: number
}

export interface CacheReads {
  /** Of the vocabulary. */
  tags: Reads
  /** Of the first page of a search, which only that very search can have left. */
  answers: Reads
}

const KEYS = ['C', 'D', 'Eb', 'F', 'G', 'A']
/** ms between two keys of somebody who types well. */
const KEY_MS = 140
/** As the app keeps tags and answers: fresh for a minute, shown for longer while newer ones load. */
const CACHE = { ttl: 60_000, grace: 30 * 86_400_000, maxSize: 500, maxBytes: 32 * 1024 * 1024 }

/** Signs in, looks for songs, reads, tags, thinks between, until the signal. Never rejects: what fails is in the timings. */
export async function livePerson(options: PersonOptions): Promise<Left> {
  const person = new Person(options)
  await person.live()
  return person.leave()
}

class Person {
  readonly #options: PersonOptions
  readonly #client: Client
  readonly #cache: CacheManager
  readonly #log = new EditLog()
  readonly #reads: CacheReads = { tags: { answered: 0, missed: 0 }, answers: { answered: 0, missed: 0 } }
  #matcher: { of: CatalogSnapshot; matcher: TagMatcher } | undefined
  #found: readonly string[] = []

  constructor(options: PersonOptions) {
    this.#options = options
    this.#client = createClient<Database>(options.apiUrl, options.publishableKey, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    })
    // Memory alone, which Node has: a page that stays open needs no other tier.
    this.#cache = onOwnDevice(
      () => new CacheManager({ ...CACHE, owner: options.who.email, persistToStorage: false }),
    )
  }

  async live(): Promise<void> {
    const { who, timings, random, signal } = this.#options
    await timings.measure('sign-in', async () => {
      const { error } = await this.#client.auth.signInWithPassword(who)
      if (error) throw error
    })
    await this.#look({ text: '', tag: null, musicalKey: null })
    // As the app does when the browser is idle.
    await this.#catalogMatcher()
    while (await this.#thought()) {
      const drawn = random.float()
      if (drawn < 0.4) await this.#search()
      else if (drawn < 0.7) await this.#read()
      else if (who.mayEdit) await this.#tag()
      else await this.#filter()
      if (signal.aborted) return
    }
  }

  leave(): Left {
    this.#cache.close()
    return { log: this.#log, reads: this.#reads }
  }

  /** @returns whether she goes on */
  async #thought(): Promise<boolean> {
    const { random, thinkMs, signal } = this.#options
    return this.#pause(thinkMs * (0.25 + 0.75 * random.float()), signal)
  }

  #pause(ms: number, signal: AbortSignal): Promise<boolean> {
    return delay(ms, true, { signal }).catch(() => false)
  }

  /** What is kept is shown at once, as on the page; a search that waits for the server is timed as one. */
  async #look(search: Search): Promise<void> {
    const key = `search:${JSON.stringify(search)}`
    this.#count('answers', key)
    try {
      const { songs } = await this.#cache.getOrLoad(key, {
        load: async () => {
          const found = await this.#options.timings.measure('search', () =>
            calls.search(this.#client, search),
          )
          if (found === null) throw new Error('It was not found.')
          return found
        },
        tags: ['songs'],
      })
      this.#found = songs.map(({ id }) => id)
    } catch {
      // Is counted where it failed.
    }
  }

  async #search(): Promise<void> {
    const { random } = this.#options
    await this.#look({
      text: random.pick(SEARCHED),
      tag: null,
      musicalKey: random.float() < 0.3 ? random.pick(KEYS) : null,
    })
  }

  async #filter(): Promise<void> {
    const tag = await this.#typeTag()
    if (tag !== null) await this.#look({ text: '', tag, musicalKey: null })
  }

  async #read(): Promise<void> {
    const song = this.#someSong()
    if (song !== null) await this.#options.timings.measure('read', () => calls.read(this.#client, song))
  }

  /** Looks for a tag in the field, then sets one of her own, or takes it off again. */
  async #tag(): Promise<void> {
    const { random, timings, ownTags } = this.#options
    const song = this.#someSong()
    await this.#typeTag()
    const own = ownTags.length === 0 ? undefined : random.pick(ownTags)
    if (song === null || own === undefined) return
    const isLinked = this.#log.has(song, own.id)
    const call = isLinked ? calls.untag : calls.tag
    const done = await timings.measure('tag', async () => {
      await call(this.#client, song, own.id)
      return true
    })
    if (done === null) this.#log.forget(song, own.id)
    else this.#log.write(song, own.id, !isLinked)
    // As the app does: an answer about songs may be wrong now.
    await this.#cache.invalidate({ tags: ['songs'] })
  }

  /** Types a word letter by letter. @returns the first tag that was suggested for it */
  async #typeTag(): Promise<string | null> {
    const { random, timings, signal } = this.#options
    const word = random.pick(TYPED)
    let first: string | null = null
    // Read when the field is opened; each key then asks the matcher alone.
    const matcher = await this.#catalogMatcher()
    if (matcher === null) return null
    for (let typed = 1; typed <= word.length; typed += 1) {
      const start = performance.now()
      first = matcher.suggest(word.slice(0, typed), { limit: 6 })[0]?.tag.id ?? null
      timings.add('autocomplete', performance.now() - start)
      if (!(await this.#pause(KEY_MS, signal))) return null
    }
    return first
  }

  async #catalogMatcher(): Promise<TagMatcher | null> {
    this.#count('tags', 'catalog')
    try {
      const catalog = await this.#cache.getOrLoad<CatalogSnapshot>('catalog', {
        load: (previous) => calls.catalog(this.#client, previous ?? null),
      })
      if (this.#matcher?.of !== catalog)
        this.#matcher = { of: catalog, matcher: createTagMatcher(catalog.tags) }
      return this.#matcher.matcher
    } catch (error) {
      this.#options.timings.fail('autocomplete', error)
      return null
    }
  }

  #count(kind: keyof CacheReads, key: string): void {
    const isThere = this.#cache.peek(key) !== undefined
    this.#reads[kind][isThere ? 'answered' : 'missed'] += 1
  }

  #someSong(): string | null {
    return this.#found.length === 0 ? null : this.#options.random.pick(this.#found)
  }
}

/** In one process all would be tabs of one browser: an edit of one would make everybody's kept answers wrong. */
function onOwnDevice(open: () => CacheManager): CacheManager {
  const channel = Object.getOwnPropertyDescriptor(globalThis, 'BroadcastChannel')
  if (channel === undefined) return open()
  Reflect.deleteProperty(globalThis, 'BroadcastChannel')
  try {
    return open()
  } finally {
    Object.defineProperty(globalThis, 'BroadcastChannel', channel)
  }
}
