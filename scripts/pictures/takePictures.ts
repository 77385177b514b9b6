import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { buildApp } from '../app/buildApp.ts'
import { serveApp } from '../app/serveApp.ts'
import { type OwnStack, startOwnStack } from '../benchmark/ownStack.ts'
import { serveFunction } from '../functions/serveFunction.ts'
import { seed } from '../seed/seed.ts'
import { seedUsers } from '../seed/users.ts'
import { chromiumLaunch } from '../testing/chromiumLaunch.ts'
import { type Scene, scenes } from './scenes.ts'

export interface PictureOptions {
  /** Where they are put, as NAME.png. */
  folder: string
  songs: number
  /** Beside the documents' ones: in the dark, and on a phone. */
  all: boolean
  report: (message: string) => void
}

const DESKTOP = { width: 1440, height: 1000 }
const PHONE = { width: 390, height: 844 }

/** Takes every scene, on a stack of its own with the same songs each time. */
export async function takePictures({ folder, songs, all, report }: PictureOptions): Promise<void> {
  const built = await mkdtemp(join(tmpdir(), 'songbook-app-'))
  const stack = await startOwnStack()
  try {
    report('Preparing the songbook…')
    await Promise.all([buildApp(built), mkdir(folder, { recursive: true })])
    await seed({ dbUrl: stack.dbUrl, source: { songs }, randomSeed: 'pictures', whenNotEmpty: 'refuse' })
    const served = await serveFunction({ ...stack, port: 0 })
    const app = await serveApp({ stack, port: 0, folder: built, findFunction: async () => served.url })
    const browser = await chromium.launch(await chromiumLaunch())
    try {
      const page = await signedIn(browser, app.url, stack)
      for (const scene of scenes) {
        report(scene.name)
        await page.setViewportSize(scene.size ?? DESKTOP)
        await page.goto(new URL(scene.path, app.url).href)
        await scene.prepare(page)
        await take(page, scene, join(folder, scene.name), all)
      }
    } finally {
      await browser.close()
      await app.close()
      served.child.kill()
      await served.ended
    }
  } finally {
    await stack.stop()
    await rm(built, { recursive: true, force: true })
  }
}

async function signedIn(browser: Browser, url: string, stack: OwnStack): Promise<Page> {
  const page = await browser.newPage({ viewport: DESKTOP, reducedMotion: 'reduce' })
  page.setDefaultTimeout(30_000)
  const admin = (await seedUsers(stack)).find(({ role }) => role === 'admin')
  if (!admin) throw new Error('There is no admin.')
  await page.goto(`${url}/sign-in?next=/admin/log`)
  await page.getByLabel('Email').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Moderation log' }).waitFor()
  return page
}

async function take(
  page: Page,
  { size = DESKTOP, inTheDark }: Scene,
  path: string,
  all: boolean,
): Promise<void> {
  const shots = [
    ['', size, 'light', true],
    ['-dark', size, 'dark', all || inTheDark === true],
    ['-phone', PHONE, 'light', all],
    ['-phone-dark', PHONE, 'dark', all],
  ] as const
  for (const [name, viewport, colorScheme] of shots.filter(([, , , isWanted]) => isWanted)) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${path}${name}.png`, fullPage: viewport === PHONE })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
