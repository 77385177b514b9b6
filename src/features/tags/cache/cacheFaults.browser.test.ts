import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { CacheManager } from './cacheManager.ts'
import {
  catchConnections,
  deleteTagDatabase,
  emptyStorages,
  hangDatabase,
  rawStore,
} from './testing/databaseFaults.ts'
import { MINUTE, newManager, storedKey } from './testing/managers.ts'

beforeEach(emptyStorages)

const never = () => Promise.reject(new Error('Nobody should have asked.'))
const denied = (name: string) => () => {
  throw new DOMException('Access is denied.', name)
}

/**
 * What a person who types waits for, from a server that answers at once: it comes before so many ms of the cache's own
 * waiting have gone by, however long the machine takes for the rest.
 */
async function inTime(manager: CacheManager, { key = 'tags', ms = 100 } = {}): Promise<string> {
  stopTimers()
  const answer = manager.getOrLoad(key, { load: async () => 'from the server' })
  const first = await Promise.race([answer, later(ms)])
  vi.useRealTimers()
  return first
}

/** A ms passes when what was asked of the browser before it, such as a lock, has been answered. */
async function later(ms: number): Promise<string> {
  for (let gone = 0; gone < ms; gone += 1) {
    await navigator.locks.request('a moment', () => undefined)
    await vi.advanceTimersByTimeAsync(1)
  }
  return 'too late'
}

/** Timers run only while the test lets time pass: however busy the machine is, no storage is too slow. */
function stopTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
}

/** The failures of both storages, without the kinds that did not occur. */
function failures(manager: CacheManager) {
  const { session, indexedDb } = manager.stats().tiers
  const occurred = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
  return { session: occurred(session.failures), indexedDb: occurred(indexedDb.failures) }
}

describe('an IndexedDB', () => {
  test('that hangs is not waited for, nor asked for a while; when it answers at last it is used again', async () => {
    const manager = newManager()
    await manager.set('tags', 'kept')
    await deleteTagDatabase()
    sessionStorage.clear()
    const release = await hangDatabase()
    const restarted = newManager()
    expect(await inTime(restarted)).toBe('from the server')
    expect(failures(restarted).indexedDb.slow).toBeGreaterThan(0)
    // It rests: not even its deadline is waited for.
    expect(await inTime(restarted, { key: 'others', ms: 45 })).toBe('from the server')

    await release()
    await expect.poll(() => storedAgain(restarted)).toBe(true)
  })

  test('that answers too late still helps when the server does not answer', async () => {
    await newManager().set('tags', 'kept')
    sessionStorage.clear()
    const slowGet = holdNextGets()
    const answer = newManager().getOrLoad('tags', { load: () => Promise.reject(new Error('Offline.')) })
    await slowGet.asked
    setTimeout(slowGet.release, 150)
    expect(await answer).toBe('kept')
  })

  test('that opens only after seconds is written all the same', async () => {
    const release = await hangDatabase()
    stopTimers()
    const answer = newManager().getOrLoad('tags', { load: async () => 'from the server' })
    expect(await Promise.race([answer, later(100)])).toBe('from the server')
    await vi.advanceTimersByTimeAsync(5000)
    await release()
    const raw = rawStore()
    await expect.poll(() => raw((store) => store.get(storedKey('tags')))).toBe('"from the server"')
  })

  test('that is closed under us is opened again, and nothing is lost', async () => {
    stopTimers()
    const connections = catchConnections()
    const manager = newManager({ maxSize: 1 })
    await manager.set('tags', 'kept')
    await manager.set('others', 'pushes it out of memory')
    sessionStorage.clear()
    for (const connection of connections) connection.close()
    expect(await manager.getOrLoad('tags', { load: never })).toBe('kept')
    expect(failures(manager)).toEqual({ session: {}, indexedDb: {} })
  })

  test('that is switched off is done without', async () => {
    vi.spyOn(window, 'indexedDB', 'get').mockImplementation(denied('SecurityError'))
    const manager = newManager()
    expect(await inTime(manager)).toBe('from the server')
    await manager.invalidate({ keys: ['none'] })
    expect(await newManager().getOrLoad('tags', { load: never })).toBe('from the server')
    expect(failures(manager).indexedDb.disabled).toBeGreaterThan(1)
    await manager.setOwner(null)
    expect(sessionStorage).toHaveLength(0)
  })

  test('that opens for nobody in private mode is done without', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(denied('InvalidStateError'))
    const manager = newManager()
    expect(await inTime(manager)).toBe('from the server')
    expect(failures(manager).indexedDb.closed).toBeGreaterThan(1)
  })

  test('that holds garbage is passed over, and written anew', async () => {
    await newManager().set('tags', 'good')
    sessionStorage.clear()
    const raw = rawStore()
    await raw((store) => store.put('{"half', storedKey('tags')))
    stopTimers()
    const manager = newManager()
    const answer = manager.getOrLoad('tags', { load: async () => 'from the server' })
    expect(await answer).toBe('from the server')
    expect(failures(manager).indexedDb).toEqual({ corrupt: 1 })
    await expect.poll(() => raw((store) => store.get(storedKey('tags')))).toBe('"from the server"')
  })

  test('that holds an older schema is passed over, and swept', async () => {
    const raw = rawStore()
    await raw((store) => store.put('"old"', 'songbook-tags/0/anna/tags'))
    stopTimers()
    const answer = newManager().getOrLoad('tags', { load: async () => 'from the server' })
    expect(await answer).toBe('from the server')
    await expect.poll(() => raw((store) => store.getAllKeys())).toEqual([storedKey('tags'), '~ledger'])
  })

  test('that has no room is done without', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(denied('QuotaExceededError'))
    const manager = newManager()
    expect(await inTime(manager)).toBe('from the server')
    await expect.poll(() => failures(manager).indexedDb.quota).toBeGreaterThan(0)
    expect(await newManager().getOrLoad('tags', { load: never })).toBe('from the server')
  })
})

describe('a sessionStorage', () => {
  test('that is switched off is done without', async () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(denied('SecurityError'))
    const manager = newManager()
    expect(await inTime(manager)).toBe('from the server')
    await manager.invalidate({ keys: ['none'], tags: ['tag:1'] })
    await expect
      .poll(() => newManager().getOrLoad('tags', { load: async () => 'again' }))
      .toBe('from the server')
    expect(failures(manager).session.disabled).toBeGreaterThan(2)
    await manager.setOwner(null)
    expect(manager.peek('tags')).toBeUndefined()
  })

  test('that is full is done without', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(denied('QuotaExceededError'))
    const manager = newManager()
    expect(await inTime(manager)).toBe('from the server')
    expect(failures(manager).session).toEqual({ quota: 1 })
  })

  test('that holds garbage is passed over', async () => {
    stopTimers()
    await newManager().set('tags', 'good')
    sessionStorage.setItem(storedKey('tags'), '{"half')
    const manager = newManager()
    expect(await manager.getOrLoad('tags', { load: never })).toBe('good')
    expect(failures(manager)).toEqual({ session: { corrupt: 1 }, indexedDb: {} })
  })
})

test('without any storage suggestions still come, and from memory the second time', async () => {
  for (const storage of ['indexedDB', 'sessionStorage'] as const) {
    vi.spyOn(window, storage, 'get').mockImplementation(denied('SecurityError'))
  }
  vi.stubGlobal('BroadcastChannel', undefined)
  const manager = newManager()
  expect(await inTime(manager)).toBe('from the server')
  expect(await manager.getOrLoad('tags', { load: never })).toBe('from the server')
})

test('a clock that was set back makes no entry immortal: one from the future is not shown', async () => {
  stopTimers()
  await newManager().set('tags', 'from the future')
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 60 * MINUTE)
  // A page opened after that knows no better than its clock.
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() - 60 * MINUTE)
  const manager = newManager()
  expect(await manager.getOrLoad('tags', { load: async () => 'from the server' })).toBe('from the server')
  expect(failures(manager)).toEqual({ session: { clock: 1 }, indexedDb: { clock: 1 } })
  expect(await manager.getOrLoad('tags', { load: never })).toBe('from the server')
})

/** Whether a new entry reaches IndexedDB. */
async function storedAgain(manager: CacheManager): Promise<boolean> {
  await manager.set('probe', 'new')
  const keys = await rawStore()((store) => store.getAllKeys())
  return keys.includes(storedKey('probe'))
}

/** Delivers what IndexedDB reads of entries only when it is told to. */
function holdNextGets() {
  const asked = Promise.withResolvers<void>()
  const { promise, resolve } = Promise.withResolvers<void>()
  const get = IDBObjectStore.prototype.get
  const onsuccess = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'onsuccess')
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
    const request = get.call(this, key)
    if (key !== '~ledger') {
      asked.resolve()
      Object.defineProperty(request, 'onsuccess', {
        set: (handler: () => void) => onsuccess?.set?.call(request, () => void promise.then(handler)),
      })
    }
    return request
  })
  onTestFinished(() => resolve())
  return { asked: asked.promise, release: resolve }
}
