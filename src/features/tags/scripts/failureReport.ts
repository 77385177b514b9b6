import { CommanderError } from 'commander'
import { MigrationFailure } from '../migration/migrationFailure.ts'
import { EXIT, type ExitCode, exitCodeOfFailure } from './exitCodes.ts'
import { redact } from './redact.ts'
import { escapeText } from './terminal/escapeText.ts'
import { WrongUsage } from './wrongUsage.ts'

/** A failure as people and scripts get to see it: on one line, without keys, safe to print. */
export interface FailureReport {
  code: string
  message: string
  advice: string
  exitCode: ExitCode
  /** For --verbose: the stack and what caused it. */
  trace: string
}

/** What may be shown of anything that was thrown. @param secrets texts that are taken out wherever they stand */
export function reportFailure(error: unknown, secrets: Iterable<string>): FailureReport {
  const safe = (text: string) => escapeText(text).replaceAll('\\\\', '\\')
  const clean = (text: string) => safe(redact(text, secrets).replace(/\s+/g, ' ').trim())
  const { code, message, advice } = describe(error)
  return {
    code,
    message: clean(message),
    advice: clean(advice),
    exitCode: error instanceof CommanderError ? EXIT.usage : exitCodeOfFailure(error),
    // What it quotes may hold anything; only its own line breaks stay.
    trace: redact(traceOf(error), secrets).split('\n').map(safe).join('\n'),
  }
}

function describe(error: unknown): Pick<FailureReport, 'code' | 'message' | 'advice'> {
  if (error instanceof MigrationFailure) return error
  if (error instanceof WrongUsage) return { code: 'usage', message: error.message, advice: error.advice }
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '').replace(/\n/g, ' ')
    return {
      code: 'usage',
      message: `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.)?]$/.test(message) ? '' : '.'}`,
      advice: 'See --help.',
    }
  }
  return {
    code: 'unexpected',
    message: error instanceof Error ? error.message : String(error),
    advice: 'Run it again; with --verbose it says more.',
  }
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? String(error)
  const cause = error.cause === undefined ? '' : `\nCaused by: ${traceOf(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
