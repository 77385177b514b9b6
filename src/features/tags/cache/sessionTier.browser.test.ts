import { beforeEach, describe, expect, test, vi } from 'vitest'
import { cacheScope } from './cacheKey.ts'
import { newEntry } from './entry.ts'
import { LONGEST_ENTRY, SessionTier } from './sessionTier.ts'

const scope = cacheScope('anna')
const key = `${scope}catalog`

beforeEach(() => sessionStorage.clear())

/** Leaves fewer than 64 units of the real storage free. */
function fillStorage(): void {
  let filler = 'x'.repeat(1024 * 1024)
  for (let n = 0; filler.length >= 64; n += 1) {
    try {
      sessionStorage.setItem(`filler ${n}`, filler)
    } catch {
      filler = filler.slice(filler.length / 2)
    }
  }
}

describe('an entry', () => {
  test('comes back with its data, its age and its tags, and is written anew', () => {
    const tier = new SessionTier()
    tier.set(key, newEntry({ name: 'Früh' }, ['tag:1'], 1000))
    tier.set(key, newEntry({ name: 'Spät' }, ['tag:2'], 2000))
    expect(new SessionTier().get(key)).toEqual(newEntry({ name: 'Spät' }, ['tag:2'], 2000))
  })

  test('is deleted alone, with its tags, or with all of ours and nothing of others', () => {
    const tier = new SessionTier()
    sessionStorage.setItem('of somebody else', 'stays')
    for (const name of ['a', 'b', 'c', 'd']) tier.set(scope + name, newEntry(name, [`tag:${name}`], 1))
    tier.delete(`${scope}a`)
    tier.invalidateTags(new Set(['tag:b', 'tag:none']))
    expect(Object.keys(sessionStorage).sort()).toEqual(['of somebody else', `${scope}c`, `${scope}d`])
    tier.clear()
    expect(Object.keys(sessionStorage)).toEqual(['of somebody else'])
  })

  test('of another person or of an older schema is swept', () => {
    const tier = new SessionTier()
    tier.set(key, newEntry('hers', [], 1))
    tier.set(`${cacheScope('bert')}catalog`, newEntry('his', [], 1))
    tier.set('songbook-tags/0/anna/catalog', newEntry('old', [], 1))
    tier.sweep(scope)
    expect(Object.keys(sessionStorage)).toEqual([key])
  })
})

describe('a storage in trouble', () => {
  test('that is full gives up our older entries for the newest', () => {
    const tier = new SessionTier()
    for (let n = 0; n < 4; n += 1) tier.set(`${scope}old ${n}`, newEntry('x'.repeat(1000), [], 1))
    fillStorage()
    tier.set(key, newEntry('y'.repeat(2000), [], 2))
    expect(tier.get(key)?.data).toHaveLength(2000)
    expect(tier.evictionCount).toBe(4)
  })

  test('that is full of what others wrote says so, and keeps no older entry', () => {
    const tier = new SessionTier()
    tier.set(key, newEntry('old', [], 1))
    fillStorage()
    expect(() => tier.set(key, newEntry('y'.repeat(2000), [], 2))).toThrow(
      expect.objectContaining({ name: 'QuotaExceededError' }),
    )
    expect(tier.get(key)).toBeUndefined()
  })

  test('takes no entry that would block the page', () => {
    const tier = new SessionTier()
    tier.set(key, newEntry('old', [], 1))
    tier.set(key, newEntry('y'.repeat(LONGEST_ENTRY), [], 2))
    expect(sessionStorage).toHaveLength(0)
  })

  test.each([
    '{"timestamp":1',
    '[]',
    'null',
    '{"timestamp":"1","tags":[],"data":1}',
    '{"timestamp":1,"data":1}',
  ])('that holds %s says so, once', (garbage) => {
    sessionStorage.setItem(key, garbage)
    const tier = new SessionTier()
    expect(() => tier.get(key)).toThrow(SyntaxError)
    expect(tier.get(key)).toBeUndefined()
  })

  test('that is switched off throws, whatever is asked', () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('Access is denied.', 'SecurityError')
    })
    const tier = new SessionTier()
    const denied = expect.objectContaining({ name: 'SecurityError' })
    expect(() => tier.get(key)).toThrow(denied)
    expect(() => tier.set(key, newEntry(1, [], 1))).toThrow(denied)
    expect(() => tier.clear()).toThrow(denied)
  })
})
