import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, mkdtemp, readdir, realpath, rm, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canEnter, findPostgresAccount, type PostgresAccount } from './postgresAccount.ts'
import { locateBinaries, type PostgresBinaries } from './postgresBinaries.ts'
import { readPostmaster } from './postmasterPid.ts'
import { projectRoot } from './project.ts'

/** What temporary homes are called, before a random end. */
const TEMPORARY = 'test-'

/** What the databases of tests may fill; where there is less they go to the disk. */
const MEMORY_NEEDED = 4 * 1024 ** 3

/** Where one PostgreSQL server lives, what it is run from, and as whom. */
export interface PostgresHome {
  /** Holds the data folder and the log; the account may enter it, and write only into the data. */
  folder: string
  /** Not there before the first start. */
  dataFolder: string
  logFile: string
  binaries: PostgresBinaries
  account: PostgresAccount | undefined
}

/**
 * Prepares the home of this checkout's server: inside the checkout, or, where the server's account cannot enter the
 * checkout (a clone below /root, a 0700 folder), in a folder of this checkout's own under the temporary folder.
 */
export async function preparePostgresHome(stackFolder: string): Promise<PostgresHome> {
  const account = await findPostgresAccount(projectRoot)
  if (await canEnter(stackFolder, account)) return furnish(join(stackFolder, 'postgres'), account)
  const checkout = createHash('sha256')
    .update(await realpath(stackFolder))
    .digest('hex')
    .slice(0, 16)
  return furnish(join(await ownTemporaryFolder(account), checkout), account)
}

/**
 * Prepares a home that is this process's alone and that it will delete.
 *
 * @param inMemory for databases that stay small: a copy of somebody's songbook does not
 */
export async function prepareTemporaryHome(inMemory: boolean): Promise<PostgresHome> {
  const account = await findPostgresAccount(projectRoot)
  const parent = await ownTemporaryFolder(account, inMemory ? await memoryFolders() : [])
  await sweep(parent)
  return furnish(await mkdtemp(join(parent, TEMPORARY)), account)
}

/** Linux's memory file system, where it has room: a test's database is a thousand files that live for a second. */
export async function memoryFolders(): Promise<string[]> {
  const folder = '/dev/shm'
  const found = await statfs(folder).catch(() => undefined)
  return found !== undefined && found.bavail * found.bsize >= MEMORY_NEEDED ? [folder] : []
}

/** Removes temporary homes whose process was killed before it had a guard. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const folder = join(parent, name)
    if (!name.startsWith(TEMPORARY) || readPostmaster(join(folder, 'data')) !== undefined) continue
    // A younger one may be another test run's that is just starting.
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }))
    if (mtimeMs < Date.now() - 3_600_000) await rm(folder, { recursive: true, force: true })
  }
}

async function furnish(folder: string, account: PostgresAccount | undefined): Promise<PostgresHome> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o711)
  const binaries = await locateBinaries(account, () => ownTemporaryFolder(account))
  return {
    folder,
    dataFolder: join(folder, 'data'),
    logFile: join(folder, 'postgres.log'),
    binaries,
    account,
  }
}

/**
 * A folder under the temporary folder whose name others can guess: it must be ours before anything is put in or run
 * from it, or another user of the machine could have laid it out first.
 */
async function ownTemporaryFolder(
  account: PostgresAccount | undefined,
  preferred: readonly string[] = [],
): Promise<string> {
  const uid = process.getuid?.()
  for (const parent of [...preferred, tmpdir(), '/tmp', '/var/tmp']) {
    if (!(await canEnter(parent, account).catch(() => false))) continue
    const folder = join(parent, `hsa-songbook-${uid ?? 'user'}`)
    await mkdir(folder, { mode: 0o711 }).catch(ignoreExisting)
    const found = await lstat(folder)
    if (!found.isDirectory() || (uid !== undefined && found.uid !== uid)) {
      throw new Error(`${folder} belongs to somebody else: remove it, or set TMPDIR to a folder of your own.`)
    }
    await chmod(folder, 0o711)
    return folder
  }
  throw new Error('PostgreSQL needs a folder that its user can enter: set TMPDIR to one.')
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}
