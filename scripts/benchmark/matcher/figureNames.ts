/** The figures of the matcher benchmark. KIND is a kind of labelled query, PEER a library. */
export const FIGURES = {
  'matcher.prefix.p50': 'Milliseconds for a beginning of a name, at 10,000 tags: half are faster.',
  'matcher.prefix.p95':
    'One in twenty is slower. Every beginning of every labelled prefix, from its first letter on, as it is typed.',
  'matcher.typo.p50': 'The same for the labelled queries with a typo, of all six kinds.',
  'matcher.typo.p95': 'One in twenty is slower.',
  'matcher.mix.ratio':
    'All labelled queries, ours against the fastest peer; means of the medians of the rounds.',
  'matcher.mix.PEER': 'The same in milliseconds a query, against each peer.',
  'matcher.100k.prefix.p95': 'As `matcher.prefix.p95`, at 100,000 tags.',
  'matcher.100k.typo.p95': 'As `matcher.typo.p95`, at 100,000 tags.',
  'matcher.100k.mix.ratio':
    'As `matcher.mix.ratio`, at 100,000 tags, every eighth query, against the three peers that can still be waited for.',
  'matcher.build':
    'Making the index of 10,000 tags, once the code is warm; the peer is the fastest one to make.',
  'matcher.build.first': 'The first index that a process makes, while its code is still being compiled.',
  'matcher.build.slice': 'The longest that making it in slices keeps the thread (slices of 4 ms).',
  'matcher.100k.build': 'Making the index of 100,000 tags.',
  'matcher.missed':
    'Share of the expected tags that are not among the first five, over all labelled queries at 10,000 tags. The target is what Fuse misses.',
  'matcher.missed.PEER': 'The same against each peer.',
  'matcher.missed.KIND': 'The same by kind of query, against Fuse.',
  'matcher.false':
    'False suggestions a query, of the eight that are shown. The target is fewer than those of Fuse.',
  'matcher.false.PEER': 'The same against each peer.',
  'matcher.false.KIND': 'The same by kind of query, against Fuse.',
  'matcher.p95.KIND':
    'Milliseconds for the queries of a kind, at 10,000 tags, against the peer that is fastest at it.',
} as const satisfies Record<string, string>
