import { median } from '../statistics.ts'

export interface TimedContender {
  name: string
  search: (query: string) => unknown
}

/** By contender: what each query took, in milliseconds, in the order of the queries; medians of the rounds. */
export type Times = ReadonlyMap<string, readonly number[]>

/**
 * One contender after the other answers all queries, round by round, and each round begins with another one. A round
 * before the first is not counted: code is compiled in it.
 */
export function measureTimes(
  contenders: readonly TimedContender[],
  queries: readonly string[],
  rounds: number,
): Times {
  const samples = new Map(contenders.map(({ name }) => [name, queries.map((): number[] => [])]))
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(round + turn) % contenders.length]
      if (!contender) continue
      const ofContender = samples.get(contender.name) ?? []
      for (const [i, query] of queries.entries()) {
        const start = performance.now()
        contender.search(query)
        const took = performance.now() - start
        if (round > 0) ofContender[i]?.push(took)
      }
    }
  }
  return new Map([...samples].map(([name, ofContender]) => [name, ofContender.map(median)]))
}
