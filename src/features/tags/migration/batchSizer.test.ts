import { describe, expect, test } from 'vitest'
import { BatchSizer, LARGEST_BATCH, PACE, SMALLEST_BATCH } from './batchSizer.ts'

/** Milliseconds. */
const TARGET = 30

/** A sizer of this size that has seen no batch. */
const sizerOf = (size: number) => new BatchSizer(size, TARGET)

describe('BatchSizer', () => {
  test('begins with the size it was given', () => {
    expect(sizerOf(100).size).toBe(100)
    expect(sizerOf(1).size).toBe(1)
  })

  test('grows by at most a half a batch, however fast it was', () => {
    const sizer = sizerOf(100)
    const sizes = [1, 2, 3].map(() => {
      sizer.record(sizer.size, 0.001)
      return sizer.size
    })
    expect(sizes).toEqual([150, 225, 338])
  })

  test('grows also when the clock saw no time pass', () => {
    const sizer = sizerOf(100)
    sizer.record(100, 0)
    expect(sizer.size).toBe(150)
  })

  test('goes straight to what fits the target when it is slower than that', () => {
    const sizer = sizerOf(100)
    sizer.record(100, 2 * TARGET)
    expect(sizer.size).toBe(50)
  })

  test('stays when a batch takes just its target', () => {
    const sizer = sizerOf(100)
    sizer.record(100, TARGET)
    expect(sizer.size).toBe(100)
  })

  test('falls to a tenth past five times the target, not at it', () => {
    const at = sizerOf(1000)
    at.record(1000, 5 * TARGET)
    expect(at.size).toBe(200)

    const past = sizerOf(1000)
    past.record(1000, 5 * TARGET + 1)
    expect(past.size).toBe(100)
  })

  test('forgets the batches before a panic', () => {
    const sizer = sizerOf(1000)
    for (let n = 0; n < 9; n += 1) sizer.record(1000, 4 * TARGET)
    sizer.record(1000, 6 * TARGET)
    expect(sizer.size).toBe(100)
    // By the slow ones before, 250 would be right and this one would not grow.
    sizer.record(100, 1)
    expect(sizer.size).toBe(150)
  })

  test('keeps within its bounds', () => {
    const small = sizerOf(20)
    small.record(20, 100 * TARGET)
    expect(small.size).toBe(SMALLEST_BATCH)

    const large = sizerOf(9000)
    large.record(9000, 0.001)
    expect(large.size).toBe(LARGEST_BATCH)
  })

  test('follows the slowest tenth and not the mean', () => {
    const sizer = sizerOf(100)
    // Of ten batches two take 1 ms a song: the mean is 0.28 ms, which would give 107 songs.
    for (const msPerSong of [0.1, 0.1, 0.1, 0.1, 1, 1, 0.1, 0.1, 0.1, 0.1]) sizer.record(100, msPerSong * 100)
    expect(sizer.size).toBe(30)
  })

  test('overlooks one slow batch of ten', () => {
    const sizer = sizerOf(300)
    for (const msPerSong of [1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
      sizer.record(100, msPerSong * 100)
    expect(sizer.size).toBe(45)
    sizer.record(100, 10)
    expect(sizer.size).toBe(68)

    // It is still among the last ten, not among the last nine.
    const other = sizerOf(300)
    for (const msPerSong of [0.1, 1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
      other.record(100, msPerSong * 100)
    expect(other.size).toBeGreaterThan(30)
  })

  test('remembers the last ten batches only', () => {
    const sizer = sizerOf(100)
    for (let n = 0; n < 2; n += 1) sizer.record(100, 100)
    expect(sizer.size).toBe(30)
    for (let n = 0; n < 10; n += 1) sizer.record(100, 10)
    expect(sizer.size).toBeGreaterThan(30)
  })

  test('hopes for as many as half of the batches would do in time, since the database stops the others', () => {
    const sizer = sizerOf(100)
    for (const msPerSong of [0.1, 0.1, 0.1, 0.1, 1, 1, 0.1, 0.1, 0.1, 0.1]) sizer.record(100, msPerSong * 100)
    expect(sizer.size).toBe(30)
    expect(sizer.most).toBe(300)
  })

  test('hopes for no more than half as many again, and after a failure or a panic for no more than its size', () => {
    const sizer = sizerOf(100)
    sizer.record(100, 1)
    expect(sizer.most).toBe(150)
    sizer.halve(150)
    expect(sizer.most).toBe(75)
    sizer.record(75, 1)
    sizer.record(100, 6 * TARGET)
    expect([sizer.size, sizer.most]).toEqual([10, 10])
  })

  test('does nearly all of them in the first step, and after a slow batch what fits, for once', () => {
    const sizer = sizerOf(100)
    expect(sizer.first).toBe(90)
    for (let batch = 0; batch < 5; batch += 1) sizer.record(100, TARGET)
    sizer.record(100, 4 * TARGET)
    expect([sizer.first, sizer.most]).toEqual([25, 100])
    sizer.record(25, TARGET / 4)
    expect([sizer.first, sizer.most]).toEqual([90, 100])
  })

  test('learns nothing from a batch without songs', () => {
    const sizer = sizerOf(100)
    sizer.record(0, 1000 * TARGET)
    expect(sizer.size).toBe(100)
  })

  test('halves what failed until one song is alone, and comes back from there', () => {
    const sizer = sizerOf(100)
    const sizes: number[] = []
    for (let songs = 100; songs > 1; songs = sizer.size) {
      sizer.halve(songs)
      sizes.push(sizer.size)
    }
    expect(sizes).toEqual([50, 25, 12, 6, 3, 1])
    sizer.halve(1)
    expect(sizer.size).toBe(1)
    sizer.record(1, 1)
    expect(sizer.size).toBe(SMALLEST_BATCH)
  })

  test('gives the quiet profile longer batches than the polite one, whoever waits', () => {
    expect(PACE.quiet.batchMs).toBeGreaterThan(PACE.polite.batchMs)
    const sizer = new BatchSizer(100, PACE.quiet, () => 0)
    sizer.record(100, 1, true)
    expect([sizer.isPolite, sizer.yieldsToWriters]).toEqual([false, false])
    expect([sizer.stepMs, sizer.batchMs]).toEqual([PACE.quiet.batchMs, PACE.quiet.batchMs])
  })

  test('is polite in the polite profile always: long batches of short steps', () => {
    const { batchMs, stepMs, busyStepMs } = PACE.polite
    expect([stepMs, busyStepMs]).toEqual([45, 30])
    const sizer = new BatchSizer(1000, PACE.polite, () => 0)
    sizer.record(1000, batchMs)
    expect([sizer.isPolite, sizer.yieldsToWriters, sizer.most]).toEqual([true, false, 1000])
    expect(sizer.first).toBe((900 * stepMs) / batchMs)
  })

  test('learns from a batch that ended early for somebody how many songs fit into a whole one', () => {
    const { batchMs, stepMs } = PACE.polite
    const sizer = new BatchSizer(1000, PACE.polite, () => 0)
    sizer.record(1000, batchMs)
    sizer.record((1000 * stepMs) / batchMs, stepMs, true)
    expect([sizer.isPolite, sizer.yieldsToWriters, sizer.most]).toEqual([true, true, 1000])
  })
})

describe('profile auto', () => {
  const CALM_SIZE = 1000
  const { batchMs, stepMs, busyStepMs } = PACE.auto

  /** A sizer whose batches fit their length, and its clock. */
  function calmSizer() {
    const clock = { ms: 0 }
    const sizer = new BatchSizer(CALM_SIZE, PACE.auto, () => clock.ms)
    sizer.record(CALM_SIZE, batchMs)
    return { sizer, clock }
  }

  test('makes one step of a batch while nobody waits', () => {
    const { sizer } = calmSizer()
    expect([sizer.isPolite, sizer.stepMs, sizer.first]).toEqual([false, batchMs, 0.9 * CALM_SIZE])
  })

  test('is as polite as the polite one once a writer waits, from the next batch on', () => {
    const { sizer } = calmSizer()
    sizer.record(CALM_SIZE, batchMs, true)
    expect([sizer.yieldsToWriters, sizer.isPolite]).toEqual([true, true])
    expect(sizer.stepMs).toBe(PACE.polite.busyStepMs)
    expect(sizer.first).toBe((0.9 * CALM_SIZE * busyStepMs) / batchMs)
  })

  test('stays so while writers keep coming, and goes back some seconds after the last', () => {
    const { sizer, clock } = calmSizer()
    sizer.record(CALM_SIZE, batchMs, true)
    clock.ms = 1_000
    sizer.record(CALM_SIZE, batchMs, true)
    clock.ms = 8_500
    sizer.record(CALM_SIZE, batchMs)
    expect(sizer.stepMs).toBe(busyStepMs)
    clock.ms = 9_001
    expect([sizer.yieldsToWriters, sizer.stepMs]).toEqual([false, stepMs])
  })

  test('notices a writer who waited for a batch without songs', () => {
    const { sizer } = calmSizer()
    sizer.record(0, 0, true)
    expect(sizer.yieldsToWriters).toBe(true)
  })
})
