import { storableText } from '../../lib/storableText.ts'
import type { TagCategory } from '../tags/index.ts'
import { EVERY_SONG, rangeOf } from './search.ts'
import type { NumberRange, Search, SearchSort } from './types.ts'

/** Letters of a text that count, as in the database. */
export const LONGEST_TEXT = 500
/** More of one kind is no search that a person made. */
const MOST_VALUES = 50

const categories = ['theme', 'occasion', 'liturgical', 'mood'] as const
const sorts: readonly SearchSort[] = ['relevance', 'title', 'newest', 'most_used']
const key = /^[A-G][#b]?m?$/

const isCategory = (text: string): text is TagCategory => categories.some((category) => category === text)
const isKey = (text: string): text is string => key.test(text)
const isId = (text: string): text is string => text !== ''

export type ReadSearch = {
  search: Search
  /** What could not be read, each as it stands in the address: those filters are left out. */
  unread: string[]
}

/** The search that an address stands for, whatever is in it. */
export function readSearch(params: URLSearchParams): ReadSearch {
  const unread: string[] = []
  const list = <Value extends string>(name: string, isValue: (text: string) => text is Value): Value[] => {
    const values = [...new Set(params.getAll(name).flatMap((text) => text.split(',')))].filter(Boolean)
    const good = values.filter(isValue).slice(0, MOST_VALUES)
    for (const value of values) if (!(good as string[]).includes(value)) unread.push(`${name}=${value}`)
    return good
  }
  const range = (name: string): NumberRange | null => {
    const text = params.get(name)
    if (!text) return null
    const read = readRange(text)
    if (read === null) unread.push(`${name}=${text}`)
    return read
  }
  const all = list('tags', isId)
  const any = list('any', isId).filter((id) => !all.includes(id))
  const none = list('not', isId).filter((id) => !all.includes(id) && !any.includes(id))
  const sort = params.get('sort')
  const known = sorts.find((one) => one === sort)
  if (sort && !known) unread.push(`sort=${sort}`)
  const search: Search = {
    text: searchText(params.get('q') ?? ''),
    all,
    any,
    none,
    categories: list('category', isCategory),
    keys: list('key', isKey),
    difficulty: range('difficulty'),
    tempo: range('tempo'),
    sort: known ?? EVERY_SONG.sort,
  }
  return { search, unread }
}

/** What of a typed text is looked for. */
export function searchText(typed: string): string {
  return storableText(typed.trim().slice(0, LONGEST_TEXT)).trim()
}

/** The part of the address from `?` on; empty for the search that finds everything. */
export function searchAddress(search: Search): string {
  const { text, all, any, none, difficulty, tempo, sort } = search
  const entries: [string, string][] = [
    ['q', text],
    ['tags', all.join()],
    ['any', any.join()],
    ['not', none.join()],
    ['category', search.categories.join()],
    ['key', search.keys.join()],
    ['difficulty', writeRange(difficulty)],
    ['tempo', writeRange(tempo)],
    ['sort', sort === EVERY_SONG.sort ? '' : sort],
  ]
  const params = new URLSearchParams(entries.filter(([, value]) => value !== ''))
  // A comma may stand in a query as it is; a list of tags is easier on the eye with it.
  const query = params.toString().replaceAll('%2C', ',')
  return query && `?${query}`
}

function readRange(text: string): NumberRange | null {
  const [, alone, from, to] = /^(?:(\d{1,4})|(\d{0,4})-(\d{0,4}))$/.exec(text) ?? []
  return rangeOf(numberOf(alone ?? from), numberOf(alone ?? to))
}

function numberOf(digits: string | undefined): number | null {
  return digits ? Number(digits) : null
}

function writeRange(range: NumberRange | null): string {
  if (range === null) return ''
  return range.from !== null && range.from === range.to
    ? `${range.from}`
    : `${range.from ?? ''}-${range.to ?? ''}`
}
