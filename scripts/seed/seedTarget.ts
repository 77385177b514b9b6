import { isLoopback } from './isLoopback.ts'
import { SeedRefused } from './seedRefused.ts'

/** The database to seed. */
export interface SeedTarget {
  dbUrl: string
  /** For people, without the password. */
  name: string
  /** Stops what was started for it. */
  close(): Promise<void>
}

export interface SeedTargetOptions {
  /** A Postgres address; the embedded stack when left out. */
  dbUrl: string | undefined
  /** The one host beside this machine that may be seeded. */
  reallySeedHost: string | undefined
  /** Told in a few words what takes time. */
  onProgress: (message: string) => void
}

/**
 * Finds the database to seed and starts the embedded stack if it is needed and does not run.
 * @throws SeedRefused for an address that is none, or one on another machine that nobody confirmed.
 */
export async function openSeedTarget(options: SeedTargetOptions): Promise<SeedTarget> {
  if (options.dbUrl === undefined) {
    // Loaded only here: the API's packages take longer to load than all the rest to run.
    const { startStack } = await import('../stack/startStack.ts')
    const stack = await startStack({ onProgress: options.onProgress })
    return { dbUrl: stack.dbUrl, name: 'the embedded stack', close: () => stack.stop() }
  }
  const host = hostOf(options.dbUrl)
  if (!isLoopback(host) && host !== options.reallySeedHost) {
    throw new SeedRefused(
      `${host} is not this machine. To fill its songbook with made-up songs, add --yes-really-seed ${host}`,
    )
  }
  return { dbUrl: options.dbUrl, name: host, close: async () => {} }
}

/** @throws SeedRefused, without quoting the address: it has a password in it. */
function hostOf(dbUrl: string): string {
  const url = URL.canParse(dbUrl) ? new URL(dbUrl) : undefined
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') {
    throw new SeedRefused('The database address must look like postgres://user:password@host:5432/postgres')
  }
  return url.hostname
}
