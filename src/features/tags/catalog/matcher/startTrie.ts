import { END } from './spellings.ts'
import { mayPause, type Steps } from './steps.ts'

/**
 * Sorted positions as a compressed trie, its nodes in preorder: whoever walks it goes from one node to the next, or past
 * everything below it, and needs no stack. The root is left out.
 */
export interface StartTrie {
  size: number
  /** By node: units from the root to where its edge begins, and to where it ends (END counts as one). */
  from: Uint8Array
  to: Uint8Array
  /** By node: the sorted positions below it, [low, high). */
  low: Int32Array
  high: Int32Array
  /** By node: the first node that is not below it. */
  next: Int32Array
}

/** @param deepest units that the trie tells apart, at most 255 */
export function* buildStartTrie(units: Uint16Array, sorted: Int32Array, deepest: number): Steps<StartTrie> {
  const nodes = new PostorderNodes(sorted.length)
  // Open nodes, from the root down: their depth, and where they begin.
  const depths = [0]
  const begins = [0]
  let leafBegin = 0
  for (let i = 1; i <= sorted.length; i++) {
    const position = sorted[i - 1] ?? 0
    const leafDepth = depthOfLeaf(units, position, deepest)
    const shared = i === sorted.length ? 0 : commonUnits(units, position, sorted[i] ?? 0, deepest)
    if (shared === leafDepth && i < sorted.length) continue
    nodes.add(leafBegin, i, Math.max(depths.at(-1) ?? 0, shared), leafDepth)
    let begin = leafBegin
    while ((depths.at(-1) ?? 0) > shared) {
      const depth = depths.pop() ?? 0
      begin = begins.pop() ?? 0
      nodes.add(begin, i, Math.max(depths.at(-1) ?? 0, shared), depth)
    }
    if ((depths.at(-1) ?? 0) < shared) {
      depths.push(shared)
      begins.push(begin)
    }
    leafBegin = i
    if (mayPause(i)) yield
  }
  yield
  return nodes.inPreorder()
}

/** Nodes as they are closed: those below before the one above. */
class PostorderNodes {
  readonly #from: Uint8Array
  readonly #to: Uint8Array
  readonly #low: Int32Array
  readonly #high: Int32Array
  /** By sorted position: nodes that begin there. */
  readonly #beginning: Int32Array
  #size = 0

  constructor(positions: number) {
    this.#from = new Uint8Array(2 * positions)
    this.#to = new Uint8Array(2 * positions)
    this.#low = new Int32Array(2 * positions)
    this.#high = new Int32Array(2 * positions)
    this.#beginning = new Int32Array(positions + 1)
  }

  add(low: number, high: number, from: number, to: number): void {
    const node = this.#size++
    this.#low[node] = low
    this.#high[node] = high
    this.#from[node] = from
    this.#to[node] = to
    this.#beginning[low] = (this.#beginning[low] ?? 0) + 1
  }

  /** Preorder is by beginning, and of those that begin together the one above first, which was closed last. */
  inPreorder(): StartTrie {
    const size = this.#size
    const trie: StartTrie = {
      size,
      from: new Uint8Array(size),
      to: new Uint8Array(size),
      low: new Int32Array(size),
      high: new Int32Array(size),
      next: new Int32Array(size),
    }
    const first = new Int32Array(this.#beginning.length + 1)
    for (let i = 0; i < this.#beginning.length; i++)
      first[i + 1] = (first[i] ?? 0) + (this.#beginning[i] ?? 0)
    const free = first.slice(1)
    for (let node = 0; node < size; node++) {
      const low = this.#low[node] ?? 0
      const place = (free[low] ?? 0) - 1
      free[low] = place
      trie.from[place] = this.#from[node] ?? 0
      trie.to[place] = this.#to[node] ?? 0
      trie.low[place] = low
      trie.high[place] = this.#high[node] ?? 0
      trie.next[place] = first[this.#high[node] ?? 0] ?? 0
    }
    return trie
  }
}

function depthOfLeaf(units: Uint16Array, position: number, deepest: number): number {
  let depth = 0
  while (depth < deepest && units[position + depth] !== END) depth++
  return Math.min(depth + 1, deepest)
}

/** Units that both spell from the start; END counts, so that equal spellings share one more than they have letters. */
function commonUnits(units: Uint16Array, a: number, b: number, deepest: number): number {
  let shared = 0
  while (shared < deepest) {
    const unit = units[a + shared]
    if (unit !== units[b + shared]) return shared
    shared++
    if (unit === END) return shared
  }
  return shared
}
