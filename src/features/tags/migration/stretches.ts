/** Ids between two of them, which are uuids: comparing them as text orders them as Postgres does. */
export interface Stretch {
  after: string
  /** null for the last one. */
  until: string | null
}

/** Where each lane begins and ends when the ids are shared out evenly. */
export function shareOutIds(lanes: number): Stretch[] {
  const bounds = Array.from({ length: lanes }, (_, lane) => uuid((BigInt(lane) * ALL_IDS) / BigInt(lanes)))
  return bounds.map((after, lane) => ({ after, until: bounds[lane + 1] ?? null }))
}

const ALL_IDS = 1n << 128n

/** Stretches that lanes work through side by side; one that has ended its own takes over half of the longest. */
export class SharedStretches {
  readonly #waiting: Stretch[]
  readonly #open = new Set<Stretch>()

  constructor(lanes: number) {
    this.#waiting = shareOutIds(lanes)
  }

  /** The next one to work through; its lane moves `after` on as it goes, and ends at `until`, which others may draw in. */
  take(): Stretch | undefined {
    const longest = [...this.#open].toSorted((a, b) => (lengthOf(b) > lengthOf(a) ? 1 : -1))[0]
    const next = this.#waiting.shift() ?? (longest && cutInHalf(longest))
    if (next) this.#open.add(next)
    return next
  }

  done(stretch: Stretch): void {
    this.#open.delete(stretch)
  }
}

/**
 * Cuts a stretch in two where its ids are halved.
 * @returns the second half; the stretch itself ends where that begins
 */
function cutInHalf(stretch: Stretch): Stretch {
  const middle = uuid(numberOf(stretch.after) + lengthOf(stretch) / 2n)
  const second = { after: middle, until: stretch.until }
  stretch.until = middle
  return second
}

function lengthOf({ after, until }: Stretch): bigint {
  const length = (until === null ? ALL_IDS : numberOf(until)) - numberOf(after)
  return length > 0n ? length : 0n
}

function numberOf(id: string): bigint {
  return BigInt(`0x${id.replaceAll('-', '')}`)
}

function uuid(id: bigint): string {
  const digits = id.toString(16).padStart(32, '0')
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
