import { expect, test } from 'vitest'
import { Relay } from './relay.ts'

test('what was sent before anybody listened is handed over in its order, and no more than was allowed', () => {
  const relay = new Relay<number>(2)
  for (const n of [1, 2, 3]) relay.send(n)
  const heard: number[] = []
  relay.connect((n) => heard.push(n))
  relay.send(4)
  expect(heard).toEqual([1, 2, 4])
})

test('what was handed over once is not kept', () => {
  const relay = new Relay<number>(2)
  relay.send(1)
  relay.connect(() => undefined)
  const heard: number[] = []
  relay.connect((n) => heard.push(n))
  expect(heard).toEqual([])
})
