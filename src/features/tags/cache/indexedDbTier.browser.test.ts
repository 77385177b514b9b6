import { beforeEach, describe, expect, test, vi } from 'vitest'
import { cacheScope } from './cacheKey.ts'
import { now } from './clock.ts'
import { newEntry } from './entry.ts'
import type * as TierModule from './indexedDbTier.ts'
import { IndexedDbTier } from './indexedDbTier.ts'
import { catchConnections, deleteTagDatabase, rawStore } from './testing/databaseFaults.ts'
import { openOtherTab } from './testing/otherTab.ts'

const scope = cacheScope('anna')
const key = `${scope}catalog`
const modulePath = '/src/features/tags/cache/indexedDbTier.ts'

beforeEach(deleteTagDatabase)

async function otherTier() {
  const tab = await openOtherTab()
  const module = await tab.load<typeof TierModule>(modulePath)
  return { tier: new module.IndexedDbTier(), kill: () => tab.kill() }
}

describe('an entry', () => {
  test('is there for another tab, with its data, age and tags', async () => {
    await new IndexedDbTier().set(key, newEntry({ name: 'Früh' }, ['tag:1'], 1000))
    const { tier, kill } = await otherTier()
    expect(await tier.get(key)).toEqual(newEntry({ name: 'Früh' }, ['tag:1'], 1000))
    kill()
  })

  test('is dropped by key or by tag, and all are cleared', async () => {
    const tier = new IndexedDbTier()
    for (const name of ['a', 'b', 'c', 'd']) await tier.set(scope + name, newEntry(name, [`tag:${name}`], 1))
    expect(await tier.invalidate({ keys: [`${scope}a`], tags: ['tag:b'] })).toEqual([
      `${scope}a`,
      `${scope}b`,
    ])
    const left = async () => Promise.all(['a', 'b', 'c', 'd'].map((name) => tier.get(scope + name)))
    expect((await left()).map((entry) => entry?.data)).toEqual([undefined, undefined, 'c', 'd'])
    await tier.clear()
    expect(await left()).toEqual([undefined, undefined, undefined, undefined])
  })

  test('of another person or of an older schema is swept, what is not ours too', async () => {
    const tier = new IndexedDbTier()
    const raw = rawStore()
    await tier.set(key, newEntry('hers', [], 1))
    await tier.set(`${cacheScope('bert')}catalog`, newEntry('his', [], 1))
    await raw((store) => store.put('"old"', 'songbook-tags/0/anna/catalog'))
    await tier.sweep(scope)
    expect(await raw((store) => store.getAllKeys())).toEqual([key, '~ledger'])
    expect((await tier.get(key))?.data).toBe('hers')
  })

  test('gives way to newer ones when there are too many', async () => {
    const tier = new IndexedDbTier()
    for (let n = 0; n <= 201; n += 1) await tier.set(`${scope}${n}`, newEntry(n, [], n))
    expect(tier.evictionCount).toBe(2)
    expect(await tier.get(`${scope}1`)).toBeUndefined()
    expect((await tier.get(`${scope}2`))?.data).toBe(2)
  })

  test('found to be still right is only dated anew', async () => {
    const tier = new IndexedDbTier()
    await tier.set(key, newEntry('same', ['tag:1'], 1000))
    expect(await tier.touch(key, 2000, await tier.token(key))).toBe('written')
    expect(await tier.get(key)).toEqual(newEntry('same', ['tag:1'], 2000))
    expect(await tier.touch(`${scope}none`, 2000, await tier.token(key))).toBe('outdated')
  })
})

describe('a late write is refused', () => {
  test('after an invalidation in another tab', async () => {
    const tier = new IndexedDbTier()
    const { tier: other, kill } = await otherTier()
    const asked = await tier.token(key)
    await other.invalidate({ keys: [key] })
    expect(await tier.set(key, newEntry('from before', [], now()), asked)).toBe('outdated')
    expect(await tier.set(key, newEntry('from after', [], now()), await tier.token(key))).toBe('written')
    kill()
  })

  test('after another tab signed out, and after the sign-out of a second person', async () => {
    const tier = new IndexedDbTier()
    const { tier: other, kill } = await otherTier()
    const asked = await tier.token(key)
    await other.clear()
    expect(await tier.set(key, newEntry('hers', [], now()), asked)).toBe('purged')
    await other.clear()
    expect(await tier.set(key, newEntry('hers', [], now()), { epoch: asked.epoch })).toBe('purged')
    expect(await rawStore()((store) => store.getAllKeys())).toEqual(['~ledger'])
    kill()
  })

  test('when there are newer data, but not when those are from the future', async () => {
    const tier = new IndexedDbTier()
    const time = now()
    await tier.set(key, newEntry('newer', [], time))
    expect(await tier.set(key, newEntry('older', [], time - 5))).toBe('outdated')
    await tier.set(key, newEntry('from the future', [], time + 3_600_000))
    expect(await tier.set(key, newEntry('now', [], now()))).toBe('written')
    expect((await tier.get(key))?.data).toBe('now')
  })
})

describe('two tabs', () => {
  test('that write at once leave the newest of each key, whole', async () => {
    const { tier: other, kill } = await otherTier()
    const tier = new IndexedDbTier()
    const writes = Array.from({ length: 60 }, (_, n) =>
      (n % 2 ? tier : other).set(
        `${scope}${n % 3}`,
        newEntry({ n, text: `${n}`.repeat(5000) }, [], 1000 + n),
      ),
    )
    await Promise.all(writes)
    for (const [index, n] of [57, 58, 59].entries()) {
      expect((await tier.get(`${scope}${index}`))?.data).toEqual({ n, text: `${n}`.repeat(5000) })
    }
    kill()
  })

  test('one killed in the middle of its write leaves the old entry or the new one', async () => {
    const tier = new IndexedDbTier()
    const text = 'x'.repeat(2_000_000)
    await tier.set(key, newEntry({ n: 0, text }, ['tag:0'], 1000))
    for (let n = 1; n <= 8; n += 1) {
      const { tier: other, kill } = await otherTier()
      await other.token(key)
      void other.set(key, newEntry({ n, text }, [`tag:${n}`], 1000 + n))
      // A few turns of the loop later each time: before the transaction, in it, after it.
      for (let turn = 0; turn < n * 3; turn += 1) await new Promise((resolve) => setTimeout(resolve))
      kill()
      const entry = await tier.get<{ n: number; text: string }>(key)
      expect(entry?.data.text).toHaveLength(text.length)
      expect(entry).toMatchObject({ tags: [`tag:${entry?.data.n}`], timestamp: 1000 + Number(entry?.data.n) })
    }
  })
})

describe('a database in trouble', () => {
  test('that is closed under us is opened again', async () => {
    const connections = catchConnections()
    const tier = new IndexedDbTier()
    await tier.set(key, newEntry('kept', [], 1))
    for (const connection of connections) connection.close()
    expect((await tier.get(key))?.data).toBe('kept')
    expect(connections).toHaveLength(2)
  })

  test('that is deleted under us is not in the way, and made again', async () => {
    const tier = new IndexedDbTier()
    await tier.set(key, newEntry('gone', [], 1))
    await deleteTagDatabase()
    expect(await tier.get(key)).toBeUndefined()
    expect(await tier.set(key, newEntry('new', [], 2))).toBe('written')
  })

  test('that ends a transaction for no reason is asked once more', async () => {
    const tier = new IndexedDbTier()
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (
      this: IDBObjectStore,
      ...args
    ) {
      const request = put.apply(this, args)
      this.transaction.abort()
      return request
    })
    expect(await tier.set(key, newEntry('kept', [], 1))).toBe('written')
    expect((await tier.get(key))?.data).toBe('kept')
  })

  test('that was made by something else rejects', async () => {
    const connections = catchConnections()
    const request = indexedDB.open('songbook-tags', 3)
    request.onupgradeneeded = () => request.result.createObjectStore('something else')
    await new Promise((resolve) => request.addEventListener('success', resolve))
    const tier = new IndexedDbTier()
    const noStore = expect.objectContaining({ name: 'NotFoundError' })
    await expect(tier.get(key)).rejects.toEqual(noStore)
    await expect(tier.set(key, newEntry(1, [], 1))).rejects.toEqual(noStore)
    for (const connection of connections) connection.close()
  })

  test.each([
    ['text that is no JSON', '{"half'],
    ['no text', { name: 'Advent' }],
  ])('that holds %s as an entry says so, once', async (_name, garbage) => {
    const tier = new IndexedDbTier()
    await tier.set(key, newEntry('good', [], 1))
    await rawStore()((store) => store.put(garbage, key))
    await expect(tier.get(key)).rejects.toThrow(SyntaxError)
    expect(await tier.get(key)).toBeUndefined()
  })

  test.each([
    ['text', 'garbage'],
    ['rows of another shape', { epoch: 'e', purgedAt: 0, rows: { [key]: { timestamp: '1' } } }],
  ])('that holds %s as its ledger trusts no entry, and starts anew', async (_name, garbage) => {
    const tier = new IndexedDbTier()
    await tier.set(key, newEntry('good', [], 1))
    await rawStore()((store) => store.put(garbage, '~ledger'))
    await expect(tier.get(key)).rejects.toThrow(SyntaxError)
    await expect(tier.token(key)).rejects.toThrow(SyntaxError)
    await tier.set(`${scope}other`, newEntry('new', [], 1))
    expect(await tier.get(key)).toBeUndefined()
    expect((await tier.get(`${scope}other`))?.data).toBe('new')
  })

  test.each([
    ['switched off', 'SecurityError'],
    ['refused in private mode', 'InvalidStateError'],
  ])('that is %s rejects, whatever is asked', async (_name, error) => {
    vi.spyOn(window, 'indexedDB', 'get').mockImplementation(() => {
      throw new DOMException('Access is denied.', error)
    })
    const tier = new IndexedDbTier()
    const denied = expect.objectContaining({ name: error })
    await expect(tier.get(key)).rejects.toEqual(denied)
    await expect(tier.set(key, newEntry(1, [], 1))).rejects.toEqual(denied)
    await expect(tier.clear()).rejects.toEqual(denied)
  })
})
