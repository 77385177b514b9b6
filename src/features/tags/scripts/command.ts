import type { Command } from 'commander'
import { CommanderError } from 'commander'
import { createAsk } from './ask.ts'
import { EXIT, type ExitCode } from './exitCodes.ts'
import { type FailedCommand, failedJson } from './failedJson.ts'
import { type FailureReport, reportFailure } from './failureReport.ts'
import { listenForInterrupts } from './interrupts.ts'
import { keysIn } from './readKey.ts'
import type { Outcome, Session } from './session.ts'
import { displayWidth } from './terminal/displayWidth.ts'
import { sentences } from './terminal/flow.ts'
import { createScreen, type Screen } from './terminal/screen.ts'

export interface CommonFlags {
  json?: boolean
  verbose?: boolean
}

/** Said when a command is interrupted, once and twice. */
export interface InterruptWords {
  first: string
  second: string
}

/**
 * Runs a command and ends the process: parses, reports what fails on one line, prints `--json`'s object last.
 * Everything that a command line needs and a call from other code does not is here.
 * @param jsonOfFailed what `--json` prints when it fails
 */
export async function runCommand<Flags extends CommonFlags>(
  program: Command,
  words: InterruptWords | ((flags: Partial<Flags>) => InterruptWords),
  action: (flags: Flags, session: Session) => Promise<Outcome>,
  jsonOfFailed: (failed: FailedCommand, flags: Partial<Flags>) => object = failedJson,
): Promise<never> {
  const started = performance.now()
  const isJson = process.argv.includes('--json')
  const isVerbose = process.argv.includes('--verbose')
  surviveClosedPipes()
  const output = isJson ? process.stderr : process.stdout
  const screen = createScreen(output, process.env)
  const secrets = new Set(keysIn(process.env))
  const flagsNow = () => program.opts<Partial<Flags>>()
  const wordsNow = () => (typeof words === 'function' ? words(flagsNow()) : words)
  const interrupts = listenForInterrupts({
    onFirst: () => screen.line(wordsNow().first),
    onSecond: () => {
      screen.line(wordsNow().second)
      process.exit(EXIT.interrupted)
    },
  })
  const session: Session = {
    env: process.env,
    screen,
    signal: interrupts.signal,
    ask: createAsk(process.stdin, output, interrupts.signal),
    keepSecret: (text) => secrets.add(text),
    soFar: {},
  }
  let outcome: Outcome = { exitCode: EXIT.done, json: {} }
  try {
    program
      .exitOverride()
      .allowExcessArguments(false)
      .configureOutput({ outputError: () => {} })
    program.action(async (flags: Flags) => {
      outcome = await action(flags, session)
    })
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return end(EXIT.done)
    const report = reportFailure(error, secrets)
    printFailure(report, screen, isVerbose)
    const failed = { report, soFar: session.soFar, durationMs: performance.now() - started }
    outcome = { exitCode: report.exitCode, json: jsonOfFailed(failed, flagsNow()) }
  }
  screen.clear()
  if (isJson) process.stdout.write(`${JSON.stringify(outcome.json)}\n`)
  return end(outcome.exitCode)
}

function printFailure({ message, advice, trace }: FailureReport, screen: Screen, isVerbose: boolean): void {
  screen.clear()
  const red = (text: string) => screen.style.paint.red(text)
  // In a log a failure is one line, by which it can be found.
  const isWide = !process.stderr.isTTY || displayWidth(`${message} ${advice}`) <= screen.width
  const lines = isWide
    ? [`${red(message)} ${advice}`]
    : [...sentences(message, screen.width).map(red), ...sentences(advice, screen.width)]
  process.stderr.write(`${lines.join('\n')}\n`)
  if (isVerbose) process.stderr.write(`${trace}\n`)
}

const GONE = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'])

/** Whoever read the output may have gone (`| head`, a closed terminal): the work goes on, unheard. */
function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!GONE.has(error.code ?? '')) throw error
    })
  }
}

/** Ends only when a pipe has taken what was written: `process.exit` alone would cut a long object off. */
async function end(exitCode: ExitCode): Promise<never> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
    ),
  )
  process.exit(exitCode)
}
