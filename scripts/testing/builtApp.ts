import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { buildApp } from '../app/buildApp.ts'
import { coveredAppFolder, RAW_FOLDER } from '../coverage/rawCoverage.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Asked for the built app; see `builtApp`. */
    appBuilderUrl: string
  }
}

interface AppBuilder {
  url: string
  /** The sources have changed. */
  forget(): void
  close(): Promise<void>
}

/** Builds the app when a test file asks for it first, once for all: their workers share nothing but what answers here. */
export async function startAppBuilder(): Promise<AppBuilder> {
  const folders = await mkdtemp(join(tmpdir(), 'songbook-app-'))
  let built: Promise<string> | undefined
  const build = async () => {
    const raw = process.env[RAW_FOLDER]
    const folder = raw ? coveredAppFolder(raw) : await mkdtemp(join(folders, 'app-'))
    await buildApp(folder, {}, raw ? ['--sourcemap', 'hidden', '--minify', 'false'] : [])
    return folder
  }
  const server = createServer((_, response) => {
    built ??= build()
    built.then(
      (folder) => response.end(folder),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forget: () => {
      built = undefined
    },
    close: async () => {
      server.close()
      await built?.catch(() => undefined)
      await rm(folders, { recursive: true, force: true })
    },
  }
}

/**
 * The folder of the built app, which all test files share.
 *
 * @throws Error with Vite's own words when the build fails
 */
export async function builtApp(): Promise<string> {
  const response = await fetch(inject('appBuilderUrl'))
  const answer = await response.text()
  if (!response.ok) throw new Error(answer)
  return answer
}
