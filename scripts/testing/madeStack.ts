import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { launchStack, makeStackFolder } from './stackProcess.ts'
import { madeOnce } from './workshop.ts'

/** Begins a stack's database, which is most of its first start, and ends the stack. @returns the folder */
export async function makeStackOnce(folder: string): Promise<string> {
  const stack = launchStack(folder)
  await stack.ready
  stack.child.kill('SIGTERM')
  await stack.ended
  return folder
}

/** A folder of the test's own in which a stack has been before: all tests' is the same, and its account keeps owning it. */
export async function copyStackFolder(): Promise<string> {
  const [made, folder] = await Promise.all([madeOnce('stack'), makeStackFolder()])
  await promisify(execFile)('cp', ['-a', `${made}/.`, folder])
  return folder
}
