import { expect, test } from 'vitest'
import { baselineIn, readBaseline, regressions } from './baseline.ts'
import { result } from './result.ts'
import { markdownTable, tableRows } from './table.ts'

const figure = (name: string, value: number, peer?: number) =>
  result({ name, value, unit: 'ms', ...(peer === undefined ? {} : { peer: { name: 'peer', value: peer } }) })

test('a figure that is worse against its peer is found, however fast the machine is', () => {
  const baseline = { songs: 100, runs: 1, ratios: { slower: 1, same: 1, tiny: 0 } }
  const results = [figure('slower', 40, 20), figure('same', 1000, 1000), figure('tiny', 7, 1000)]
  expect(regressions(baseline, results)).toEqual([{ name: 'slower', before: 1, now: 2 }])
  expect(regressions(baseline, [figure('tiny', 20, 1000)])).toHaveLength(1)
})

test('noise is no news, and what has no ratio then or now is not compared', () => {
  const baseline = { songs: 100, runs: 1, ratios: { noisy: 1, alone: 1 } }
  expect(regressions(baseline, [figure('noisy', 14, 10)])).toEqual([])
  expect(regressions(baseline, [{ ...figure('noisy', 19, 10), spread: 0.6 }])).toEqual([])
  expect(regressions(baseline, [figure('alone', 99), figure('new', 9, 1)])).toEqual([])
})

test('ratios are found where the figures were written, and with which sizes', async () => {
  const rows = markdownTable(
    ['figure', 'value', 'target', 'peer', 'ratio', ''],
    tableRows([figure('x.a', 3, 2), figure('x.b', 1)]),
  )
  const command = '`npm run benchmark:tags -- --only x --songs 500 --runs 2` on a machine;'
  const page = `<!-- begin figures: x -->\n${command}\n\n${rows}\n<!-- end figures: x -->\n<!-- begin figures: y -->\n<!-- end figures: y -->\n`
  expect(baselineIn(page, 'x')).toEqual({ songs: 500, runs: 2, ratios: { 'x.a': 1.5 } })
  expect([baselineIn(page, 'y'), baselineIn(page, 'z')]).toEqual([null, null])
  // And in the page itself.
  expect(Object.keys((await readBaseline('matcher'))?.ratios ?? {}).length).toBeGreaterThan(3)
})
