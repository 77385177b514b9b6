import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PostgresAccount } from './postgresAccount.ts'
import { findPostgresPackage, type PostgresPackage } from './postgresPackage.ts'

/** Paths of the programs that the stack runs. */
export interface PostgresBinaries {
  /** The version that they are of: 17. */
  major: number
  initdb: string
  postgres: string
  pgCtl: string
}

/**
 * Finds the PostgreSQL programs of the package. An account that cannot run them where they are (the checkout is
 * closed to it, or was installed under umask 077) gets a copy with lib and share: one per version, made once.
 *
 * @param copiesFolder asked for only when a copy is needed; the account may enter it
 */
export async function locateBinaries(
  account: PostgresAccount | undefined,
  copiesFolder: () => Promise<string>,
): Promise<PostgresBinaries> {
  const found = await findPostgresPackage()
  const native = join(found.folder, 'native')
  const installed = programsIn(native, found)
  await makeExecutable(installed)
  if (account === undefined || (await runs(installed, account))) return installed

  const copy = join(await copiesFolder(), `postgresql-${found.version}`)
  const copied = programsIn(copy, found)
  if (!(await runs(copied, account))) await copyOnce(native, copy)
  return copied
}

function programsIn(folder: string, { major }: PostgresPackage): PostgresBinaries {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { major, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

/** npm keeps the mode bits of a package's files only when they were packed with them. */
async function makeExecutable({ initdb, postgres, pgCtl }: PostgresBinaries): Promise<void> {
  for (const path of [initdb, postgres, pgCtl]) {
    const { mode } = await stat(path)
    // Only when needed: in a read-only node_modules even a chmod that changes nothing fails.
    if ((mode & 0o111) === 0) await chmod(path, mode | 0o111)
  }
}

/** Asks initdb, which looks for postgres and share beside itself: --version alone would not miss them. */
async function runs(binaries: PostgresBinaries, account: PostgresAccount): Promise<boolean> {
  try {
    await promisify(execFile)(binaries.initdb, ['--show', '-D', 'unused'], { ...account, cwd: '/' })
    return true
  } catch {
    return false
  }
}

/** Copies beside the target and renames, so that a second process never runs half a copy. */
async function copyOnce(from: string, to: string): Promise<void> {
  const draft = await mkdtemp(`${to}-`)
  try {
    await cp(from, draft, { recursive: true, verbatimSymlinks: true })
    await openToAll(draft)
    // What stands there did not run, or was finished this moment by another process: either way ours is as good.
    await rm(to, { recursive: true, force: true })
    await rename(draft, to)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error
  }
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o111) === 0 ? 0o644 : 0o755)
  }
}
