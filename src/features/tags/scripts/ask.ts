import { createInterface } from 'node:readline/promises'
import { MigrationFailure } from '../migration/migrationFailure.ts'
import type { Session } from './session.ts'

/** Reads answers from the terminal; undefined when there is nobody to ask. */
export function createAsk(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  signal: AbortSignal,
): Session['ask'] {
  if (!input.isTTY || !output.isTTY) return undefined
  return async (question) => {
    const reader = createInterface({ input, output })
    // The reader takes the keyboard, Ctrl-C included; there is no batch to be ended then, and nothing to be said.
    const stopped = new AbortController()
    reader.on('SIGINT', () => stopped.abort())
    try {
      return await reader.question(question, { signal: AbortSignal.any([signal, stopped.signal]) })
    } catch (error) {
      output.write('\n')
      throw new MigrationFailure('stopped', 'Stopped before anything was changed.', {
        advice: 'Run the command again.',
        cause: error,
      })
    } finally {
      reader.close()
    }
  }
}
