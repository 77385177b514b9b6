import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PACKAGE_VARIABLE } from '../stack/postgresPackage.ts'
import { projectRoot } from '../stack/project.ts'

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')

/** Tests of a stack's processes, ports and folders: they ask little of PostgreSQL, and take long. */
const STACK_TESTS = [
  'scripts/demo.test.ts',
  'scripts/stack/stack.test.ts',
  'scripts/stack/stackLife.test.ts',
  'scripts/stack/lostConnections.test.ts',
]

/**
 * Runs all tests but those of the stack.
 *
 * @param folder of the package to take PostgreSQL from
 * @param files parts of test files' paths; none for all
 * @returns whether they passed
 */
export function runScenarios(folder: string, files: readonly string[]): Promise<boolean> {
  const args = [vitest, 'run', ...STACK_TESTS.map((test) => `--exclude=${test}`), ...files]
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, [PACKAGE_VARIABLE]: folder },
    stdio: 'inherit',
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0))
  })
}
