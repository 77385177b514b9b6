import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MigrationFailure } from './migrationFailure.ts'
import { backoffMs, LONGEST_WAIT_MS, type RetryPolicy, sleepUntil, withRetries } from './retry.ts'

const failure = (more: { transient?: boolean; retryAfterMs?: number } = {}) =>
  new MigrationFailure('database', 'It failed.', { advice: 'Again.', transient: true, ...more })

/** A policy that waits in no time and remembers what it was asked to wait. */
function policyOf(maxRetries: number, random = () => 0.5) {
  const waits: number[] = []
  const policy: RetryPolicy = {
    maxRetries,
    delayMs: 100,
    random,
    sleep: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    onRetry: vi.fn(),
  }
  return { policy, waits }
}

describe('backoffMs', () => {
  test('jitters over the whole of an exponentially growing range', () => {
    const bounds = [0, 1, 2, 3].map((attempt) => [
      backoffMs({ delayMs: 100, random: () => 0 }, attempt),
      backoffMs({ delayMs: 100, random: () => 0.999_999 }, attempt),
    ])
    expect(bounds).toEqual([
      [0, 99],
      [0, 199],
      [0, 399],
      [0, 799],
    ])
  })

  test('never waits longer than the cap, not even after a thousand tries', () => {
    expect(backoffMs({ delayMs: 100, random: () => 0.999_999 }, 9)).toBe(LONGEST_WAIT_MS - 1)
    expect(backoffMs({ delayMs: 100, random: () => 0.999_999 }, 1000)).toBe(LONGEST_WAIT_MS - 1)
    expect(LONGEST_WAIT_MS).toBe(30_000)
  })

  test('waits at least as long as the server asks, up to the cap', () => {
    const policy = { delayMs: 100, random: () => 0.5 }
    expect(backoffMs(policy, 0, 7000)).toBe(7000)
    expect(backoffMs(policy, 0, 20)).toBe(50)
    expect(backoffMs(policy, 0, 3_600_000)).toBe(LONGEST_WAIT_MS)
  })
})

describe('withRetries', () => {
  test('gives the answer of the first try that succeeds and tells of the others', async () => {
    const { policy, waits } = policyOf(5)
    const failures = [failure(), failure({ retryAfterMs: 2500 })]
    const work = vi.fn<() => Promise<string>>().mockResolvedValue('done')
    for (const one of failures) work.mockRejectedValueOnce(one)

    await expect(withRetries(policy, work)).resolves.toBe('done')
    expect(waits).toEqual([50, 2500])
    expect(policy.onRetry).toHaveBeenNthCalledWith(1, failures[0], 50)
    expect(policy.onRetry).toHaveBeenNthCalledWith(2, failures[1], 2500)
  })

  test('throws the last failure when no try is left', async () => {
    const { policy, waits } = policyOf(2)
    const failures = [failure(), failure(), failure()]
    const work = vi.fn<() => Promise<string>>()
    for (const one of failures) work.mockRejectedValueOnce(one)

    await expect(withRetries(policy, work)).rejects.toBe(failures[2])
    expect(work).toHaveBeenCalledTimes(3)
    expect(waits).toHaveLength(2)
  })

  test('tries once when no retries are allowed', async () => {
    const { policy, waits } = policyOf(0)
    await expect(withRetries(policy, () => Promise.reject(failure()))).rejects.toThrow('It failed.')
    expect(waits).toEqual([])
  })

  test.each([
    ['a failure that will not pass', failure({ transient: false })],
    ['an error that is not a failure of the engine', new TypeError('undefined is not a function')],
  ])('throws %s at once', async (_, error) => {
    const { policy, waits } = policyOf(5)
    await expect(withRetries(policy, () => Promise.reject(error))).rejects.toBe(error)
    expect(waits).toEqual([])
  })

  test('ends with the sleep when that is interrupted', async () => {
    const { policy } = policyOf(5)
    const stopped = new MigrationFailure('stopped', 'Stopped.', { advice: 'Again.' })
    const work = vi.fn(() => Promise.reject(failure()))
    await expect(withRetries({ ...policy, sleep: () => Promise.reject(stopped) }, work)).rejects.toBe(stopped)
    expect(work).toHaveBeenCalledOnce()
  })
})

describe('sleepUntil', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('resolves when the time is over and not before', async () => {
    const woken = vi.fn()
    const sleeping = sleepUntil(undefined)(1000).then(woken)
    await vi.advanceTimersByTimeAsync(999)
    expect(woken).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await sleeping
    expect(woken).toHaveBeenCalledOnce()
  })

  test('rejects at once when it is stopped, and leaves no timer behind', async () => {
    const stop = new AbortController()
    const sleeping = sleepUntil(stop.signal)(1000)
    stop.abort()
    await expect(sleeping).rejects.toMatchObject({
      code: 'stopped',
      transient: false,
      message: 'Stopped while waiting.',
      advice: 'Run the command again.',
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('rejects at once when it was stopped before', async () => {
    await expect(sleepUntil(AbortSignal.abort())(1000)).rejects.toMatchObject({ code: 'stopped' })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('leaves no listener on the signal when it ends by itself', async () => {
    const stop = new AbortController()
    const added = vi.spyOn(stop.signal, 'addEventListener')
    const removed = vi.spyOn(stop.signal, 'removeEventListener')
    const sleeping = sleepUntil(stop.signal)(10)
    await vi.advanceTimersByTimeAsync(10)
    await sleeping
    expect(removed.mock.calls).toEqual([added.mock.calls[0]?.slice(0, 2)])
    stop.abort()
    await expect(sleeping).resolves.toBeUndefined()
  })
})
