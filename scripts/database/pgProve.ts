import { spawn } from 'node:child_process'
import { hasCode } from '../stack/stackProblem.ts'

/**
 * Runs pgTAP files as `supabase test db` does: with pg_prove, the extension in the schema extensions. What it prints is
 * shown as it comes.
 *
 * @param paths files, or folders of them
 * @returns its exit code; undefined when there is no pg_prove here
 */
export function pgProve(dbUrl: string, paths: readonly string[]): Promise<number | undefined> {
  const child = spawn('pg_prove', ['--ext', '.pg', '--ext', '.sql', '-r', ...paths], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...settingsOf(new URL(dbUrl)) },
  })
  return new Promise((resolve, reject) => {
    child.once('error', (error) => (hasCode(error, 'ENOENT') ? resolve(undefined) : reject(error)))
    child.once('close', (code) => resolve(code ?? 1))
  })
}

function settingsOf({ hostname, port, username, password, pathname }: URL): Record<string, string> {
  return {
    PGHOST: hostname,
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    // As roles of Supabase have it.
    PGOPTIONS: '-c search_path=public,extensions',
  }
}
