import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve, sep } from 'node:path'
import { coverageOfFunctions, coverageOfPages, coverageOfProcesses } from './coverage/convertRaw.ts'
import { addHits, type FileCoverage } from './coverage/fileCoverage.ts'
import { RAW_FOLDER } from './coverage/rawCoverage.ts'
import { missedLines, type Share, sharesOf } from './coverage/shares.ts'
import { projectRoot } from './stack/project.ts'

/** Of lines and of branches, each. */
const LEAST = 0.9
const VITEST = join(projectRoot, 'node_modules/vitest/vitest.mjs')

const [asked = 'src', ...more] = process.argv.slice(2)
if (more.length > 0 || asked.startsWith('-')) {
  console.error(
    'Usage: npm run test:coverage -- [FOLDER]   a folder of the sources; all of them when left out',
  )
  process.exit(2)
}
const folder = resolve(projectRoot, asked)
const isAsked = (file: string) => file.startsWith(folder + sep)

const raw = await mkdtemp(join(tmpdir(), 'songbook-coverage-'))
try {
  const code = await runTests()
  const files = await withEverything(await filesOfTests())
  await writeFile(
    join(projectRoot, 'coverage/coverage-final.json'),
    JSON.stringify(Object.fromEntries(files)),
  )
  const isEnough = report([...files.values()])
  process.exitCode = code === 0 && isEnough ? 0 : 1
} finally {
  await rm(raw, { recursive: true, force: true })
}

/** The folder's own tests, and those of the whole app and of the functions, where much of a feature is proved. */
function runTests(): Promise<number> {
  const tests = asked === 'src' ? [] : [asked, 'src/app/', 'scripts/functions/']
  const flags = ['--coverage', '--coverage.reportOnFailure', `--coverage.include=${asked}/**/*.{ts,tsx}`]
  const child = spawn(process.execPath, [VITEST, 'run', ...flags, ...tests], {
    cwd: projectRoot,
    env: { ...process.env, [RAW_FOLDER]: raw },
    stdio: 'inherit',
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

async function filesOfTests(): Promise<Map<string, FileCoverage>> {
  const text = await readFile(join(projectRoot, 'coverage/coverage-final.json'), 'utf8')
  return new Map(Object.entries(JSON.parse(text) as Record<string, FileCoverage>))
}

/** With what commands, functions and pages ran that the tests started. */
async function withEverything(files: Map<string, FileCoverage>): Promise<Map<string, FileCoverage>> {
  for (const more of [
    ...(await coverageOfProcesses(raw, isAsked)),
    ...(await coverageOfFunctions(raw, isAsked)),
    ...(await coverageOfPages(raw, isAsked)),
  ]) {
    const before = files.get(more.path)
    if (before) files.set(more.path, addHits(before, more))
  }
  return files
}

/** @returns whether it is enough */
function report(files: readonly FileCoverage[]): boolean {
  const inner = (file: FileCoverage) => relative(folder, file.path)
  for (const file of files.toSorted((a, b) => inner(a).localeCompare(inner(b)))) {
    const missed = missedLines(file)
    if (missed.length > 0) console.log(`${inner(file)}: ${missed.join(' ')}`)
  }
  console.log('\nlines      branches')
  const parts = Map.groupBy(files, (file) => inner(file).split(sep).slice(0, -1)[0] ?? '.')
  for (const [part, some] of [...parts].sort(([a], [b]) => a.localeCompare(b))) line(part, some)
  const { lines, branches } = line(`${asked}, all of it`, files)
  const isEnough = lines.run >= LEAST * lines.all && branches.run >= LEAST * branches.all
  if (!isEnough) console.log(`Less than ${100 * LEAST}%.`)
  return isEnough
}

function line(name: string, files: readonly FileCoverage[]) {
  const shares = sharesOf(files)
  console.log(`${percent(shares.lines)}    ${percent(shares.branches)}    ${name}`)
  return shares
}

function percent({ all, run }: Share): string {
  return `${(all === 0 ? 100 : (100 * run) / all).toFixed(1).padStart(5)}%`
}
