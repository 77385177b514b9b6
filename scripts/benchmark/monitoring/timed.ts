import { median } from '../statistics.ts'

const ROUNDS = 15

/** Median times of one call each, in ns, over rounds that take turns; the first rounds warm the code up. */
export function timed<Name extends string>(
  contenders: Readonly<Record<Name, (value: number) => void>>,
  values: readonly number[],
): Record<Name, number> {
  const names = Object.keys(contenders) as Name[]
  const samples = new Map(names.map((name): [Name, number[]] => [name, []]))
  for (let round = 0; round < ROUNDS + 3; round += 1) {
    for (const name of names) {
      const call = contenders[name]
      const start = performance.now()
      for (const value of values) call(value)
      const ns = ((performance.now() - start) * 1e6) / values.length
      if (round >= 3) samples.get(name)?.push(ns)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(samples.get(name) ?? [])])) as Record<
    Name,
    number
  >
}
