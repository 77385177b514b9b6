import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { projectRoot } from '../stack/project.ts'

const viteFolder = dirname(createRequire(import.meta.url).resolve('vite/package.json'))

/**
 * Builds the app into a folder. In a process of its own: Vite takes NODE_ENV from the one it runs in, and a test's or a
 * developer's would put React's slow development build into the app.
 *
 * @param env variables for the build, over those of this process
 * @param options more of Vite's own
 * @throws Error with Vite's own words when the build fails
 */
export function buildApp(
  folder: string,
  env: Record<string, string> = {},
  options: readonly string[] = [],
): Promise<void> {
  const args = [
    join(viteFolder, 'bin/vite.js'),
    'build',
    '--outDir',
    folder,
    '--emptyOutDir',
    '--logLevel',
    'error',
    ...options,
  ]
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`The app could not be built:\n${output.trim()}`))
    })
  })
}
