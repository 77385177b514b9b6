import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { buildApp } from '../app/buildApp.ts'
import { coveredAppFolder, RAW_FOLDER } from '../coverage/rawCoverage.ts'
import { madeOnce } from './workshop.ts'

/** @param folders where its folder is made */
export async function buildAppOnce(folders: string): Promise<string> {
  const raw = process.env[RAW_FOLDER]
  const folder = raw ? coveredAppFolder(raw) : await mkdtemp(join(folders, 'app-'))
  await buildApp(folder, {}, raw ? ['--sourcemap', 'hidden', '--minify', 'false'] : [])
  return folder
}

/**
 * The folder of the built app, which all test files share.
 *
 * @throws Error with Vite's own words when the build fails
 */
export const builtApp = (): Promise<string> => madeOnce('app')
