import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAst } from 'vite'
import { expect, test } from 'vitest'
import { addHits, type FileCoverage } from './fileCoverage.ts'
import { isIndexFallback } from './indexFallback.ts'
import { readRaw } from './readRaw.ts'
import { missedLines, sharesOf } from './shares.ts'

const range = (line: number, column: number, end = 99) => ({
  start: { line, column },
  end: { line, column: end },
})

/** Two statements, of which the second is an `if`. */
function file(s: [number, number], b: [number, number], end = 99): FileCoverage {
  return {
    path: '/a.ts',
    statementMap: { 0: range(1, 0, end), 1: range(2, 0, end) },
    fnMap: { 0: { name: 'a', decl: range(1, 0), loc: range(1, 5, end) } },
    branchMap: { 0: { type: 'if', loc: range(2, 0, end), locations: [range(2, 0), range(2, 0)] } },
    s: { 0: s[0], 1: s[1] },
    f: { 0: s[0] },
    b: { 0: b },
  }
}

test('what begins in the same place is the same, wherever it ends', () => {
  expect(addHits(file([1, 0], [0, 0]), file([2, 3], [1, 0], 50))).toEqual(file([3, 3], [1, 0]))
})

test('what only the other way of compiling finds is left out', () => {
  const other = file([1, 1], [1, 1])
  const more: FileCoverage = {
    ...other,
    statementMap: { ...other.statementMap, 2: range(7, 0) },
    s: { ...other.s, 2: 9 },
  }
  expect(addHits(file([0, 0], [0, 0]), more)).toEqual(file([1, 1], [1, 1]))
})

test('what begins a few columns beside is the same, if it is the only one that is left on its line', () => {
  const moved = (columns: number[]): FileCoverage => ({
    ...file([1, 0], [0, 0]),
    statementMap: Object.fromEntries(columns.map((column, key) => [key, range(1, column)])),
    s: Object.fromEntries(columns.map((_, key) => [key, key])),
  })
  expect(addHits(moved([0, 6]), moved([0, 9])).s).toEqual({ 0: 0, 1: 2 })
  expect(addHits(moved([0, 6]), moved([0, 7, 9])).s).toEqual({ 0: 0, 1: 1 })
})

test('a line is run when one of its statements is; a branch when each way is', () => {
  expect(sharesOf([file([1, 1], [1, 0]), file([0, 0], [0, 0])])).toEqual({
    lines: { all: 4, run: 2 },
    branches: { all: 4, run: 1 },
  })
  expect(missedLines(file([1, 1], [1, 0]))).toEqual([2])
  expect(missedLines(file([0, 1], [1, 1]))).toEqual([1])
})

test.each([
  ['values[i] ?? 0', true],
  ["values[i + 1] ?? ''", true],
  ['values.first ?? 0', false],
  ['find(values) ?? 0', false],
  ['values[i] ?? other(i)', false],
  ['values[i] || 0', false],
])('%s: the other way is not asked for: %s', (code, is) => {
  const [statement] = parseAst(code).body
  expect(statement?.type === 'ExpressionStatement' && isIndexFallback(statement.expression)).toBe(is)
})

test('what Node wrote of a process, and Deno of a script, is added up script by script', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'songbook-raw-'))
  const ran = (url: string, count: number) => ({
    scriptId: '1',
    url,
    functions: [
      { functionName: 'a', isBlockCoverage: true, ranges: [{ startOffset: 0, endOffset: 9, count }] },
    ],
  })
  await writeFile(join(folder, 'node.json'), JSON.stringify({ result: [ran('a.ts', 1), ran('b.ts', 5)] }))
  await writeFile(join(folder, 'deno.json'), JSON.stringify(ran('a.ts', 2)))
  const scripts = await readRaw(folder, (url) => (url === 'a.ts' ? url : undefined))
  await rm(folder, { recursive: true })
  expect([...scripts].map(([url, { functions }]) => [url, functions[0]?.ranges[0]?.count])).toEqual([
    ['a.ts', 3],
  ])
})
