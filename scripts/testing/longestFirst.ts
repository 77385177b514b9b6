import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Start processes one after the other, and are short to read: by size, as vitest orders what it never ran, they come last. */
const LONGEST = [
  'stackLife.test.ts',
  'kill.test.ts',
  'controlCommands.test.ts',
  'commands.test.ts',
  'demo.test.ts',
]

/** The longest test files first, so that none of them runs alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLongest = ({ moduleId }: TestSpecification) =>
      LONGEST.some((name) => moduleId.endsWith(`/${name}`))
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))]
  }
}
