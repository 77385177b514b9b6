import { spawn } from 'node:child_process'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Runs Sentry's CLI with these arguments. @throws Error when it fails */
type SentryCli = (args: readonly string[]) => Promise<void>

// Fetched when a release is made rather than installed for everybody: its binary is 25 MB, and no test needs it.
const PACKAGE = '@sentry/cli@3.8.0'

/** It finds SENTRY_AUTH_TOKEN, SENTRY_ORG, SENTRY_PROJECT and SENTRY_URL in the environment. */
export const runSentryCli: SentryCli = (args) => {
  const child = spawn('npx', ['--yes', PACKAGE, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`sentry-cli ${args.slice(0, 2).join(' ')} failed.`)),
    )
  })
}

/** Where and as what source maps are sent. */
interface Destination {
  sentryCli: SentryCli
  /** What the app calls itself in what it tells Sentry (VITE_SENTRY_RELEASE of the build). */
  release: string
}

/**
 * Sends the source maps of a built app to Sentry, then deletes them, whatever came of it: they are never served.
 *
 * They are found there by release and address. The ids that `sourcemaps inject` writes into code and map would do without a
 * release. But they add a kilobyte to the first load, and what looks them up is among what does not leave the browser
 * (scrubEvent.ts).
 *
 * @param destination nothing is sent without it
 * @returns how many there were, and whether they were sent
 * @throws Error when the CLI fails; the maps are gone all the same
 */
export async function shipSourceMaps(
  folder: string,
  destination: Destination | undefined,
): Promise<{ maps: number; isSent: boolean }> {
  const names = await readdir(folder, { recursive: true })
  const maps = names.filter((name) => name.endsWith('.map'))
  const isSent = destination !== undefined && maps.length > 0
  try {
    if (isSent) {
      const { sentryCli, release } = destination
      await sentryCli(['sourcemaps', 'upload', '--strict', `--release=${release}`, folder])
    }
  } finally {
    await Promise.all(maps.map((name) => rm(join(folder, name))))
  }
  return { maps: maps.length, isSent }
}
