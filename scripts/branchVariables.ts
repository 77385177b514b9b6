import { text } from 'node:stream/consumers'
import { branchVariables } from './app/branchVariables.ts'

try {
  process.stdout.write(branchVariables(await text(process.stdin)))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
