import { describe, expect, test } from 'vitest'
import { MigrationReporter } from './migrationReporter.ts'
import type { MigrationProgress } from './types.ts'

/** A reporter with a clock that the test moves, and what it reported. */
function reporterAt(start = 1_000_000) {
  const reports: MigrationProgress[] = []
  let now = start
  const reporter = new MigrationReporter(
    (progress) => reports.push(progress),
    () => now,
  )
  return {
    reporter,
    reports,
    last: () => reports.at(-1),
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('MigrationReporter', () => {
  test('reports a phase at once, however short the last report is ago', () => {
    const { reporter, reports } = reporterAt()
    reporter.enter('migrating', { processed: 0, total: 100 })
    reporter.enter('validating', { processed: 0, total: 100 })
    expect(reports.map((report) => report.phase)).toEqual(['migrating', 'validating'])
    expect(reports[0]).toMatchObject({ processedCount: 0, totalCount: 100, startTime: new Date(1_000_000) })
  })

  test('reports progress within a phase at most ten times a second', () => {
    const { reporter, reports, pass } = reporterAt()
    reporter.enter('migrating', { processed: 0, total: 1000 })
    for (let song = 1; song <= 250; song += 1) {
      pass(1)
      reporter.advance(song)
    }
    expect(reports.map((report) => report.processedCount)).toEqual([0, 100, 200])
  })

  test('reports an error at once and keeps it', () => {
    const { reporter, reports } = reporterAt()
    const error = { songId: 'x', error: 'Refused', context: {}, recoverable: false }
    reporter.enter('migrating', { processed: 0, total: 10 })
    reporter.error(error)
    expect(reports).toHaveLength(2)
    expect(reports[1]?.errors).toEqual([error])
    expect(reporter.progress.errors).toEqual([error])
  })

  test('hands out copies that later errors do not change', () => {
    const { reporter, reports } = reporterAt()
    reporter.enter('migrating', { processed: 0, total: 10 })
    reporter.error({ songId: 'x', error: 'Refused', context: {}, recoverable: false })
    expect(reports[0]?.errors).toEqual([])
    reporter.progress.errors.pop()
    expect(reporter.progress.errors).toHaveLength(1)
  })

  test('counts batches that wrote something, retries and the size of the next batch', () => {
    const { reporter } = reporterAt()
    reporter.enter('migrating', { processed: 20, total: 100 })
    reporter.batch(10, 15)
    reporter.batch(0, 30)
    reporter.retry()
    reporter.retry()
    expect(reporter.progress).toMatchObject({ batches: 1, batchSize: 30, processedCount: 30, retries: 2 })
  })

  test('catches up with what the database has, and never falls behind what it was told', () => {
    const { reporter, last } = reporterAt()
    reporter.enter('migrating', { processed: 0, total: 100 })
    reporter.batch(10, 10)
    reporter.count(30, 3)
    expect(last()).toMatchObject({ processedCount: 30, batches: 3 })
    reporter.batch(10, 10)
    reporter.count(30, 3)
    expect(last()).toMatchObject({ processedCount: 40, batches: 4 })
  })

  test('measures the rate and the time left over the last five seconds', () => {
    const { reporter, last, pass } = reporterAt()
    reporter.enter('migrating', { processed: 0, total: 10_000 })
    // Slow at first: 10 songs a second.
    for (let second = 1; second <= 10; second += 1) {
      pass(1000)
      reporter.advance(second * 10)
    }
    expect(last()?.rate).toBe(10)
    // Then 1,000 a second; after five seconds the slow ones are forgotten.
    for (let second = 1; second <= 6; second += 1) {
      pass(1000)
      reporter.advance(100 + second * 1000)
    }
    expect(last()?.rate).toBe(1000)
    // 10,000 - 6,100 songs are left at 1,000 a second, from 16 s after the start.
    expect(last()?.estimatedCompletion).toEqual(new Date(1_000_000 + 16_000 + 3900))
  })

  test('does not guess before time has passed or while nothing happens', () => {
    const { reporter, pass } = reporterAt()
    reporter.enter('migrating', { processed: 50, total: 100 })
    reporter.advance(60)
    expect(reporter.progress.rate).toBe(0)
    expect(reporter.progress.estimatedCompletion).toBeUndefined()

    reporter.enter('validating', { processed: 0, total: 100 })
    pass(1000)
    reporter.advance(0)
    expect(reporter.progress.rate).toBe(0)
    expect(reporter.progress.estimatedCompletion).toBeUndefined()
  })

  test('counts only what its own session did in a run that goes on', () => {
    const { reporter, pass } = reporterAt()
    reporter.enter('migrating', { processed: 900, total: 1000 })
    pass(1000)
    reporter.advance(950)
    expect(reporter.progress.rate).toBe(50)
  })

  test('forgets rate and estimate with the phase', () => {
    const { reporter, pass } = reporterAt()
    reporter.enter('migrating', { processed: 0, total: 100 })
    pass(1000)
    reporter.advance(50)
    expect(reporter.progress.estimatedCompletion).toBeDefined()
    reporter.enter('validating', { processed: 0, total: 100 })
    expect(reporter.progress).toMatchObject({ rate: 0, processedCount: 0 })
    expect(reporter.progress.estimatedCompletion).toBeUndefined()
  })

  test('lets the total grow when more songs come than were counted', () => {
    const { reporter } = reporterAt()
    reporter.enter('migrating', { processed: 0, total: 10 })
    reporter.advance(12)
    expect(reporter.progress).toMatchObject({ processedCount: 12, totalCount: 12 })
    reporter.advance(13, 20)
    expect(reporter.progress).toMatchObject({ processedCount: 13, totalCount: 20 })
  })

  test('works without anybody who listens', () => {
    const reporter = new MigrationReporter(undefined)
    reporter.enter('migrating', { processed: 0, total: 10 })
    reporter.batch(10, 10)
    expect(reporter.progress.processedCount).toBe(10)
  })
})
