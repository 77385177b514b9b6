import { foldName } from '../../lib/folding.ts'
import type { ChosenTag } from './types.ts'

/** What a chosen tag is told apart by: its id, or what its name folds to while it has none. */
export function tagKey({ id, name }: Pick<ChosenTag, 'id' | 'name'>): string {
  return id ?? `new ${foldName(name)}`
}
