import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Names the folder in which what tests start leaves what it ran; set while coverage is measured. */
export const RAW_FOLDER = 'SONGBOOK_COVERAGE'

export function processesFolder(folder: string): string {
  return join(folder, 'processes')
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

/** Has a page write down what it ran when its context is closed; nothing while coverage is not measured. */
export async function keepPageCoverage(page: Page): Promise<void> {
  const folder = process.env[RAW_FOLDER]
  if (!folder) return
  await page.coverage.startJSCoverage({ resetOnNavigation: false })
  const context = page.context()
  const close = context.close.bind(context)
  context.close = async (options) => {
    const scripts = page.isClosed() ? [] : await page.coverage.stopJSCoverage()
    await mkdir(pagesFolder(folder), { recursive: true })
    await writeFile(
      join(pagesFolder(folder), `${randomUUID()}.json`),
      JSON.stringify({ result: scripts.map(({ url, functions }) => ({ scriptId: '', url, functions })) }),
    )
    await close(options)
  }
}
