import { expect, onTestFinished, test, vi } from 'vitest'
import { cacheScope } from './cacheKey.ts'
import { newEntry } from './entry.ts'
import { IndexedDbTier } from './indexedDbTier.ts'

const scope = cacheScope('anna')
const key = `${scope}catalog`

/** An IndexedDB for which the browser grants little; bytes. A bucket, so that the other tests keep their room. */
async function smallDatabases(quota: number): Promise<IDBFactory> {
  const { storageBuckets } = navigator as Navigator & {
    storageBuckets: {
      open(name: string, options: { quota: number }): Promise<{ indexedDB: IDBFactory }>
      delete(name: string): Promise<void>
    }
  }
  onTestFinished(() => storageBuckets.delete('small'))
  return (await storageBuckets.open('small', { quota })).indexedDB
}

test('a database that has no room says so, keeps no older entry, and empties itself for later', async () => {
  vi.spyOn(window, 'indexedDB', 'get').mockReturnValue(await smallDatabases(1_000_000))
  const tier = new IndexedDbTier()
  for (const name of ['a', 'b']) await tier.set(scope + name, newEntry(name, [], 1))
  await tier.set(key, newEntry('old', [], 1))
  await expect(tier.set(key, newEntry(noise(5_000_000), [], 2))).rejects.toEqual(
    expect.objectContaining({ name: 'QuotaExceededError' }),
  )
  expect(await tier.get(key)).toBeUndefined()
  expect(await tier.get(`${scope}a`)).toBeUndefined()
  expect(tier.evictionCount).toBe(3)
  expect(await tier.set(key, newEntry('fits', [], 3))).toBe('written')
  expect((await tier.get(key))?.data).toBe('fits')
})

/** Text that a storage cannot make smaller. */
function noise(length: number): string {
  return Array.from({ length: length / 10 }, () =>
    Math.random().toString(36).slice(2, 12).padEnd(10, 'x'),
  ).join('')
}
