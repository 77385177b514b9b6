/** The figures of the monitoring benchmark. Times are medians of rounds that take turns, in this process. */
export const FIGURES = {
  'monitoring.track':
    'Nanoseconds for one call of `track`, all of them kept: the time of day is looked at, the value is counted. The peer is hdr-histogram-js that counts the value alone.',
  'monitoring.track.array': 'The same against an array that keeps every value.',
  'monitoring.track.sampled': 'The same when one call in four is kept, as for key presses.',
  'monitoring.share.autocomplete':
    'What looking at the clock twice and `track` take, as a share of what finding suggestions among 10,000 tags takes, the least part of what is measured.',
  'monitoring.share.read':
    'What counting the times of reads takes, as a share of a read from memory; one read of 64 is timed.',
  'monitoring.bytes':
    'Bytes that hold the times of 10,000 calls of one minute. The peer is hdr-histogram-js, to 1% and up to ten minutes in microseconds.',
  'monitoring.bytes.array': 'The same against an array of numbers.',
  'monitoring.error':
    'The most that p50, p95 and p99 of those calls are off by, as a share of themselves; the peer is the same histogram.',
} as const satisfies Record<string, string>

export type FigureName = keyof typeof FIGURES
