import { beforeEach, describe, expect, test, vi } from 'vitest'
import { emptyStorages, rawStore } from './testing/databaseFaults.ts'
import { heldLoad, MINUTE, newManager, newManagerInOtherTab, storedKey } from './testing/managers.ts'
import { passTime } from './testing/shiftClock.ts'

beforeEach(emptyStorages)

const never = () => Promise.reject(new Error('Nobody should have asked.'))
const bodies = async () =>
  (await rawStore()((store) => store.getAllKeys())).filter((key) => `${key}`.startsWith(storedKey('')))

/** Another tab that has asked for `tags` before it could see the ledger, and hears nothing; a moment later. */
async function askUnseeing() {
  const opening = Promise.withResolvers<void>()
  const there = await newManagerInOtherTab({}, { opensAfter: opening.promise })
  there.close()
  const here = newManager()
  const { load, asked, resolve } = heldLoad<string>()
  const answer = there.getOrLoad('tags', { load })
  await asked
  passTime(1)
  const answerWith = async (data: string) => {
    opening.resolve()
    resolve(data)
    expect(await answer).toBe(data)
  }
  return { here, there, answerWith }
}

describe('one tab for all', () => {
  test('loads what no tab knows; the others read what it stored', async () => {
    const [here, there] = [newManager(), await newManagerInOtherTab({}, { isPatient: true })]
    const { load, asked, resolve } = heldLoad<string>()
    const first = here.getOrLoad('tags', { load })
    await asked
    const second = there.getOrLoad('tags', { load: never })
    await expect.poll(async () => (await navigator.locks.query()).pending).toHaveLength(1)
    resolve('Advent')
    expect(await Promise.all([first, second])).toEqual(['Advent', 'Advent'])
  })

  test('loads again what went stale; the others show the new data when it has', async () => {
    const here = newManager()
    await here.set('tags', 'old')
    const there = await newManagerInOtherTab({ ttl: 0 })
    const theirs = heldLoad<string>()
    expect(await there.getOrLoad('tags', { load: theirs.load })).toBe('old')
    await theirs.asked
    const heard = vi.fn()
    here.subscribe('tags', heard)
    passTime(2 * MINUTE)
    expect(await here.getOrLoad('tags', { load: never })).toBe('old')
    theirs.resolve('new')
    await expect.poll(() => heard.mock.calls.length).toBe(1)
    expect(here.peek('tags')).toBe('new')
    expect(here.stats().loads).toBe(0)
  })

  test('is not waited for for ever: who has nothing to show asks for itself', async () => {
    const [here, there] = [newManager(), await newManagerInOtherTab()]
    const hanging = heldLoad<string>()
    void there.getOrLoad('tags', { load: hanging.load })
    await hanging.asked
    expect(await here.getOrLoad('tags', { load: async () => 'own' })).toBe('own')
    hanging.resolve('late')
  })

  test('is not arranged where the browser has no locks or refuses them: then each asks for itself', async () => {
    const locks = vi.spyOn(navigator, 'locks', 'get')
    locks.mockReturnValue(undefined as unknown as LockManager)
    expect(await newManager().getOrLoad('tags', { load: async () => 'without' })).toBe('without')
    locks.mockReturnValue({
      request: () => Promise.reject(new DOMException('Access is denied.', 'SecurityError')),
      query: never,
    })
    expect(await newManager().getOrLoad('others', { load: async () => 'refused' })).toBe('refused')
    const failing = newManager().getOrLoad('third', { load: () => Promise.reject(new Error('No answer.')) })
    await expect(failing).rejects.toThrow('No answer.')
  })
})

describe('another tab', () => {
  test('hears of an invalidation and asks again', async () => {
    const [here, there] = [newManager(), await newManagerInOtherTab()]
    await here.set('tags', 'old', ['tag:1'])
    await here.set('others', 'kept', ['tag:2'])
    expect(await there.getOrLoad('tags', { load: never })).toBe('old')
    const heard = vi.fn()
    there.subscribe('tags', heard)
    await here.invalidate({ tags: ['tag:1'] })
    await expect.poll(() => heard.mock.calls.length).toBe(1)
    expect(there.peek('tags')).toBeUndefined()
    expect(await there.getOrLoad('tags', { load: async () => 'new' })).toBe('new')
    expect(await there.getOrLoad('others', { load: never })).toBe('kept')
  })

  test('that was loading its page meanwhile finds out, though its sessionStorage knows nothing', async () => {
    const here = newManager()
    await here.set('tags', 'old', ['tag:1'])
    const [[key, copy] = ['', '']] = Object.entries(sessionStorage) as [string, string][]
    await here.invalidate({ tags: ['tag:1'] })
    sessionStorage.setItem(key, copy)
    const reloaded = newManager()
    const heard = vi.fn()
    reloaded.subscribe('tags', heard)
    expect(await reloaded.getOrLoad('tags', { load: never })).toBe('old')
    await expect.poll(() => heard.mock.calls.length).toBe(1)
    expect(await reloaded.getOrLoad('tags', { load: async () => 'new' })).toBe('new')
  })

  test('does not store what it asked for before an invalidation here', async () => {
    const [here, there] = [newManager(), await newManagerInOtherTab({}, { isPatient: true })]
    // It cannot hear: the ledger alone must tell it.
    there.close()
    const { load, asked, resolve } = heldLoad<string>()
    const answer = there.getOrLoad('tags', { load })
    await asked
    await here.invalidate({ keys: ['tags'] })
    resolve('from before')
    expect(await answer).toBe('from before')
    await expect.poll(() => there.peek('tags')).toBeUndefined()
    expect(await bodies()).toEqual([])
  })

  test('does not store it either when it could not see the ledger before it asked', async () => {
    const { here, there, answerWith } = await askUnseeing()
    await here.invalidate({ keys: ['tags'] })
    await answerWith('from before')
    await expect.poll(() => there.peek('tags')).toBeUndefined()
    expect(await bodies()).toEqual([])
  })

  test('that is told of garbage does not mind', async () => {
    const manager = newManager()
    await manager.set('tags', 'kept')
    const channel = new BroadcastChannel('songbook-tags')
    for (const message of [
      null,
      'purged',
      { kind: 'stored' },
      { kind: 'invalidated', keys: 'tags', tags: [] },
    ]) {
      channel.postMessage(message)
    }
    channel.postMessage({ kind: 'invalidated', keys: ['none'], tags: [] })
    channel.close()
    await Promise.resolve()
    expect(manager.peek('tags')).toBe('kept')
  })

  test('is done without where there is no channel', async () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const manager = newManager()
    await manager.set('tags', 'Advent')
    await manager.invalidate({ keys: ['tags'] })
    expect(manager.peek('tags')).toBeUndefined()
  })
})

describe('a sign-out here', () => {
  test('empties the other tab, too', async () => {
    const [here, there] = [newManager(), await newManagerInOtherTab()]
    await there.set('tags', 'hers')
    const heard = vi.fn()
    there.subscribe('tags', heard)
    await here.setOwner(null)
    await expect.poll(() => heard.mock.calls.length).toBe(1)
    expect(there.peek('tags')).toBeUndefined()
    expect(sessionStorage).toHaveLength(0)
    expect(await bodies()).toEqual([])
  })

  test('drops what the other tab asked for before it, even if that tab hears nothing', async () => {
    const [here, there] = [newManager(), await newManagerInOtherTab({}, { isPatient: true })]
    there.close()
    const { load, asked, resolve } = heldLoad<string>()
    const answer = there.getOrLoad('tags', { load })
    await asked
    await there.set('others', 'hers')
    await here.setOwner(null)
    resolve('hers')
    expect(await answer).toBe('hers')
    // Finding the epoch changed, it empties itself.
    await expect.poll(() => there.peek('tags')).toBeUndefined()
    expect(there.peek('others')).toBeUndefined()
    expect(sessionStorage).toHaveLength(0)
    expect(await bodies()).toEqual([])
  })

  test('drops it, too, when that tab could not see the ledger before', async () => {
    const { here, there, answerWith } = await askUnseeing()
    await here.setOwner(null)
    await answerWith('hers')
    await expect.poll(() => there.peek('tags')).toBeUndefined()
    expect(sessionStorage).toHaveLength(0)
    expect(await bodies()).toEqual([])
  })

  test('while the other tab writes one entry after the other leaves none', async () => {
    const [here, there] = [newManager(), await newManagerInOtherTab()]
    await there.set('first', 'hers')
    const writes = Array.from({ length: 40 }, (_, n) => there.set(`tags ${n}`, 'hers'))
    const signedOut = here.setOwner(null)
    await Promise.all([...writes, signedOut])
    await expect.poll(() => there.peek('tags 39')).toBeUndefined()
    expect(await bodies()).toEqual([])
    expect(sessionStorage).toHaveLength(0)
  })
})
