import type { SeededRandom } from '../seed/seededRandom.ts'
import type { RollbackForm } from './model/takeBack.ts'

/** How a run is taken back at the end, and whether a part of it is taken back and migrated again before. */
export interface WayBack {
  form: RollbackForm
  isPartlyFirst: boolean
}

export function drawWayBack(random: SeededRandom): WayBack {
  return { form: random.pick(['default', 'exact'] as const), isPartlyFirst: random.chance(0.3) }
}

export function wayBackText({ form, isPartlyFirst }: WayBack): string {
  return isPartlyFirst ? `to a batch, then ${form}` : form
}
