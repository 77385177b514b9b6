import { useMemo, useState } from 'react'
import { foldName } from '../../../lib/folding.ts'
import type { ChosenTag } from '../../tags/index.ts'

/**
 * Tags in the order in which they came. The server sorts them: a chip that jumped elsewhere when its answer comes would
 * have Backspace take another one away.
 */
export function useSteadyOrder(tags: readonly ChosenTag[]): ChosenTag[] {
  // By name, because a new tag gets its id only later.
  const [places] = useState(() => new Map<string, number>())
  return useMemo(() => {
    const placed = tags.map((tag) => {
      const key = foldName(tag.name)
      const place = places.get(key) ?? places.size
      places.set(key, place)
      return { tag, place }
    })
    return placed.sort((a, b) => a.place - b.place).map(({ tag }) => tag)
  }, [tags, places])
}
