/** The figures of the cache benchmark. All are taken in a real Chromium. */
export const FIGURES = {
  'cache.memory.read':
    'One read from the memory tier, among a thousand entries; the peer is lru-cache with the same limits and its own time to live. Medians of rounds that take turns.',
  'cache.memory.ratio': 'The two against each other: how much the counting costs.',
  'cache.memory.bare':
    'The same read against lru-cache with no limit but the number of entries: it ages nothing.',
  'cache.restore.p50':
    'A catalogue of 5,000 tags, from opening IndexedDB on a freshly loaded page to the first suggestion, as the app gives it: by a scan, while the index is being made. Half are faster.',
  'cache.restore.p95':
    'One in twenty is slower. The peer is idb-keyval that keeps the same catalogue as an object instead of as text, with the same matcher.',
  'cache.restore.read': 'How much of `cache.restore.p50` is opening, reading and parsing.',
  'cache.day.misses':
    'Share of key presses that had to wait for a request, of all key presses of a hundred people in a day.',
  'cache.day.stale':
    'Share of them that were answered with data older than a minute, while newer ones were loading.',
  'cache.day.requests': 'Requests for the catalogue, a person and day. The peer asks at every key press.',
  'cache.day.tags.misses':
    'The same share for single tags by their ids, read when one is chosen: those beyond the hundred that are taken ahead are not known at first.',
  'cache.day.keys': 'Key presses that were replayed.',
} as const satisfies Record<string, string>
