import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { MemoryTrack, ownMemory } from './watchMemory.ts'

function trackOf(samples: number[]): MemoryTrack {
  const track = new MemoryTrack()
  for (const bytes of samples) track.add(bytes)
  return track
}

test('what fills up at the beginning is no growth, and a leak is', () => {
  expect(trackOf([10, 80, 100, 100, 101, 99, 100, 100]).growth()).toBe(1)
  expect(trackOf([100, 110, 120, 130, 140, 150, 160, 170]).growth()).toBeCloseTo(170 / 130)
  expect(trackOf([1, 2, 3]).growth()).toBeNull()
  expect([trackOf([1, 2]).last(), trackOf([]).last()]).toEqual([2, null])
})

test.runIf(process.platform === 'linux')(
  'memory of a process is counted with that of its children',
  async () => {
    const alone = await ownMemory(process.pid)
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
    try {
      await expect.poll(async () => (await ownMemory(child.pid ?? 0)) ?? 0).toBeGreaterThan(1_000_000)
      expect(alone).toBeGreaterThan(10_000_000)
      const together = (await ownMemory(process.pid)) ?? 0
      expect(together).toBeGreaterThan((await ownMemory(child.pid ?? 0)) ?? 0)
    } finally {
      child.kill()
    }
  },
)
