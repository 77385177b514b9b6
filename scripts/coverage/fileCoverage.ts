interface Position {
  line: number
  column: number
}

interface Range {
  start: Position
  end: Position
}

/** What was run of a file, as Istanbul writes it; counts have the keys of the map beside them. */
export interface FileCoverage {
  path: string
  statementMap: Record<string, Range>
  fnMap: Record<string, { name: string; decl: Range; loc: Range }>
  branchMap: Record<string, { loc: Range; type: string; locations: Range[] }>
  s: Record<string, number>
  f: Record<string, number>
  b: Record<string, number[]>
}

/**
 * Adds what was run elsewhere. Each way of compiling a file finds the same statements and branches, but not the same ends of
 * them: they are told by where they begin, and by their order where several begin in one place. Some begin a few columns
 * beside it (`const [a, b] = …`, `a?.b || c`): these are told by their line, if one alone is left on it. What has no
 * counterpart is left out, so that nothing is asked for twice.
 */
export function addHits(to: FileCoverage, from: FileCoverage): FileCoverage {
  const statement = (range: Range) => ({ kind: '', ...range.start })
  const fn = ({ loc }: FileCoverage['fnMap'][string]) => ({ kind: '', ...loc.start })
  const branch = ({ type, loc }: FileCoverage['branchMap'][string]) => ({ kind: type, ...loc.start })
  return {
    ...to,
    s: sums(to.s, from.s, counterparts(to.statementMap, from.statementMap, statement), add),
    f: sums(to.f, from.f, counterparts(to.fnMap, from.fnMap, fn), add),
    b: sums(to.b, from.b, counterparts(to.branchMap, from.branchMap, branch), addArms),
  }
}

interface Place extends Position {
  kind: string
}

/** By key of the one, the key of what it is in the other. */
function counterparts<Mapped>(
  to: Record<string, Mapped>,
  from: Record<string, Mapped>,
  placeOf: (one: Mapped) => Place,
): Map<string, string> {
  const pairs = new Map<string, string>()
  const inPlace = ({ kind, line, column }: Place) => `${kind} ${line}:${column}`
  const theirs = keysByPlace(from, (one) => inPlace(placeOf(one)))
  for (const [place, keys] of keysByPlace(to, (one) => inPlace(placeOf(one)))) {
    for (const [nth, key] of keys.entries()) {
      const their = theirs.get(place)?.[nth]
      if (their !== undefined) pairs.set(key, their)
    }
  }
  const onLine = ({ kind, line }: Place) => `${kind} ${line}`
  const taken = new Set(pairs.values())
  const left = keysByPlace(
    from,
    (one) => onLine(placeOf(one)),
    (key) => !taken.has(key),
  )
  for (const [line, [key = '', ...more]] of keysByPlace(
    to,
    (one) => onLine(placeOf(one)),
    (key) => !pairs.has(key),
  )) {
    const [their, ...others] = left.get(line) ?? []
    if (their !== undefined && more.length + others.length === 0) pairs.set(key, their)
  }
  return pairs
}

function keysByPlace<Mapped>(
  map: Record<string, Mapped>,
  placeOf: (one: Mapped) => string,
  isWanted: (key: string) => boolean = () => true,
): Map<string, string[]> {
  const wanted = Object.entries(map).filter(([key]) => isWanted(key))
  return new Map(
    [...Map.groupBy(wanted, ([, one]) => placeOf(one))].map(([place, all]) => [
      place,
      all.map(([key]) => key),
    ]),
  )
}

function sums<Count>(
  to: Record<string, Count>,
  from: Record<string, Count>,
  pairs: ReadonlyMap<string, string>,
  sum: (a: Count, b: Count) => Count,
): Record<string, Count> {
  const all = { ...to }
  for (const [key, their] of pairs) {
    const before = to[key]
    const more = from[their]
    if (before !== undefined && more !== undefined) all[key] = sum(before, more)
  }
  return all
}

function add(a: number, b: number): number {
  return a + b
}

function addArms(a: readonly number[], b: readonly number[]): number[] {
  return a.length === b.length ? a.map((hits, arm) => hits + (b[arm] ?? 0)) : [...a]
}
