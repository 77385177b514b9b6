import { expect, it } from 'vitest'
import { SharedStretches, shareOutIds } from './stretches.ts'

const id = (first: string) => `${first.padEnd(8, '0')}-0000-0000-0000-000000000000`

it('shares all ids out evenly', () => {
  expect(shareOutIds(1)).toEqual([{ after: id('0'), until: null }])
  expect(shareOutIds(4)).toEqual([
    { after: id('0'), until: id('4') },
    { after: id('4'), until: id('8') },
    { after: id('8'), until: id('c') },
    { after: id('c'), until: null },
  ])
})

it('whoever is done takes over half of what is longest', () => {
  const stretches = new SharedStretches(2)
  const [first, second] = [stretches.take(), stretches.take()]
  if (!first || !second) throw new Error('There must be two.')
  first.after = id('7')
  stretches.done(second)
  expect(stretches.take()).toEqual({ after: id('78'), until: id('8') })
  expect(first).toEqual({ after: id('7'), until: id('78') })
})

it.each([[0], [1], [2]])('of three that are at work the longest is cut, whichever it is: %i', (longest) => {
  const stretches = new SharedStretches(3)
  const open = [stretches.take(), stretches.take(), stretches.take()]
  for (const [n, one] of open.entries()) if (one?.until && n !== longest) one.after = one.until
  const last = open[2]
  // The last one has no end to have come to.
  if (last && longest !== 2) last.after = id('f')
  const until = open[longest]?.until
  expect(stretches.take()?.until).toBe(until)
  expect(open.map((one) => one?.until === until)).toEqual([false, false, false])
})

it('cuts the last one in half, too', () => {
  const stretches = new SharedStretches(1)
  const only = stretches.take()
  expect(stretches.take()).toEqual({ after: id('8'), until: null })
  expect(only).toEqual({ after: id('0'), until: id('8') })
})

it('has nothing to take over when nobody is at work', () => {
  const stretches = new SharedStretches(1)
  const only = stretches.take()
  if (only) stretches.done(only)
  expect(stretches.take()).toBeUndefined()
})
