import { useEffect, useMemo, useState } from 'react'
import { createScanningMatcher } from '../catalog/scanningMatcher.ts'
import { createTagMatcherInSlices } from '../catalog/tagMatcher.ts'
import type { CatalogSnapshot, TagMatcher } from '../catalog/types.ts'
import { idle } from './idle.ts'

/** One index for one snapshot, however many fields are on the page. */
const making = new WeakMap<CatalogSnapshot, Promise<TagMatcher>>()
const made = new WeakMap<CatalogSnapshot, TagMatcher>()

/**
 * The matcher over a catalogue, made while the browser is idle. Until it is there the one before answers, or one that
 * reads all tags for each answer and finds less. Without a catalogue there is none: that of whoever has signed out shows
 * what the next person may not see.
 */
export function useTagMatcher(snapshot: CatalogSnapshot | undefined): TagMatcher | undefined {
  const [matcher, setMatcher] = useState(() => snapshot && made.get(snapshot))
  useEffect(() => {
    if (snapshot === undefined) {
      setMatcher(undefined)
      return
    }
    let wanted = true
    void matcherOf(snapshot).then((ready) => {
      if (wanted) setMatcher(ready)
    })
    return () => {
      wanted = false
    }
  }, [snapshot])
  const scanning = useMemo(() => snapshot && createScanningMatcher(snapshot.tags), [snapshot])
  return snapshot && (matcher ?? scanning)
}

function matcherOf(snapshot: CatalogSnapshot): Promise<TagMatcher> {
  const known = making.get(snapshot)
  if (known) return known
  const promise = createTagMatcherInSlices(snapshot.tags, { pause: idle })
  making.set(snapshot, promise)
  void promise.then((matcher) => made.set(snapshot, matcher))
  return promise
}
