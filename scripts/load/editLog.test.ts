import { expect, test } from 'vitest'
import { EditLog, keyOf } from './editLog.ts'

test('the last word counts, and what nobody knows does not', () => {
  const log = new EditLog()
  log.write('song', 'kept', true)
  log.write('song', 'removed', true)
  log.write('song', 'removed', false)
  log.write('song', 'unanswered', true)
  log.forget('song', 'unanswered')
  expect([log.has('song', 'kept'), log.has('song', 'removed'), log.size]).toEqual([true, false, 2])
  expect(log.lost(new Set([keyOf('song', 'kept')]))).toEqual([])
  expect(log.lost(new Set([keyOf('song', 'removed')]))).toEqual(['song kept', 'song removed'])
})
