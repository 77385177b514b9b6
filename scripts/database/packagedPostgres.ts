import { chmod, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Debian and Ubuntu put the servers of their packages, a folder a version, and what the servers share. */
const SERVERS = '/usr/lib/postgresql'
const SHARED = '/usr/share/postgresql'

/** The versions that the migrations are tested on. */
const OLDEST = 15
const NEWEST = 18

/** The servers that Debian's packages have put on this machine, newest first: `[17, 15]`. */
export async function packagedVersions(): Promise<number[]> {
  const names = await readdir(SERVERS).catch(() => [])
  return names
    .map(Number)
    .filter((major) => major >= OLDEST && major <= NEWEST)
    .sort((one, other) => other - one)
}

/** The newest of them that has the extension. */
export async function versionWith(extension: string): Promise<number | undefined> {
  for (const major of await packagedVersions()) {
    const control = join(SHARED, `${major}`, 'extension', `${extension}.control`)
    if ((await stat(control).catch(() => undefined)) !== undefined) return major
  }
  return undefined
}

/**
 * Lends a task that server as a package such as npm's, which every command can start (PACKAGE_VARIABLE). Only links: the
 * server finds what it shares beside the place that they lead to.
 */
export async function asPackage<T>(major: number, task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'songbook-postgresql-'))
  try {
    // PostgreSQL does not run as root, so somebody else reads this.
    await chmod(folder, 0o755)
    await writeFile(join(folder, 'package.json'), JSON.stringify({ version: `${major}.0.0` }))
    await symlink(join(SERVERS, `${major}`), join(folder, 'native'))
    return await task(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
