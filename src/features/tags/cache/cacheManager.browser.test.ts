import { beforeEach, describe, expect, test, vi } from 'vitest'
import { emptyStorages, rawStore } from './testing/databaseFaults.ts'
import { heldLoad, MINUTE, newManager, testOwner } from './testing/managers.ts'
import { passTime } from './testing/shiftClock.ts'

beforeEach(emptyStorages)

const never = () => Promise.reject(new Error('Nobody should have asked.'))

/** Resolves when IndexedDB holds an entry of this key. */
async function untilStored(key: string): Promise<void> {
  const raw = rawStore()
  await expect.poll(() => raw((store) => store.getAllKeys())).toContainEqual(expect.stringContaining(key))
}

describe('what nobody knows', () => {
  test('is loaded once for all who ask at the same time, and written to every tier', async () => {
    const manager = newManager()
    expect(manager.stats()).toMatchObject({ hitRate: 0, missRate: 0, avgResponseTime: 0 })
    const load = vi.fn(async () => ['Advent'])
    const answers = [1, 2, 3].map(() => manager.getOrLoad('tags', { load }))
    expect(await Promise.all(answers)).toEqual([['Advent'], ['Advent'], ['Advent']])
    expect(load).toHaveBeenCalledTimes(1)
    await untilStored('tags')
    expect(await newManager().getOrLoad('tags', { load: never })).toEqual(['Advent'])
    sessionStorage.clear()
    expect(await newManager().getOrLoad('tags', { load: never })).toEqual(['Advent'])
  })

  test('is asked for again after a failure, which everybody who waited hears of', async () => {
    const manager = newManager()
    const load = vi.fn(() => Promise.reject(new Error('No answer.')))
    const answers = [1, 2].map(() => manager.getOrLoad('tags', { load }))
    for (const answer of answers) await expect(answer).rejects.toThrow('No answer.')
    expect(await manager.getOrLoad('tags', { load: async () => 'now' })).toBe('now')
    expect(manager.stats()).toMatchObject({ loads: 2, failedLoads: 1 })
  })

  test('is asked for again, too, when the answer never comes', async () => {
    const deadline = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal)
    const manager = newManager()
    await manager.set('tags', 'of before')
    passTime(2 * MINUTE)
    const { load, asked } = heldLoad<string>()
    expect(await manager.getOrLoad('tags', { load })).toBe('of before')
    await asked
    expect(timeout).toHaveBeenCalledWith(30_000)
    deadline.abort(new DOMException('Too late.', 'TimeoutError'))
    await expect.poll(() => manager.stats().failedLoads).toBe(1)
    timeout.mockRestore()
    passTime(3 * MINUTE)
    await expect.poll(() => manager.getOrLoad('tags', { load: async () => 'now' })).toBe('now')
  })

  test('is waited for by those who have not given up; with the last of them the load ends', async () => {
    const manager = newManager()
    const { load, asked, resolve } = heldLoad<string>()
    const [first, second] = [new AbortController(), new AbortController()]
    const leaving = manager.getOrLoad('tags', { load, signal: first.signal })
    const staying = manager.getOrLoad('tags', { load, signal: second.signal })
    const { signal } = await asked
    first.abort(new Error('Typed on.'))
    await expect(leaving).rejects.toThrow('Typed on.')
    expect(signal.aborted).toBe(false)
    resolve('Advent')
    expect(await staying).toBe('Advent')

    const again = heldLoad<string>()
    const gone = new AbortController()
    const alone = manager.getOrLoad('others', { load: again.load, signal: gone.signal })
    const request = await again.asked
    gone.abort(new Error('Left.'))
    await expect(alone).rejects.toThrow('Left.')
    expect(request.signal.aborted).toBe(true)
    // Though that load never heeds its signal, it is not waited for.
    expect(await manager.getOrLoad('others', { load: async () => 'asked anew' })).toBe('asked anew')
    expect(manager.stats().failedLoads).toBe(0)
  })
})

describe('what is known', () => {
  test('is there at once for the key press that asks', async () => {
    const manager = newManager()
    expect(manager.peek('tags')).toBeUndefined()
    await manager.set('tags', 'Advent')
    expect(manager.peek('tags')).toBe('Advent')
    manager.preload([
      ['tags', 'older', []],
      ['popular', 'Lent', []],
    ])
    expect([manager.peek('tags'), manager.peek('popular')]).toEqual(['Advent', 'Lent'])
  })

  test('is told to who asks for no more than that', async () => {
    await newManager().set('tags', 'old')
    const manager = newManager()
    expect(await manager.get('tags', Array.isArray)).toBeUndefined()
    expect(await manager.get('tags')).toBe('old')
    expect(manager.peek('tags')).toBe('old')
    const signedOut = manager.setOwner('bert')
    expect(await manager.get('tags')).toBeUndefined()
    await signedOut
  })

  test('is shown when it is stale, while the newer data load; who listens hears of them', async () => {
    const manager = newManager()
    await manager.set('tags', 'old')
    passTime(2 * MINUTE)
    const heard = vi.fn()
    manager.subscribe('tags', heard)
    const { load, asked, resolve } = heldLoad<string>()
    expect(await manager.getOrLoad('tags', { load })).toBe('old')
    expect(await manager.getOrLoad('tags', { load: never })).toBe('old')
    expect((await asked).previous).toBe('old')
    expect(heard).not.toHaveBeenCalled()
    resolve('new')
    await expect.poll(() => heard.mock.calls.length).toBe(1)
    expect(await manager.getOrLoad('tags', { load: never })).toBe('new')
    expect(manager.stats().staleReads).toBe(2)
  })

  test('and found to be unchanged is fresh again, in IndexedDB too, and nobody is told', async () => {
    const manager = newManager()
    await manager.set('tags', ['old'])
    passTime(2 * MINUTE)
    const heard = vi.fn()
    manager.subscribe('tags', heard)
    const load = vi.fn(async (previous: string[] | undefined) => previous ?? [])
    await manager.getOrLoad('tags', { load })
    await expect.poll(() => manager.stats().loads).toBe(1)
    const raw = rawStore()
    const dated = () => raw<{ rows: Record<string, { timestamp: number }> }>((store) => store.get('~ledger'))
    await expect
      .poll(async () => Object.values((await dated()).rows)[0]?.timestamp)
      .toBeGreaterThan(performance.timeOrigin + MINUTE)
    sessionStorage.clear()
    expect(await newManager().getOrLoad('tags', { load: never })).toEqual(['old'])
    expect(manager.stats().staleReads).toBe(1)
    expect(heard).not.toHaveBeenCalled()
  })

  test('is shown up to its grace when nothing newer can be had, and the server is left alone between', async () => {
    const manager = newManager()
    await manager.set('tags', 'old')
    passTime(2 * MINUTE)
    const load = vi.fn(() => Promise.reject(new Error('Offline.')))
    expect(await manager.getOrLoad('tags', { load })).toBe('old')
    await expect.poll(() => manager.stats().failedLoads).toBe(1)
    for (let n = 0; n < 5; n += 1) expect(await manager.getOrLoad('tags', { load })).toBe('old')
    expect(load).toHaveBeenCalledTimes(1)
    passTime(3 * MINUTE)
    expect(await manager.getOrLoad('tags', { load })).toBe('old')
    await expect.poll(() => load.mock.calls.length).toBe(2)
    passTime(11 * MINUTE + 1000)
    await expect(manager.getOrLoad('tags', { load })).rejects.toThrow('Offline.')
  })

  test('but is too old to be shown still helps the load', async () => {
    await newManager().set('tags', 'ancient')
    passTime(60 * MINUTE)
    sessionStorage.clear()
    const load = vi.fn(async (previous: string | undefined) => `${previous}, and since`)
    expect(await newManager().getOrLoad('tags', { load })).toBe('ancient, and since')
  })

  test('in another shape than what is wanted is not used', async () => {
    await newManager().set('tags', { of: 'another version' })
    const manager = newManager()
    const accept = (data: unknown) => Array.isArray(data)
    const load = vi.fn(async (_previous: string[] | undefined) => ['Advent'])
    expect(await manager.getOrLoad('tags', { load, accept })).toEqual(['Advent'])
    expect(load).toHaveBeenCalledWith(undefined, expect.anything())
  })
})

describe('an invalidation', () => {
  test('by tag or key leaves no tier that knows it, and nothing else is lost', async () => {
    const manager = newManager()
    await manager.set('song 1', 'old', ['tag:advent'])
    await manager.set('song 2', 'kept', ['tag:lent'])
    await manager.set('song 3', 'old', ['tag:lent'])
    await manager.invalidate({ keys: ['song 3'], tags: ['tag:advent'] })
    for (const each of [manager, newManager()]) {
      expect(await each.getOrLoad('song 2', { load: never })).toBe('kept')
    }
    const load = async () => 'new'
    expect(await manager.getOrLoad('song 1', { load })).toBe('new')
    expect(await manager.getOrLoad('song 3', { load })).toBe('new')
  })

  test('while a load is under way: its answer is shown to those who asked before, and not kept', async () => {
    const manager = newManager()
    const before = heldLoad<string>()
    const asked = manager.getOrLoad('tags', { load: before.load, tags: ['tag:1'] })
    await before.asked
    await manager.invalidate({ tags: ['tag:1'] })
    const after = manager.getOrLoad('tags', { load: async () => 'after', tags: ['tag:1'] })
    before.resolve('before')
    expect(await asked).toBe('before')
    expect(await after).toBe('after')
    expect(await manager.getOrLoad('tags', { load: never })).toBe('after')
    expect(manager.stats().droppedWrites).toBe(1)
  })

  test('is heard by who listens, until they end it', async () => {
    const manager = newManager()
    await manager.set('tags', 'old', ['tag:1'])
    const heard = vi.fn()
    const end = manager.subscribe('tags', heard)
    await manager.invalidate({ tags: ['tag:1'] })
    expect(heard).toHaveBeenCalledTimes(1)
    end()
    await manager.invalidate({ keys: ['tags'] })
    expect(heard).toHaveBeenCalledTimes(1)
  })
})

describe('the person', () => {
  test('who signs out leaves nothing in memory, sessionStorage or IndexedDB', async () => {
    const manager = newManager()
    await manager.set('tags', 'hers')
    await manager.setOwner(null)
    expect(manager.peek('tags')).toBeUndefined()
    expect(sessionStorage).toHaveLength(0)
    expect(await rawStore()((store) => store.getAllKeys())).toEqual(['~ledger'])
    await manager.setOwner(testOwner())
    expect(await manager.getOrLoad('tags', { load: async () => 'asked anew' })).toBe('asked anew')
  })

  test('who signs out before an answer comes finds it kept nowhere', async () => {
    const manager = newManager()
    const { load, asked, resolve } = heldLoad<string>()
    const answer = manager.getOrLoad('tags', { load })
    await asked
    await manager.setOwner(null)
    resolve('hers')
    expect(await answer).toBe('hers')
    await manager.set('mark', 'stored after it')
    expect(Object.keys(sessionStorage)).toEqual(['songbook-tags/1/nobody/mark'])
    expect(await rawStore()((store) => store.getAllKeys())).toEqual([
      'songbook-tags/1/nobody/mark',
      '~ledger',
    ])
  })

  test('who comes next is never shown what another one left in this browser', async () => {
    const before = newManager()
    await before.set('tags', 'hers')
    before.close()
    const manager = newManager({ owner: 'bert' })
    expect(await manager.getOrLoad('tags', { load: async () => 'his' })).toBe('his')
    expect(Object.keys(sessionStorage)).toEqual(['songbook-tags/1/bert/tags'])
    const raw = rawStore()
    await expect
      .poll(() => raw((store) => store.getAllKeys()))
      .toEqual(['songbook-tags/1/bert/tags', '~ledger'])
  })
})

test('the report counts reads by tier, and says nothing of what was read', async () => {
  const manager = newManager()
  await manager.getOrLoad('what was typed', { load: async () => ['secret'] })
  for (let n = 0; n < 7; n += 1) await manager.getOrLoad('what was typed', { load: never })
  const report = manager.stats()
  expect(report).toMatchObject({ hitRate: 7 / 8, missRate: 1 / 8, loads: 1 })
  expect(report.tiers).toMatchObject({
    memory: { reads: 8, hitRate: 7 / 8 },
    session: { reads: 1, missRate: 1 },
    indexedDb: { reads: 1, missRate: 1 },
  })
  expect(report.tiers.indexedDb.avgResponseTime).toBeGreaterThan(0)
  expect(report.memoryUsage).toBeGreaterThan(0)
  expect(JSON.stringify(report)).not.toMatch(/typed|secret|anna/)
})

test('nothing outlives the page when that is not wanted', async () => {
  const manager = newManager({ persistToStorage: false })
  await manager.set('tags', 'Advent')
  expect(await manager.getOrLoad('tags', { load: never })).toBe('Advent')
  await manager.invalidate({ keys: ['tags'] })
  expect(await manager.getOrLoad('tags', { load: async () => 'Lent' })).toBe('Lent')
  await manager.purge()
  expect(manager.stats().tiers.indexedDb.reads).toBe(0)
  expect(sessionStorage).toHaveLength(0)
})
