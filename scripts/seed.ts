import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { explainFailure } from './seed/explainFailure.ts'
import { type SeedReport, type SeedSource, seed } from './seed/seed.ts'
import { SeedRefused } from './seed/seedRefused.ts'
import { openSeedTarget } from './seed/seedTarget.ts'
import { formatSummary } from './seed/summarizeSongs.ts'
import { StackProblem } from './stack/stackProblem.ts'

interface Flags {
  songs?: number
  file?: string
  randomSeed: string
  append?: boolean
  reset?: boolean
  dbUrl?: string
  yesReallySeed?: string
  json?: boolean
}

async function run(flags: Flags): Promise<void> {
  const source = sourceOf(flags)
  const target = await openSeedTarget({
    dbUrl: flags.dbUrl,
    reallySeedHost: flags.yesReallySeed,
    onProgress: (message) => process.stderr.write(`${message}\n`),
  })
  try {
    const report = await seed({
      dbUrl: target.dbUrl,
      source,
      randomSeed: flags.randomSeed,
      whenNotEmpty: flags.reset ? 'reset' : flags.append ? 'append' : 'refuse',
      onProgress: showProgress,
    })
    print(report, target.name, flags.json)
  } finally {
    await target.close()
  }
}

function sourceOf({ songs, file }: Flags): SeedSource {
  if (file !== undefined) return { file }
  if (songs !== undefined) return { songs }
  throw new SeedRefused('Say what to seed: --songs N, or --file songs.jsonl')
}

function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY) return
  const line = `Seeding ${done.toLocaleString('en')} of ${total.toLocaleString('en')} songs`
  process.stderr.write(done < total ? `\r${line}` : `\r${' '.repeat(line.length)}\r`)
}

function print(report: SeedReport, target: string, json = false): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ target, ...report })}\n`)
    return
  }
  const loaded = report.loaded.toLocaleString('en')
  const seconds = (report.durationMs / 1000).toFixed(1)
  process.stdout.write(
    `Seeded ${loaded} songs into ${target} in ${seconds} s. It holds:\n\n${formatSummary(report)}\n`,
  )
}

function songCount(text: string): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > 10_000_000) {
    throw new InvalidArgumentError('It must be 1 to 10000000.')
  }
  return count
}

const program = new Command('npm run seed --')
  .description('Fills the songbook with songs, their free-text themes as messy as real ones. All or nothing.')
  .addOption(
    new Option('--songs <number>', 'make songs from the bundled hymns')
      .argParser(songCount)
      .conflicts('file'),
  )
  .option('--file <path>', 'read {"title", "themes"}, one a line')
  .option('--random-seed <text>', 'the same text gives the same songs and ids', '1')
  .addOption(new Option('--append', 'keep the songs that are there').conflicts('reset'))
  .option('--reset', 'delete the songs that are there')
  .addOption(
    new Option('--db-url <url>', 'the database; without one the embedded stack').env('SUPABASE_DB_URL'),
  )
  .option('--yes-really-seed <host>', 'allow this host, which is not this machine')
  .option('--json', 'print one object on stdout')
  .allowExcessArguments(false)
  .exitOverride()
  .action(run)

try {
  await program.parseAsync()
  process.exitCode = 0
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  const isUsage = error instanceof SeedRefused || error instanceof StackProblem
  process.stderr.write(`${isUsage ? error.message : explainFailure(error)}\n`)
  process.exit(isUsage ? 2 : 1)
}
