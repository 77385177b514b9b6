/**
 * Planning a call, and the names and themes that it looks songs up in, cost as much as a thousand songs: two chunks a
 * call save a twentieth.
 */
export const CHUNKS_AT_ONCE = 2

/**
 * Ends of chunks → of stretches: some chunks each, and at the end single ones, so that the lanes end together.
 * @param areLast whether no chunks follow these
 */
export function joinChunks(ends: readonly string[], lanes: number, areLast: boolean): string[] {
  return ends.filter((_, place) => {
    const isNearEnd = areLast && ends.length - place < CHUNKS_AT_ONCE * lanes
    return isNearEnd || place % CHUNKS_AT_ONCE === CHUNKS_AT_ONCE - 1 || place === ends.length - 1
  })
}
