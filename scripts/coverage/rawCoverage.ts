import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

/** Names the folder in which what tests start leaves what it ran; set while coverage is measured. */
export const RAW_FOLDER = 'SONGBOOK_COVERAGE'

export function processesFolder(folder: string): string {
  return join(folder, 'processes')
}

export function functionsFolder(folder: string): string {
  return join(folder, 'functions')
}

export function pagesFolder(folder: string): string {
  return join(folder, 'pages')
}

/** The app that pages run, built so that its lines are those of the sources. */
export function coveredAppFolder(folder: string): string {
  return join(folder, 'app')
}

/** Has a process of Node write down what it ran; nothing while coverage is not measured. */
export function processCoverage(): Record<string, string> {
  const folder = process.env[RAW_FOLDER]
  // What comes out of the compile cache has no positions.
  return folder ? { NODE_V8_COVERAGE: processesFolder(folder), NODE_DISABLE_COMPILE_CACHE: '1' } : {}
}

/** Has a Deno write down what it ran when it is told to end; nothing while coverage is not measured. */
export function denoCoverage(): { flags: string[]; variables: Record<string, string> } {
  const folder = process.env[RAW_FOLDER]
  if (!folder) return { flags: [], variables: {} }
  const preload = fileURLToPath(new URL('./endOnSignal.ts', import.meta.url))
  return { flags: [`--preload=${preload}`], variables: { DENO_COVERAGE_DIR: functionsFolder(folder) } }
}

/**
 * Has a page write down what it ran, when it is loaded anew and when it or its context is closed: Chromium begins to count anew
 * with each document. Nothing while coverage is not measured.
 */
export async function keepPageCoverage(page: Page): Promise<void> {
  const folder = process.env[RAW_FOLDER]
  if (!folder) return
  let isCounting = false
  const begin = async () => {
    await page.coverage.startJSCoverage({ resetOnNavigation: false })
    isCounting = true
  }
  const write = async () => {
    isCounting = false
    const scripts = await page.coverage.stopJSCoverage()
    await mkdir(pagesFolder(folder), { recursive: true })
    await writeFile(
      join(pagesFolder(folder), `${randomUUID()}.json`),
      JSON.stringify({ result: scripts.map(({ url, functions }) => ({ scriptId: '', url, functions })) }),
    )
  }
  const goto = page.goto.bind(page)
  page.goto = async (...address) => {
    await write()
    await begin()
    return goto(...address)
  }
  const reload = page.reload.bind(page)
  page.reload = async (...options) => {
    await write()
    await begin()
    return reload(...options)
  }
  const close = page.close.bind(page)
  page.close = async (options) => {
    await write()
    await close(options)
  }
  const context = page.context()
  const closeAll = context.close.bind(context)
  context.close = async (options) => {
    if (isCounting && !page.isClosed()) await write()
    await closeAll(options)
  }
  await begin()
}
