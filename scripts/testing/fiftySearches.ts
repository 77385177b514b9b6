import type { SupabaseClient } from '@supabase/supabase-js'
import { EVERY_SONG } from '../../src/features/search/search.ts'
import type * as searchService from '../../src/features/search/services/searchService.ts'
import type { Search as AppSearch } from '../../src/features/search/types.ts'
import type { Database } from '../../src/lib/database.types.ts'

type Client = SupabaseClient<Database>

export interface Search {
  name: string
  /** Looks for a theme or a title, which were there before any tag. */
  isOld: boolean
  /** The ids of all songs that it finds. */
  find(): Promise<string[]>
}

/** The app's own search, and two who ask the API as old clients do. */
export interface Searchers {
  app: Pick<typeof searchService, 'searchSongs'>
  anonymous: Client
  leader: Client
  /** The id of the tag of this name. */
  tagId(name: string): string
}

const CONTAINED = [
  ['Praise'],
  ['Christmas'],
  ['Prayer'],
  ['Children'],
  ['Devotion'],
  ['Devotion '],
  ['Grace'],
  ['Peace'],
  ['TRUST'],
  ['cross'],
  ['Kingship of Christ'],
  ['救赎'],
  ['Joy'],
  [' Joy'],
  [''],
  ['Lent; Repentance'],
  ['Prayer / Devotion'],
  ['name—of—jesus'],
  ['{draft}'],
  ['(Easter)'],
  ["god's care"],
  ['HOLY SPIRIT — pentecost'],
  ['Good Friday', 'Holy week'],
  ['Christmas', 'Incarnation'],
]
const OVERLAPPING = [
  ['Grace', 'Mercy'],
  ['christmas', 'Navidads', 'Weihnachten'],
  ['Christmas,', 'Praise,'],
  ['Prasie', 'Chrismtas', 'Peaec'],
]
const TITLES = ['the', 'JESUS', '(in', 'forty', '奇异恩典', 'ночь', 'jesus,', '- the', "o'", 'ü']
const TAGS = ['Grace', 'Praise', 'Christmas', 'Peace', 'Cross', 'Prayer', 'Advent', 'Joy']
const TAGGED_TITLES = [
  ['the', 'Praise'],
  ['a', 'Christmas'],
  ['o', 'Grace'],
  ['lord', 'Peace'],
] as const

/** Fifty searches, the same for ever: 28 by theme, 10 by title, 12 by tag. */
export function fiftySearches({ app, anonymous, leader, tagId }: Searchers): Search[] {
  return [
    ...CONTAINED.map((themes, index) => byThemes(index % 2 ? leader : anonymous, 'cs', themes)),
    ...OVERLAPPING.map((themes, index) => byThemes(index % 2 ? leader : anonymous, 'ov', themes)),
    ...TITLES.map((title) => inApp(app, `title ${title}`, { text: title })),
    ...TAGS.map((tag) => inApp(app, `tag ${tag}`, { all: [tagId(tag)] })),
    ...TAGGED_TITLES.map(([title, tag]) =>
      inApp(app, `title ${title} and tag ${tag}`, { text: title, all: [tagId(tag)] }),
    ),
  ]
}

/** `themes=cs.{…}` or `themes=ov.{…}`, as it goes over the wire. */
function byThemes(client: Client, operator: 'cs' | 'ov', themes: readonly string[]): Search {
  const list = `{${themes.map((theme) => `"${theme.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`
  return {
    name: `themes=${operator}.${list}`,
    isOld: true,
    find: async () => {
      const { data, error } = await client.from('songs').select('id').filter('themes', operator, list)
      if (error !== null) throw new Error(error.message, { cause: error })
      return data.map((song) => song.id)
    },
  }
}

/** As the app's search asks, page after page. */
function inApp(app: Searchers['app'], name: string, filter: Partial<AppSearch>): Search {
  const { signal } = new AbortController()
  return {
    name,
    isOld: filter.all === undefined,
    find: async () => {
      const ids: string[] = []
      let after: string | null = null
      do {
        const page = await app.searchSongs({ ...EVERY_SONG, ...filter }, after, signal)
        ids.push(...page.songs.map((song) => song.id))
        after = page.next
      } while (after !== null)
      return ids
    },
  }
}
