import uFuzzy from '@leeoniya/ufuzzy'
import Fuse from 'fuse.js'
import fuzzysort from 'fuzzysort'
import { matchSorter } from 'match-sorter'
import MiniSearch from 'minisearch'
import { createTagMatcher } from '../../../src/features/tags/catalog/tagMatcher.ts'
import type { CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import { foldName } from '../../../src/lib/folding.ts'

/** Suggestions that an autocomplete shows. */
const SHOWN = 8

/** Answers with the tags that it would show for a query, best first. */
type Search = (query: string) => CatalogTag[]

export interface Contender {
  name: string
  /** @param tags standard ones first, then by usage: the order in which a contender leaves what it finds alike */
  build(tags: readonly CatalogTag[]): Search
}

export const ours: Contender = {
  name: 'ours',
  build(tags) {
    const matcher = createTagMatcher(tags)
    return (query) => matcher.suggest(query, { limit: SHOWN }).map(({ tag }) => tag)
  },
}

/**
 * The peers, each with the settings that its own documentation has for an autocomplete that forgives typos. All search
 * the names and synonyms folded as ours are, so that none loses by accents, case or ß.
 */
const minisearch: Contender = {
  name: 'minisearch',
  build(tags) {
    const index = new MiniSearch<{ id: number; name: string; synonyms: string }>({
      fields: ['name', 'synonyms'],
      tokenize: (text) => foldName(text).split(' '),
      processTerm: (term) => term,
      searchOptions: {
        boost: { name: 2 },
        combineWith: 'AND',
        prefix: true,
        fuzzy: (term) => (term.length > 3 ? 0.2 : false),
        boostDocument: (id) => 1 + Math.log1p(tags[id]?.usage ?? 0) / 8 + (tags[id]?.isStandard ? 1 : 0),
      },
    })
    index.addAll(tags.map(({ name, synonyms }, id) => ({ id, name, synonyms: synonyms.join('\n') })))
    return (query) =>
      index
        .search(query)
        .slice(0, SHOWN)
        .flatMap(({ id }) => tags[id] ?? [])
  },
}

const fuzzysortContender: Contender = {
  name: 'fuzzysort',
  build(tags) {
    const spellings = spellingsOf(tags).map(({ key, tag }) => ({ target: fuzzysort.prepare(key), tag }))
    // More than are shown, as a tag may be found by several spellings.
    const options = { key: 'target', limit: 3 * SHOWN, threshold: 0.3 }
    return (query) =>
      distinct(fuzzysort.go(foldName(query), spellings, options).map((result) => result.obj.tag))
  },
}

const ufuzzy: Contender = {
  name: 'uFuzzy',
  build(tags) {
    const spellings = spellingsOf(tags)
    const keys = spellings.map(({ key }) => key)
    const search = new uFuzzy({
      // All letters beyond ASCII, as they are: with the flag for Unicode its first answers take four times as long.
      alpha: 'a-zÀ-\uffff',
      intraMode: 1,
      intraIns: 1,
      intraSub: 1,
      intraTrn: 1,
      intraDel: 1,
    })
    return (query) => {
      const [found, info, order] = search.search(keys, foldName(query), 1)
      const places = order ? order.map((place) => info.idx[place] ?? 0) : (found ?? [])
      return distinct(places.flatMap((place) => spellings[place]?.tag ?? []))
    }
  },
}

const matchSorterContender: Contender = {
  name: 'match-sorter',
  build(tags) {
    const items = tags.map((tag) => ({ tag, keys: [tag.name, ...tag.synonyms].map(foldName) }))
    const options = { keys: ['keys'], baseSort: () => 0 }
    return (query) =>
      matchSorter(items, foldName(query), options)
        .slice(0, SHOWN)
        .map(({ tag }) => tag)
  },
}

/** The oracle: finds the most, false ones too, and takes its time. */
export const fuse: Contender = {
  name: 'Fuse',
  build(tags) {
    const items = tags.map((tag) => ({
      tag,
      name: foldName(tag.name),
      synonyms: tag.synonyms.map(foldName),
    }))
    const index = new Fuse(items, {
      keys: [{ name: 'name', weight: 2 }, 'synonyms'],
      // Of the settings that were tried, those with which it misses the least.
      threshold: 0.4,
      ignoreLocation: true,
      ignoreFieldNorm: true,
    })
    return (query) => index.search(foldName(query), { limit: SHOWN }).map(({ item }) => item.tag)
  },
}

/** Those whose time is compared with ours. */
export const peers: readonly Contender[] = [minisearch, fuzzysortContender, ufuzzy, matchSorterContender]

interface Spelling {
  key: string
  tag: CatalogTag
}

function spellingsOf(tags: readonly CatalogTag[]): Spelling[] {
  return tags.flatMap((tag) => [tag.name, ...tag.synonyms].map((name) => ({ key: foldName(name), tag })))
}

function distinct(tags: readonly CatalogTag[]): CatalogTag[] {
  const first = new Set<CatalogTag>()
  for (const tag of tags) {
    first.add(tag)
    if (first.size === SHOWN) break
  }
  return [...first]
}
