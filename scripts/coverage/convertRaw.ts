import { readFile } from 'node:fs/promises'
import type { Profiler } from 'node:inspector'
import { stripTypeScriptTypes } from 'node:module'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import convert, { type Options } from 'ast-v8-to-istanbul'
import { parseAstAsync } from 'vite'
import { denoEnvironment } from '../functions/edgeFunction.ts'
import type { FileCoverage } from './fileCoverage.ts'
import { coveredAppFolder, functionsFolder, pagesFolder, processesFolder } from './rawCoverage.ts'
import { readRaw } from './readRaw.ts'

/** What the commands ran that tests started. Node takes types away and leaves every other letter where it was. */
export function coverageOfProcesses(
  folder: string,
  isAsked: (file: string) => boolean,
): Promise<FileCoverage[]> {
  return coverageOfSources(processesFolder(folder), isAsked, async (file) =>
    stripTypeScriptTypes(await readFile(file, 'utf8')),
  )
}

/** What edge functions ran: Deno keeps what it has made of a source, with a map in it. */
export function coverageOfFunctions(
  folder: string,
  isAsked: (file: string) => boolean,
): Promise<FileCoverage[]> {
  return coverageOfSources(functionsFolder(folder), isAsked, (file) =>
    readFile(join(denoEnvironment.DENO_DIR, 'gen/file', `${file}.js`), 'utf8'),
  )
}

/** @param codeOf what was run of a source */
async function coverageOfSources(
  folder: string,
  isAsked: (file: string) => boolean,
  codeOf: (file: string) => Promise<string>,
): Promise<FileCoverage[]> {
  const scripts = await readRaw(folder, (url) =>
    url.startsWith('file:') && isAsked(fileURLToPath(url)) ? url : undefined,
  )
  const converted: FileCoverage[] = []
  for (const [url, script] of scripts)
    converted.push(...(await filesOf(await codeOf(fileURLToPath(url)), undefined, script)))
  return converted
}

/** What the pages of the built app ran, by the maps of the build. */
export async function coverageOfPages(
  folder: string,
  isAsked: (file: string) => boolean,
): Promise<FileCoverage[]> {
  const assets = join(coveredAppFolder(folder), 'assets')
  const scripts = await readRaw(pagesFolder(folder), (url) => {
    const { pathname } = new URL(url)
    return pathname.startsWith('/assets/') ? pathToFileURL(join(assets, basename(pathname))).href : undefined
  })
  const converted: FileCoverage[] = []
  for (const [url, script] of scripts) {
    const file = fileURLToPath(url)
    // A test that builds an app of its own has other files.
    const map = await readFile(`${file}.map`, 'utf8').catch(() => undefined)
    if (map === undefined) continue
    const sourceMap = JSON.parse(map) as NonNullable<Options['sourceMap']>
    const sources = sourceMap.sources.map((source) => resolve(assets, source ?? ''))
    if (!sources.some(isAsked)) continue
    const code = await readFile(file, 'utf8')
    const files = await filesOf(code, { ...sourceMap, sources }, script)
    converted.push(...files.filter(({ path }) => isAsked(path)))
  }
  return converted
}

async function filesOf(
  code: string,
  sourceMap: Options['sourceMap'],
  coverage: Profiler.ScriptCoverage,
): Promise<FileCoverage[]> {
  const ast = await parseAstAsync(code)
  return Object.values(
    await convert({ code, ast, coverage, ...(sourceMap && { sourceMap }) }),
  ) as FileCoverage[]
}
