import {
  infiniteQueryOptions,
  keepPreviousData,
  onlineManager,
  useInfiniteQuery,
} from '@tanstack/react-query'
import { ServiceError } from '../../../lib/ServiceError.ts'
import { measured } from '../../monitoring/index.ts'
import { SONG_ANSWERS, songListsKey } from '../../songs/index.ts'
import { keptAnswer } from '../../tags/index.ts'
import { isSearchPage, type SearchPage, searchSongs } from '../services/searchService.ts'
import type { Search } from '../types.ts'
import { timedAnswer } from './timedAnswer.ts'

/** ms. As long as somebody leafs through songs, what was found stays at hand, without a connection too. */
const KEPT = 60 * 60_000

/** The same for the same question, in whatever order it was put together. */
function questionOf(search: Search): Search {
  return {
    ...search,
    all: search.all.toSorted(),
    any: search.any.toSorted(),
    none: search.none.toSorted(),
    categories: search.categories.toSorted(),
    keys: search.keys.toSorted(),
  }
}

function searchResultsQuery(search: Search) {
  const question = questionOf(search)
  return infiniteQueryOptions({
    queryKey: [...songListsKey, question],
    queryFn: ({ pageParam, client, queryKey, signal }) =>
      // Later pages are not kept in storage: they would push out the first pages of other searches, and the tags.
      pageParam === null
        ? timedAnswer(
            (aborted) => ask(question, null, aborted),
            (load) =>
              keptAnswer(
                {
                  key: `search:${JSON.stringify(question)}`,
                  tags: [SONG_ANSWERS],
                  load,
                  accept: isSearchPage,
                },
                { client, queryKey, signal },
              ),
          )
        : ask(question, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    gcTime: KEPT,
    // A storage may have the answer where there is no network.
    networkMode: 'offlineFirst',
  })
}

/** The songs that a search finds, page by page. While the next answer is on its way, the last one stays to be read. */
export function useSearchResults(search: Search, { enabled }: { enabled: boolean }) {
  return useInfiniteQuery({
    ...searchResultsQuery(search),
    enabled,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({
      songs: pages.flatMap((page) => page.songs),
      total: pages[0]?.total ?? 0,
      facets: pages[0]?.facets ?? null,
    }),
  })
}

export type SongResults = ReturnType<typeof useSearchResults>

async function ask(search: Search, after: string | null, signal: AbortSignal): Promise<SearchPage> {
  // The query waits for the connection by itself; a request that must fail would only be noise.
  if (!onlineManager.isOnline())
    throw new ServiceError('Could not search the songs: there is no connection', {
      status: 0,
      code: undefined,
      cause: null,
    })
  return measured('songs.search', () => searchSongs(search, after, signal), { label: 'server', signal })
}
