import type { Sql } from 'postgres'
import type { SeededRandom } from '../../seed/seededRandom.ts'
import { armBoundaries, type Boundary, struckBoundaries } from '../boundaries/installBoundaries.ts'

/** More would make a worker give up, rather than try again. */
const BOUNDARIES_A_RUN = 5

/** Nobody but a worker reaches these: a person who met two would see an error, as after two deadlocks. */
const OF_WORKERS = /^tag_migration(_|\.batch$)/

/** Arms some boundaries of a run's database, each of which ends one server process. */
export class BoundaryFault {
  readonly #superuser: Sql
  readonly #armed: readonly Boundary[]

  private constructor(superuser: Sql, armed: readonly Boundary[]) {
    this.#superuser = superuser
    this.#armed = armed
  }

  static async arm(
    superuser: Sql,
    boundaries: readonly Boundary[],
    random: SeededRandom,
  ): Promise<BoundaryFault> {
    const reached = boundaries.filter(({ where }) => OF_WORKERS.test(where))
    if (reached.length === 0) return new BoundaryFault(superuser, [])
    const armed = Array.from({ length: BOUNDARIES_A_RUN }, () => random.pick(reached))
    await armBoundaries(
      superuser,
      armed.map(({ place }) => place),
    )
    return new BoundaryFault(superuser, [...new Set(armed)])
  }

  /** Where server processes were ended. */
  async strikes(): Promise<string[]> {
    const places = this.#armed.map(({ place }) => place)
    const struck = new Set(await struckBoundaries(this.#superuser, places))
    return this.#armed
      .filter(({ place }) => struck.has(place))
      .map(({ where, after }) => `${where}: ${after}`)
  }
}
