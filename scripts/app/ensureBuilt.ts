import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../stack/project.ts'
import { buildApp } from './buildApp.ts'
import { distFolder } from './serveApp.ts'

// package-lock.json stands for all of node_modules.
const sources = ['index.html', 'package-lock.json', 'public', 'scripts/app', 'src', 'vite.config.ts']

/** Builds the app into `dist` when it is missing or older than its sources. */
export async function ensureBuilt(onProgress: (message: string) => void): Promise<void> {
  const built = await changedAt(join(distFolder, 'index.html'))
  const changed = await Promise.all(sources.map((source) => changedAt(join(projectRoot, source))))
  if (built > Math.max(...changed)) return
  onProgress('Building the app.')
  await buildApp(distFolder)
}

/** When the file, or the newest file below the folder, was last written, in ms; 0 when there is none. */
async function changedAt(path: string): Promise<number> {
  const info = await stat(path).catch(() => undefined)
  if (!info?.isDirectory()) return info?.mtimeMs ?? 0
  const names = await readdir(path)
  // The folder's own time tells of files that were deleted.
  const below = await Promise.all(names.map((name) => changedAt(join(path, name))))
  return Math.max(info.mtimeMs, ...below)
}
