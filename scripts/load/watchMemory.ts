import { readdir, readFile } from 'node:fs/promises'

/** Bytes of memory over time, of a server or a tab. */
export class MemoryTrack {
  readonly #samples: number[] = []

  add(bytes: number): void {
    this.#samples.push(bytes)
  }

  /**
   * How much the last quarter is above the second one: 1 is flat. The first is left out, in which caches fill.
   * @returns null with too few samples to tell
   */
  growth(): number | null {
    const quarter = Math.floor(this.#samples.length / 4)
    if (quarter === 0) return null
    const before = middleOf(this.#samples.slice(quarter, 2 * quarter))
    return before === 0 ? null : middleOf(this.#samples.slice(-quarter)) / before
  }

  /** Bytes at the end. */
  last(): number | null {
    return this.#samples.at(-1) ?? null
  }
}

function middleOf(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/**
 * Memory of a process and all that it has started, as far as it is its own: what PostgreSQL shares is filled by and by, and
 * has its size from the beginning. Bytes; null where there is no /proc.
 */
export async function ownMemory(pid: number): Promise<number | null> {
  const statuses = await readStatuses()
  if (!statuses.has(pid)) return null
  let pids = [pid]
  let bytes = 0
  while (pids.length > 0) {
    bytes += pids.reduce((sum, one) => sum + (statuses.get(one)?.bytes ?? 0), 0)
    const parents = new Set(pids)
    pids = [...statuses].flatMap(([child, { parent }]) => (parents.has(parent) ? child : []))
  }
  return bytes
}

async function readStatuses(): Promise<Map<number, { parent: number; bytes: number }>> {
  const names = await readdir('/proc').catch(() => [])
  const read = names
    .filter((name) => /^\d+$/.test(name))
    .map(async (name) => {
      const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
      const number = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
      return [Number(name), { parent: number('PPid'), bytes: number('RssAnon') * 1024 }] as const
    })
  return new Map(await Promise.all(read))
}
