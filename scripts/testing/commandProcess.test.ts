import { expect, test } from 'vitest'
import { nodeFlagsOf } from './commandProcess.ts'

test.each(['migrate', 'validate', 'rollback'])('%s starts as npm starts it, sparing of memory', (command) => {
  expect(nodeFlagsOf(`src/features/tags/scripts/${command}.ts`)).toEqual(['--optimize-for-size'])
})

test('a file that npm gives no flags to has none', () => {
  expect(nodeFlagsOf('scripts/demo.ts')).toEqual([])
  expect(nodeFlagsOf('scripts/testing/commandProcess.ts')).toEqual([])
})
