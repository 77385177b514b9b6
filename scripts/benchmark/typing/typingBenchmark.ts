import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { buildApp } from '../../app/buildApp.ts'
import { serveApp } from '../../app/serveApp.ts'
import { seedUsers } from '../../seed/users.ts'
import { chromiumLaunch } from '../../testing/chromiumLaunch.ts'
import type { Benchmark, BenchmarkOptions, BenchmarkRun } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { type OwnStack, startOwnStack } from '../ownStack.ts'
import { type BenchmarkResult, type Figure, result } from '../result.ts'
import { percentile } from '../statistics.ts'
import { FIGURES, type FigureName } from './figureNames.ts'
import { fillCatalog } from './fillCatalog.ts'
import { measureKeys, TYPED } from './measureKeys.ts'

const TAGS = 10_000
/** To see only that it works. */
const QUICK = { tags: 2000, words: 2 }
/** ms: a frame of a 60 Hz screen; and what is still felt as at once, on a slow phone. */
const FRAME = 16.7
const SLOWED = 50
/** Frames when they are due, not at the beat of a screen that is not there. */
const NO_BEAT = ['--disable-frame-rate-limit', '--disable-gpu-vsync']

/** What a key press costs in the tag field of the built app, in a real browser. */
export const typingBenchmark: Benchmark = { figures: FIGURES, atAnySize: ['typing.requests'], run }

async function run({ runs, isQuick, report }: BenchmarkOptions): Promise<BenchmarkRun> {
  const folder = await mkdtemp(join(tmpdir(), 'songbook-app-'))
  const stack = await startOwnStack()
  try {
    await buildApp(folder)
    const song = await fillCatalog(stack.sql, isQuick ? QUICK.tags : TAGS)
    const words = isQuick ? TYPED.slice(0, QUICK.words) : TYPED
    const rounds = (page: Page) => measureRounds(page, words, runs)
    const app = await serveApp({ stack, port: 0, folder })
    try {
      const address = `${app.url}/songs/${song}`
      report('Typing, each frame as soon as it is due…')
      const work = await inBrowser(NO_BEAT, stack, address, rounds)
      report('Typing, with the processor slowed four times…')
      const slowed = await inBrowser(NO_BEAT, stack, address, async (page) => {
        const session = await page.context().newCDPSession(page)
        await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
        return rounds(page)
      })
      report('Typing, on a screen of 60 Hz…')
      const screen = await inBrowser([], stack, address, rounds)
      return { machine: await describeMachine(stack.sql), results: figuresOf(work, slowed, screen) }
    } finally {
      await app.close()
    }
  } finally {
    await stack.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** An editor on a song's page, with the tag field open and every tag at hand. */
async function inBrowser<T>(
  args: string[],
  stack: OwnStack,
  address: string,
  measure: (page: Page) => Promise<T>,
): Promise<T> {
  const launch = await chromiumLaunch()
  const browser: Browser = await chromium.launch({ ...launch, args: [...launch.args, ...args] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const editor = (await seedUsers(stack)).find(({ role }) => role === 'editor')
    if (!editor) throw new Error('There is no editor.')
    const { pathname, origin } = new URL(address)
    await page.goto(`${origin}/sign-in?next=${pathname}`)
    await page.getByLabel('Email').fill(editor.email)
    await page.getByLabel('Password').fill(editor.password)
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Edit tags' }).click()
    await page.locator('[data-catalogue="ready"]').waitFor()
    return await measure(page)
  } finally {
    await browser.close()
  }
}

interface Rounds {
  /** ms */
  tagField: number[]
  bareInput: number[]
  requests: number
}

async function measureRounds(page: Page, words: readonly string[], runs: number): Promise<Rounds> {
  await page.evaluate(() => {
    const bare = document.createElement('input')
    bare.id = 'bare'
    document.querySelector('main')?.prepend(bare)
  })
  const rounds: Rounds = { tagField: [], bareInput: [], requests: 0 }
  page.on('request', () => {
    rounds.requests += 1
  })
  const tagField = page.getByRole('combobox', { name: 'Tags' })
  // The first round warms the code up, as the first words of an editor do; it is not counted.
  for (let round = 0; round <= runs; round += 1) {
    const bare = await measureKeys(page, page.locator('#bare'), { isTagField: false, words })
    const tags = await measureKeys(page, tagField, { isTagField: true, words })
    if (round === 0) continue
    rounds.bareInput.push(...bare)
    rounds.tagField.push(...tags)
  }
  return rounds
}

function figuresOf(work: Rounds, slowed: Rounds, screen: Rounds): BenchmarkResult[] {
  return named([
    against('typing.painted.p95', work, 0.95, FRAME),
    against('typing.painted.p50', work, 0.5),
    against('typing.painted.slowed.p95', slowed, 0.95, SLOWED),
    against('typing.screen.p95', screen, 0.95),
    {
      name: 'typing.requests',
      value: work.requests + slowed.requests + screen.requests,
      unit: 'requests',
      target: 0,
    },
  ])
}

function against(
  name: FigureName,
  { tagField, bareInput }: Rounds,
  share: number,
  target?: number,
): NamedFigure {
  return {
    name,
    value: percentile(tagField, share),
    unit: 'ms',
    target: target ?? null,
    peer: { name: 'bare input', value: percentile(bareInput, share) },
  }
}

interface NamedFigure extends Figure {
  name: FigureName
}

function named(figures: readonly NamedFigure[]): BenchmarkResult[] {
  return figures.map(result)
}
