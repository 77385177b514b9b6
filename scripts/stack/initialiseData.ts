import { execFile } from 'node:child_process'
import { chown, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgresHome } from './postgresHome.ts'

/** The superuser; the role `postgres` is an ordinary owner, as on hosted Supabase. */
export const SUPERUSER = 'supabase_admin'

/** Unfinished data folders have this prefix and a random end. */
const DRAFT = 'draft-'

/**
 * Creates the data folder unless it is there. initdb works in a draft that is renamed at the end: killed half-way, it
 * would leave a folder that looks complete and is not.
 *
 * @param password the superuser's
 * @returns whether it was created now
 */
export async function initialiseData(home: PostgresHome, password: string): Promise<boolean> {
  if ((await stat(home.dataFolder).catch(() => undefined)) !== undefined) return false
  await removeDrafts(home)
  const draft = await mkdtemp(join(home.folder, DRAFT))
  const passwordFile = join(home.folder, 'password')
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (home.account !== undefined) {
      await chown(passwordFile, home.account.uid, home.account.gid)
      await chown(draft, home.account.uid, home.account.gid)
    }
    await promisify(execFile)(
      home.binaries.initdb,
      initdbArguments(home.binaries.major, draft, passwordFile),
      {
        ...home.account,
        cwd: home.folder,
        env: serverEnvironment(),
      },
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, home.dataFolder)
  return true
}

/** Nothing of the caller's environment: PGDATA, PGPORT or a locale of theirs would change the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env
  return { PATH, LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot ? { SystemRoot } : {}) }
}

function initdbArguments(major: number, dataFolder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${dataFolder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    ...localeArguments(major),
    // An empty database that a power cut spoils in its first seconds is made again; waiting for the disk is not worth it.
    '--no-sync',
    '--no-instructions',
  ]
}

/**
 * Built into the server, so that it sorts and folds the same on every machine, whatever its C library. Before 17 only C
 * is: it sorts the same, and folds ASCII alone.
 */
function localeArguments(major: number): string[] {
  return major < 17 ? ['--locale=C'] : ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
}

async function removeDrafts(home: PostgresHome): Promise<void> {
  for (const name of await readdir(home.folder)) {
    if (name.startsWith(DRAFT)) await rm(join(home.folder, name), { recursive: true, force: true })
  }
}
