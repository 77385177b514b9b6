import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../stack/project.ts'
import { benchmarks } from './benchmarks.ts'
import { placeOf, replaceFigures } from './writeDocs.ts'

test('figures replace what stood in their place, and nothing else', () => {
  const page = 'a\n<!-- begin figures: x -->\nold\n<!-- end figures: x -->\nz\n'
  expect(replaceFigures(page, 'x', 'new')).toBe(page.replace('old', 'new'))
  expect(() => replaceFigures(page, 'y', 'new')).toThrow('one place')
})

test('the page has a place for every benchmark', async () => {
  const page = await readFile(join(projectRoot, 'docs/performance.md'), 'utf8')
  for (const name of Object.keys(benchmarks)) expect(() => replaceFigures(page, name, '')).not.toThrow()
})

test('a size that has a place of its own leaves the others alone', () => {
  const page =
    '<!-- begin figures: x -->\n<!-- end figures: x -->\n<!-- begin figures: x of 9 songs -->\n<!-- end figures: x of 9 songs -->\n'
  expect(placeOf(page, { name: 'x', songs: 9 })).toBe('x of 9 songs')
  expect(placeOf(page, { name: 'x', songs: 8 })).toBe('x')
  expect(placeOf(page, { name: 'y', songs: 9 })).toBe('y')
})
