import { sha256Hex } from './sha256.ts'

/** Songs that one leaf covers, by rank of their ids. */
export const SONGS_PER_LEAF = 1000

/**
 * The certificate of a run: SHA-256 over its leaves, each in lower-case hex and ended by a newline, in rank order.
 * It names no batch, time or random id, so the same songs and plan give the same certificate.
 */
export function certificateOf(leaves: readonly string[]): Promise<string> {
  return sha256Hex(leaves.map((leaf) => `${leaf}\n`).join(''))
}
