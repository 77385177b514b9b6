import { expect, it } from 'vitest'
import { listenForInterrupts } from './interrupts.ts'

it('takes a Ctrl-C that arrives twice for one, and a later one for the second', () => {
  let now = 0
  const heard: string[] = []
  const { signal, stop } = listenForInterrupts({
    onFirst: () => heard.push('first'),
    onSecond: () => heard.push('second'),
    now: () => now,
  })
  try {
    expect(signal.aborted).toBe(false)
    process.emit('SIGINT')
    now = 20
    process.emit('SIGINT')
    expect([signal.aborted, heard]).toEqual([true, ['first']])
    now = 1000
    process.emit('SIGTERM')
    expect(heard).toEqual(['first', 'second'])
  } finally {
    stop()
  }
  expect(process.listenerCount('SIGINT')).toBe(0)
})
