import { describe, expect, test } from 'vitest'
import { SeededRandom } from '../seed/seededRandom.ts'
import { drawMoment } from './moment.ts'
import { differences, type Snapshot } from './snapshot.ts'

const empty: Snapshot = { songs: new Map(), tags: new Map(), states: new Map(), catalogue: new Map() }

describe('differences', () => {
  test('equal snapshots have none', () => {
    const tags = new Map([['a', 'Grace | Mercy']])
    expect(differences({ ...empty, tags }, { ...empty, tags: new Map(tags) })).toEqual([])
  })

  test('a changed, a missing and an additional row are each counted, with examples', () => {
    const expected = { ...empty, songs: new Map(Object.entries({ a: 'NULL', b: '{}', c: 'x' })) }
    const actual = { ...empty, songs: new Map(Object.entries({ a: '{}', c: 'x', d: 'y' })) }
    expect(differences(expected, actual)).toEqual([
      '3 songs differ, such as a: expected NULL, found {}; b: expected {}, found undefined; d: expected undefined, found y',
    ])
  })
})

describe('drawMoment', () => {
  const session = { wallMs: 1000, calls: ['start', 'batch', 'batch', 'batch', 'end'] }
  const draw = (seed: string) => {
    const random = new SeededRandom(seed)
    return Array.from({ length: 200 }, () => drawMoment(random, session))
  }

  test('the same seed draws the same moments', () => {
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
  })

  test('every call and every stage is drawn, and nothing that never happened', () => {
    const calls = draw('a').flatMap((moment) => (moment.kind === 'call' ? [moment] : []))
    expect(new Set(calls.map(({ name, nth }) => `${name} ${nth}`))).toEqual(
      new Set(['start 1', 'batch 1', 'batch 2', 'batch 3', 'end 1']),
    )
    expect(new Set(calls.map(({ stage }) => stage))).toEqual(new Set(['arrived', 'working', 'answered']))
  })
})
