import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { CatalogTag } from '../catalog/types.ts'
import { CacheWarmer } from './cacheWarmer.ts'
import { deleteTagDatabase } from './testing/databaseFaults.ts'
import { newManager } from './testing/managers.ts'

beforeEach(deleteTagDatabase)

function tagsOf(count: number): CatalogTag[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `${n}`,
    name: `Tag ${n}`,
    category: 'theme',
    colour: null,
    isStandard: false,
    usage: count - n,
    synonyms: [],
  }))
}

test('the hundred most used tags are in memory, and whoever changes one drops it', async () => {
  const cache = newManager()
  const load = vi.fn(async () => tagsOf(130))
  expect(await new CacheWarmer({ cache, load }).warm()).toBe(100)
  expect(load).toHaveBeenCalledWith(100, expect.anything())
  expect(cache.peek<CatalogTag>('tag:99')?.name).toBe('Tag 99')
  expect(cache.peek('tag:100')).toBeUndefined()
  await cache.invalidate({ tags: ['tag:99'] })
  expect(cache.peek('tag:99')).toBeUndefined()
})

describe('nothing is in the way:', () => {
  test('it waits until the browser is idle, and stops when it is told to', async () => {
    const idle: IdleRequestCallback[] = []
    vi.stubGlobal('requestIdleCallback', (callback: IdleRequestCallback) => idle.push(callback))
    const load = vi.fn(async () => tagsOf(10))
    const warmer = new CacheWarmer({ cache: newManager(), load })
    const warmed = warmer.warm()
    await Promise.resolve()
    expect(load).not.toHaveBeenCalled()
    warmer.stop()
    expect(await warmed).toBe(0)
    expect(load).not.toHaveBeenCalled()
  })

  test.each([
    ['offline', () => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)],
    ['hidden', () => vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')],
    ['metered', () => vi.stubGlobal('navigator', { onLine: true, connection: { saveData: true } })],
  ])('a page that is %s loads nothing ahead', async (_name, make) => {
    const cache = newManager()
    make()
    const load = vi.fn(async () => tagsOf(10))
    expect(await new CacheWarmer({ cache, load }).warm()).toBe(0)
    expect(load).not.toHaveBeenCalled()
  })

  test('a load that fails is nobody’s concern', async () => {
    const load = () => Promise.reject(new Error('No answer.'))
    expect(await new CacheWarmer({ cache: newManager(), load }).warm()).toBe(0)
  })

  test('Safari, which has no idle callbacks, warms up a little later', async () => {
    vi.stubGlobal('requestIdleCallback', undefined)
    expect(await new CacheWarmer({ cache: newManager(), load: async () => tagsOf(3) }).warm()).toBe(3)
  })
})
