import type { MetricEntry, SearchEntry, TagUse, UseEntry } from './metricEntry.ts'
import { metricSources } from './metricSources.ts'

/** Different things that are kept until they are taken; what is beyond is not counted. */
const MOST = 200

/**
 * Counts what people do with tags and search for, until it is taken to be sent. Nothing of it leaves the browser of somebody
 * who is not signed in, and a text is kept by nobody before several people have searched for it.
 */
export class TagMetrics {
  readonly #uses = new Map<string, UseEntry>()
  readonly #searches = new Map<string, SearchEntry>()

  /** @param tag its id */
  used(tag: string, label: TagUse): void {
    count(this.#uses, `${label} ${tag}`, { metric: 'tags.use', label, tag, count: 1 })
  }

  /** @param text as it was typed, once the person has come to rest. @param found whether there was any song */
  searched(text: string, found: boolean): void {
    const tidy = text.trim().slice(0, 200)
    if (tidy !== '')
      count(this.#searches, `${found} ${tidy}`, { metric: 'songs.search.text', text: tidy, found, count: 1 })
  }

  take(): MetricEntry[] {
    const taken = [...this.#uses.values(), ...this.#searches.values()]
    this.#uses.clear()
    this.#searches.clear()
    return taken
  }
}

function count<Entry extends { count: number }>(
  entries: Map<string, Entry>,
  key: string,
  first: Entry,
): void {
  const known = entries.get(key)
  if (known) known.count += 1
  else if (entries.size < MOST) entries.set(key, first)
}

/** The app's one. */
export const tagMetrics = new TagMetrics()
metricSources.add(() => tagMetrics.take())
