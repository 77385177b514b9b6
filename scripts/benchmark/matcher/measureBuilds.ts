import { createTagMatcher, createTagMatcherInSlices } from '../../../src/features/tags/catalog/tagMatcher.ts'
import type { CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import { median } from '../statistics.ts'
import type { Contender } from './contenders.ts'

/** Enough for the optimizing compiler to have seen all of it. */
const REPETITIONS = 9

/** Milliseconds that each contender takes to be ready for queries: median, one after the other by turns. */
export function measureBuilds(
  contenders: readonly Contender[],
  tags: readonly CatalogTag[],
): Map<string, number> {
  const samples = new Map(contenders.map(({ name }) => [name, [] as number[]]))
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const { name, build } of contenders) samples.get(name)?.push(timed(() => build(tags)))
  }
  return new Map([...samples].map(([name, times]) => [name, median(times)]))
}

/** Milliseconds that our index alone takes. */
export function measureBuild(tags: readonly CatalogTag[]): number {
  return timed(() => createTagMatcher(tags))
}

/** The longest slice in milliseconds, median of the repetitions: a page cannot answer for so long. */
export async function measureLongestSlice(tags: readonly CatalogTag[]): Promise<number> {
  const longest: number[] = []
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    let slice = 0
    let start = performance.now()
    await createTagMatcherInSlices(tags, {
      pause: () => {
        slice = Math.max(slice, performance.now() - start)
        return new Promise((resume) => {
          setImmediate(() => {
            start = performance.now()
            resume()
          })
        })
      },
    })
    longest.push(Math.max(slice, performance.now() - start))
  }
  return median(longest)
}

function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
