import { MigrationFailure } from '../../../migration/migrationFailure.ts'
import { FunctionFailure } from '../../../services/migrateThemesFunction.ts'

/** A failure of the engine or the edge function in words for whoever sits at the page, where there is no key to set. */
export function explainFailure(error: unknown): string {
  if (error instanceof MigrationFailure) {
    switch (error.code) {
      case 'forbidden':
        return 'Only an admin may do this, and this session is not one’s any more. Sign in again.'
      case 'unauthorized':
        return 'The session is over. Sign in again; nothing was changed.'
      case 'unreachable':
        return 'The server does not answer. What is committed is safe; try again when there is a connection.'
      default:
        return `${error.message} ${error.advice}`
    }
  }
  if (error instanceof FunctionFailure) return `${error.message} What is committed is safe; try again.`
  return error instanceof Error ? error.message : String(error)
}
