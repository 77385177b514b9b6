import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { buildApp } from './app/buildApp.ts'
import { serveApp } from './app/serveApp.ts'
import { describeMachine } from './benchmark/machine.ts'
import { startOwnStack } from './benchmark/ownStack.ts'
import type { BenchmarkResult } from './benchmark/result.ts'
import { textTable } from './benchmark/table.ts'
import { writeDocs } from './benchmark/writeDocs.ts'
import { FIGURES } from './load/figureNames.ts'
import { loadFigures } from './load/loadFigures.ts'
import { isValid, type Migration, migrateMeanwhile } from './load/migrateMeanwhile.ts'
import { type LoadReport, runLoad } from './load/runLoad.ts'
import type { LoadTarget } from './load/signIns.ts'
import { type TabReport, workInTab } from './load/workInTab.ts'
import { runProgram } from './options/runProgram.ts'
import { wholeNumber } from './options/wholeNumber.ts'
import { isLoopback } from './seed/isLoopback.ts'
import { seed } from './seed/seed.ts'
import { StackProblem } from './stack/stackProblem.ts'

interface Flags {
  users: number
  minutes: number
  soak?: number
  songs: number
  think: number
  yes?: string
  writeDocs?: boolean
  json?: boolean
}

interface Measured {
  report: LoadReport
  results: BenchmarkResult[]
  machine: Awaited<ReturnType<typeof describeMachine>>
}

// The embedded API hashes passwords in the one thread that answers everybody; hosted Supabase has a server of its own for that.
process.env.LITE_AUTH_BCRYPT_COST ??= '4'

/** Seconds. */
const DEFAULT_THINK = 8

const say = (message: string) => process.stderr.write(`${message}\n`)

async function run(flags: Flags): Promise<void> {
  const target = givenTarget(flags)
  const { report, results, machine } = await (target ? onGiven(target, flags) : onOwnStack(flags))
  const { errors } = report.timings
  if (flags.json) process.stdout.write(`${JSON.stringify({ machine, results, errors, lost: report.lost })}\n`)
  else process.stdout.write(`${textTable(results)}\n`)
  if (flags.writeDocs) {
    await writeDocs(
      { name: 'load', songs: flags.songs },
      { figures: FIGURES },
      { machine, results },
      commandOf(flags),
    )
  }
  for (const { action, message } of errors) say(`${action}: ${message}`)
  if (results.some(({ pass }) => pass === false)) throw new Error('A promise was not kept.')
}

/** As somebody types it who wants the same. */
function commandOf({ users, minutes, soak, songs, think }: Flags): string {
  const time = soak === undefined ? `--minutes ${minutes}` : `--soak ${soak}`
  const pauses = think === DEFAULT_THINK ? '' : ` --think ${think}`
  return `npm run load -- --users ${users} ${time} --songs ${songs}${pauses}`
}

/** @throws StackProblem when the environment says too little, or nobody has said the host's name */
function givenTarget({ yes }: Flags): LoadTarget | undefined {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY } = process.env
  if (!SUPABASE_URL) return undefined
  if (!SUPABASE_PUBLISHABLE_KEY || !SUPABASE_SECRET_KEY)
    throw new StackProblem('With SUPABASE_URL set SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY, too.')
  const { hostname } = new URL(SUPABASE_URL)
  if (!isLoopback(hostname) && yes !== hostname)
    throw new StackProblem(
      `People would sign up, make tags and tag songs on ${hostname}. If that is meant: --yes ${hostname}`,
    )
  return { apiUrl: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY, secretKey: SUPABASE_SECRET_KEY }
}

/** On the songs that are there. Nothing is migrated: that is for whoever they belong to. */
async function onGiven(target: LoadTarget, flags: Flags): Promise<Measured> {
  const report = await runLoad({ target, ...pace(flags), report: say })
  return { report, results: loadFigures(report), machine: await describeMachine() }
}

/** On songs and in a database of its own, which are migrated meanwhile, with one real browser among the people. */
async function onOwnStack(flags: Flags): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'songbook-load-'))
  const stack = await startOwnStack()
  try {
    say(`Making ${flags.songs} songs, building the app…`)
    const source = { songs: flags.songs }
    await seed({ dbUrl: stack.dbUrl, source, randomSeed: 'load', whenNotEmpty: 'refuse' })
    await buildApp(folder)
    const app = await serveApp({ stack, port: 0, folder })
    const [song] = await stack.sql<{ id: string }[]>`select id::text from public.songs order by id limit 1`
    let migration: Migration | null = null
    let tab: TabReport | undefined
    const report = await runLoad({
      target: stack,
      ...pace(flags),
      serverPid: stack.pid,
      meanwhile: async (people, together) => {
        const editor = people.find(({ mayEdit }) => mayEdit)
        const migrating = migrateMeanwhile(stack, together.timings)
        if (editor && song) tab = await workInTab(app.url, editor, song.id, together)
        migration = await migrating
      },
      report: say,
    })
    await app.close()
    await isValid(stack, report.timings)
    return {
      report,
      results: loadFigures(report, { tab, migration }),
      machine: await describeMachine(stack.sql),
    }
  } finally {
    await stack.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function pace({ users, minutes, soak, think }: Flags) {
  return { users, durationMs: (soak === undefined ? minutes : soak * 60) * 60_000, thinkMs: think * 1000 }
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 10_000)) throw new InvalidArgumentError('It must be a number above 0.')
  return value
}

const program = new Command('npm run load --')
  .description(
    'Has many people use the songbook at once, and a migration run meanwhile: on an embedded stack of its own, or without the migration on SUPABASE_URL with SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY.',
  )
  .option('--users <number>', 'people at once', wholeNumber(1, 10_000), 100)
  .option('--minutes <number>', 'how long', positive, 5)
  .option('--soak <hours>', 'for hours instead: does memory stay flat?', positive)
  .option('--songs <number>', 'songs to make and to migrate', wholeNumber(100, 1_000_000), 10_000)
  .option(
    '--think <seconds>',
    'longest pause between two things that one of them does',
    positive,
    DEFAULT_THINK,
  )
  .option('--yes <host>', 'the name of the host, when it is not this machine')
  .option('--json', 'print one object {machine, results, errors, lost} on stdout')
  .option('--write-docs', 'put the figures into docs/performance.md')
  .allowExcessArguments(false)
  .action(run)

await runProgram(program)
