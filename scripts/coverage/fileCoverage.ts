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
 * them: they are told by where they begin, and by their order where several begin in one place. What has no counterpart
 * is left out, so that nothing is asked for twice.
 */
export function addHits(to: FileCoverage, from: FileCoverage): FileCoverage {
  return {
    ...to,
    s: sums(
      to.s,
      keysByPlace(to.statementMap, startOf),
      from.s,
      keysByPlace(from.statementMap, startOf),
      add,
    ),
    f: sums(
      to.f,
      keysByPlace(to.fnMap, ({ loc }) => startOf(loc)),
      from.f,
      keysByPlace(from.fnMap, ({ loc }) => startOf(loc)),
      add,
    ),
    b: sums(
      to.b,
      keysByPlace(to.branchMap, placeOfBranch),
      from.b,
      keysByPlace(from.branchMap, placeOfBranch),
      addArms,
    ),
  }
}

function startOf({ start }: Range): string {
  return `${start.line}:${start.column}`
}

function placeOfBranch({ type, loc }: FileCoverage['branchMap'][string]): string {
  return `${type} ${startOf(loc)}`
}

/** By place, and by which one it is there. */
function keysByPlace<Mapped>(
  map: Record<string, Mapped>,
  placeOf: (one: Mapped) => string,
): Map<string, string> {
  const keys = new Map<string, string>()
  for (const [key, one] of Object.entries(map)) {
    let nth = 0
    while (keys.has(`${placeOf(one)} ${nth}`)) nth += 1
    keys.set(`${placeOf(one)} ${nth}`, key)
  }
  return keys
}

function sums<Count>(
  to: Record<string, Count>,
  toKeys: ReadonlyMap<string, string>,
  from: Record<string, Count>,
  fromKeys: ReadonlyMap<string, string>,
  sum: (a: Count, b: Count) => Count,
): Record<string, Count> {
  const all = { ...to }
  for (const [place, key] of toKeys) {
    const before = to[key]
    const more = from[fromKeys.get(place) ?? '']
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
