import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generatedFiles } from './generatedFiles.ts'
import { replaceSection } from './replaceSection.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('generated files', () => {
  test.each(generatedFiles(read))('$path is what `node scripts/generate.ts` writes', ({ path, content }) => {
    expect(read(path) === content, `${path} is stale: run \`node scripts/generate.ts\``).toBe(true)
  })
})

describe('replaceSection', () => {
  test('replaces what stands between the markers and nothing else', () => {
    const text = 'a\n-- begin generated: x\nold\n-- end generated: x\nb\n'
    expect(replaceSection(text, 'x', 'new')).toBe('a\n-- begin generated: x\nnew\n-- end generated: x\nb\n')
  })

  test.each(['', '-- begin generated: x\n', '-- end generated: x\n-- begin generated: x\n'])(
    'refuses %j, which has no such section',
    (text) => {
      expect(() => replaceSection(text, 'x', 'new')).toThrow('one section')
    },
  )
})
