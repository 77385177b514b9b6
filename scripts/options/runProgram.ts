import { type Command, CommanderError } from 'commander'
import { StackProblem } from '../stack/stackProblem.ts'

/**
 * Runs a program and ends the process: 0 when it is done, 2 when a person has to change something first (its usage, a
 * port in use), 1 for anything else.
 */
export async function runProgram(program: Command): Promise<never> {
  try {
    await program.exitOverride().parseAsync()
    process.exit(0)
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(error instanceof StackProblem ? 2 : 1)
  }
}
