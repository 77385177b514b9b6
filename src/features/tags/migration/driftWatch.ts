import { checkDrift, type DriftCheck } from './checkDrift.ts'
import { hasDrifted } from './hasDrifted.ts'
import type { MigrationDatabase } from './migrationDatabase.ts'

/** Something that is not as it should be: a song by its id, or a tag. */
export interface Drift {
  kind: 'song' | 'tag' | 'no-state'
  id: string
  /** What differs, as the database says it. */
  detail: Record<string, unknown>
}

/** One check, and what it changed in what is known to drift. */
export interface DriftPass {
  check: DriftCheck
  drifted: Drift[]
  mended: Drift[]
  /** How much drifts now, this pass included. */
  open: number
}

/** Known drift that one pass looks at again: a look is a call, and a pass should stay small. */
const LOOKS_PER_PASS = 20

/**
 * Watches for drift, stretch by stretch, around all songs and tags. It knows what it has found, so that each is told once,
 * and once more when it is mended.
 */
export class DriftWatch {
  readonly #database: MigrationDatabase
  readonly #open = new Map<string, Drift>()

  constructor(database: MigrationDatabase) {
    this.#database = database
  }

  /** Checks the next stretch, and looks again at what drifted before. @throws MigrationFailure */
  async pass(): Promise<DriftPass> {
    const check = await checkDrift(this.#database)
    const mended = await this.#lookAgain()
    const drifted = driftsOf(check).filter((drift) => !this.#open.has(keyOf(drift)))
    for (const drift of drifted) this.#open.set(keyOf(drift), drift)
    return { check, drifted, mended, open: this.#open.size }
  }

  /** Those that were looked at go to the end, so that each has its turn. */
  async #lookAgain(): Promise<Drift[]> {
    const mended: Drift[] = []
    for (const [key, drift] of [...this.#open].slice(0, LOOKS_PER_PASS)) {
      this.#open.delete(key)
      if (await hasDrifted(this.#database, drift)) this.#open.set(key, drift)
      else mended.push(drift)
    }
    return mended
  }
}

function driftsOf(check: DriftCheck): Drift[] {
  return [
    ...check.differences.map((detail): Drift => ({ kind: 'song', id: detail.songId, detail })),
    ...check.unsyncedSongs.map((id): Drift => ({ kind: 'no-state', id, detail: { songId: id } })),
    ...check.tagDifferences.map((detail): Drift => ({ kind: 'tag', id: detail.tagId, detail })),
  ]
}

function keyOf({ kind, id }: Drift): string {
  return `${kind} ${id}`
}
