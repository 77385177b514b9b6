import { startCommand } from '../testing/commandProcess.ts'
import type { LoadTarget } from './signIns.ts'
import type { Timings } from './timings.ts'

/** When it began and ended, on the clock of `performance`. */
export interface Migration {
  from: number
  until: number
}

/** Migrates while people are there. @returns null when it failed */
export async function migrateMeanwhile(target: LoadTarget, timings: Timings): Promise<Migration | null> {
  const from = performance.now()
  const env = { SUPABASE_URL: target.apiUrl, SUPABASE_SECRET_KEY: target.secretKey }
  const migration = await startCommand('src/features/tags/scripts/migrate.ts', ['--json'], env).ended
  if (migration.code !== 0) {
    timings.fail('migration', `It ended with ${migration.code}: ${migration.stderr.slice(-200)}`)
    return null
  }
  return { from, until: performance.now() }
}

/** @returns whether every song and its tags are in step */
export async function isValid(target: LoadTarget, timings: Timings): Promise<boolean> {
  const env = { SUPABASE_URL: target.apiUrl, SUPABASE_SECRET_KEY: target.secretKey }
  const { code, stdout } = await startCommand('src/features/tags/scripts/validate.ts', ['--json'], env).ended
  if (code !== 0) timings.fail('migration', `Validation ended with ${code}: ${stdout.slice(0, 250)}`)
  return code === 0
}
