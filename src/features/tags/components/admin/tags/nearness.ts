import { foldName } from '../../../../../lib/folding.ts'
import { countOf } from '../../../../../lib/numbers.ts'
import { findEdits } from '../../../../songs/validation/utils/editDistance.ts'
import type { DuplicatePair } from '../../../catalog/duplicatePairs.ts'

/** In what two tags differ, in the words of the migration's plan: “1 letter”. */
export function nearness({ keep, merge, via }: DuplicatePair): string {
  const lettersOf = (name: string) => foldName(name).replaceAll(' ', '')
  const [one, other] = via === null ? [merge.name, keep.name] : [nameBeside(keep, merge, via), via]
  const edits = findEdits(lettersOf(one), lettersOf(other), 2)?.length
  const words =
    edits === 0 ? 'other spaces' : edits === undefined ? 'another spelling' : countOf(edits, 'letter')
  return via === null ? words : `${words} from its synonym “${via}”`
}

/** The name that is near a synonym of the other tag. */
function nameBeside(keep: DuplicatePair['keep'], merge: DuplicatePair['merge'], via: string): string {
  return keep.synonyms.includes(via) ? merge.name : keep.name
}
