import { whyProposed } from '../../../../migration/dispositions.ts'
import { appliedTags, needsReview } from '../../../../migration/plan.ts'
import { isOpen } from '../../../../migration/planDecisions.ts'
import type { PlanEntry } from '../../../../migration/types.ts'

/** What stands between several tags, here and in the terminal. */
const AND = ' + '

/** `Church + Unity?`: the tags it becomes; with a question mark, what is proposed. */
export function becomesText(entry: PlanEntry): string {
  if (!isOpen(entry)) return 'no tag'
  return needsReview(entry) ? `${(entry.proposal ?? []).join(AND)}?` : appliedTags(entry).join(AND)
}

/** Why, or what was decided about it. */
export function whyText(entry: PlanEntry, isDecided: boolean): string {
  if (needsReview(entry)) return whyProposed(entry)
  return isDecided ? 'decided' : entry.reason
}

/** The names that somebody typed, in their order. */
export function typedNames(text: string): string[] {
  return text
    .split('+')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

export function namesText(names: readonly string[]): string {
  return names.join(AND)
}
