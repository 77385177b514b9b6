/** The figures of the search benchmark: `search_songs` with all facets, two to five filters a search. */
export const FIGURES = {
  'search.selective.p95':
    'Searches that find at most one song in twenty, in the database (a connection of its own, as `anon`): one in twenty is slower.',
  'search.selective.p50': 'The same, half are faster.',
  'search.broad.p95': 'Searches that find more songs than that.',
  'search.broad.p50': 'The same, half are faster.',
  'search.http.added.p95':
    'How much later one in twenty of all these searches ends over HTTP, for one user, than in the database.',
  'search.http.share':
    'The part of a search over HTTP, for one user, that the embedded server takes: the medians’ difference, of 1.',
  'search.peer':
    'A page with its facets over HTTP against the queries that one would write with supabase-js: an embedded select with `song_tags!inner` for the page, and a count for each tag, category, key, difficulty and tempo that is shown. Four selective searches and four broad ones, added up.',
  'search.peer.selective': 'The same of the selective ones alone.',
  'search.peer.page': 'The mean of all eight, in milliseconds.',
  'search.index':
    'Indexing all the songs as on the day when the search is deployed to them: `select song_search.index_backlog(500)`, call after call.',
  'search.index.longest':
    'The longest of these calls, during which whoever writes one of its 500 songs waits.',
  'search.users.p95':
    '100 people, each searching, reading for a second and searching again, for half a minute, over HTTP in a songbook of 10,000 songs: one in twenty waits longer.',
  'search.users.p50': 'The same, half wait shorter.',
  'search.users.errors': 'Searches of theirs that failed.',
  'search.users.rate': 'The time between two answers to any of them.',
} as const satisfies Record<string, string>

export type FigureName = keyof typeof FIGURES
