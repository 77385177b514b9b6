import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { projectRoot } from '../../stack/project.ts'
import { chromiumLaunch } from '../../testing/chromiumLaunch.ts'

export interface BrowserPages {
  /** A device of its own: nothing is stored yet. */
  openDevice(): Promise<{ page: Page; context: BrowserContext }>
  close(): Promise<void>
}

/** Serves a module, built as the app is, to a real Chromium. @param entry from the project's root */
export async function openBrowserPages(entry: string): Promise<BrowserPages> {
  const folder = await mkdtemp(join(tmpdir(), 'songbook-cache-'))
  await build({
    configFile: false,
    root: projectRoot,
    mode: 'production',
    logLevel: 'error',
    build: {
      outDir: folder,
      lib: { entry: join(projectRoot, entry), formats: ['es'], fileName: () => 'page.js' },
      minify: true,
    },
  })
  const script = await readFile(join(folder, 'page.js'))
  await rm(folder, { recursive: true })
  const server = createServer((request, response) => {
    if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script)
    else
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>Cache</title><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser: Browser = await chromium.launch(await chromiumLaunch())
  const { port } = server.address() as AddressInfo
  return {
    openDevice: async () => {
      const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}` })
      const page = await context.newPage()
      await page.goto('/')
      return { page, context }
    },
    close: async () => {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
