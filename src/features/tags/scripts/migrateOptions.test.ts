import { describe, expect, it } from 'vitest'
import { reportFailure } from './failureReport.ts'
import { type MigrateFlags, migrateProgram } from './migrateOptions.ts'

/** What the command line makes of these arguments: flags, or the failure as it is reported. */
function parse(...args: string[]) {
  const program = migrateProgram().exitOverride().allowExcessArguments(false)
  program.configureOutput({ outputError: () => {} })
  try {
    return { flags: program.parse(args, { from: 'user' }).opts<MigrateFlags>(), failure: undefined }
  } catch (error) {
    return { flags: undefined, failure: reportFailure(error, []) }
  }
}

describe('migrate options', () => {
  it('has defaults that fit', () => {
    expect(parse().flags).toEqual({
      batchSize: 100,
      maxRetries: 5,
      fuzzy: 'review',
      profile: 'auto',
      workers: 2,
    })
  })

  it('reads them all', () => {
    expect(
      parse('--batch-size', '10000', '--max-retries', '0', '--fuzzy', 'apply', '--profile', 'quiet').flags,
    ).toMatchObject({
      batchSize: 10_000,
      maxRetries: 0,
      fuzzy: 'apply',
      profile: 'quiet',
    })
    expect(parse('--workers', '16', '--join').flags).toMatchObject({ workers: 16, join: true })
    expect(parse('--watch').flags).toMatchObject({ status: true, watch: true })
    expect(parse('--all').flags).toMatchObject({ status: true, all: true })
    expect(parse('--dry-run', '--plan', 'a.json', '--save-plan', 'b.json').flags).toMatchObject({
      dryRun: true,
      plan: 'a.json',
      savePlan: 'b.json',
    })
  })

  it.each([
    [['--batch-size', '0'], 'whole number from 1 to 10000'],
    [['--batch-size', '10001'], 'whole number from 1 to 10000'],
    [['--batch-size', '1e3'], 'whole number'],
    [['--batch-size', '-5'], 'whole number'],
    [['--batch-size'], 'argument missing'],
    [['--max-retries', '101'], 'whole number from 0 to 100'],
    [['--fuzzy', 'maybe'], 'Allowed choices are off, review, apply'],
    [['--profile', 'loud'], 'Allowed choices are auto, polite, quiet'],
    [['--resume', '--restart'], 'cannot be used with'],
    [['--dry-run', '--resume'], 'cannot be used with'],
    [['--dry-run', '--rollback-on-failure'], 'cannot be used with'],
    [['--validate', '--skip-validation'], 'cannot be used with'],
    [['--validate', '--dry-run'], 'cannot be used with'],
    [['--plan', 'p', '--resume'], 'cannot be used with'],
    [['--plan', 'p', '--fuzzy', 'off'], 'cannot be used with'],
    [['--save-plan', 'p', '--resume'], 'cannot be used with'],
    [['--workers', '0'], 'whole number from 1 to 16'],
    [['--workers', '17'], 'whole number from 1 to 16'],
    [['--join', '--resume'], 'cannot be used with'],
    [['--join', '--plan', 'p'], 'cannot be used with'],
    [['--status', '--dry-run'], 'cannot be used with'],
    [['--watch', '--resume'], 'cannot be used with'],
    [['--pause', '--cancel'], 'cannot be used with'],
    [['--pause', '--status'], 'cannot be used with'],
    [['--cancel', '--restart'], 'cannot be used with'],
    [['--dry-rum'], 'Did you mean --dry-run?'],
    [['now'], 'Too many arguments'],
  ])('refuses %j on one line, with exit code 2', (args, message) => {
    const { failure } = parse(...args)
    expect(failure).toMatchObject({ code: 'usage', exitCode: 2, advice: 'See --help.' })
    expect(failure?.message).toContain(message)
    expect(failure?.message).toMatch(/^[A-Z][^\n]*[.?)]$/)
  })
})
