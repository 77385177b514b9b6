import { expect, onTestFinished } from 'vitest'
import { cacheScope } from '../cacheKey.ts'
import type * as ManagerModule from '../cacheManager.ts'
import { CacheManager, type CacheManagerOptions } from '../cacheManager.ts'
import { openOtherTab } from './otherTab.ts'

export const MINUTE = 60_000

const defaults: Omit<CacheManagerOptions, 'owner'> = {
  ttl: MINUTE,
  grace: 10 * MINUTE,
  maxSize: 100,
  maxBytes: 1_000_000,
  persistToStorage: true,
}

/** Who is signed in: somebody else in each test, as a cache of the last one may still be writing what it was asked for. */
export const testOwner = () => `anna in ${expect.getState().currentTestName}`

/** Under what the storages hold an entry of hers. */
export const storedKey = (key: string) => cacheScope(testOwner()) + key

/** A cache as after a start of the app in this tab; closed when the test is over. */
export function newManager(options: Partial<CacheManagerOptions> = {}): CacheManager {
  const manager = new CacheManager({ ...defaults, owner: testOwner(), ...options })
  onTestFinished(() => manager.close())
  return manager
}

/**
 * The cache of another tab. Only sessionStorage is the same, as in a frame of the same page.
 * @param isPatient it waits however long things take, this tab's load among them
 * @param opensAfter before that it cannot open IndexedDB
 */
export async function newManagerInOtherTab(
  options: Partial<CacheManagerOptions> = {},
  { isPatient = false, opensAfter }: { isPatient?: boolean; opensAfter?: Promise<unknown> } = {},
) {
  const tab = await openOtherTab()
  if (isPatient) tab.bePatient()
  if (opensAfter !== undefined) tab.holdOpening(opensAfter)
  const module = await tab.load<typeof ManagerModule>('/src/features/tags/cache/cacheManager.ts')
  const manager = new module.CacheManager({ ...defaults, owner: testOwner(), ...options })
  onTestFinished(() => {
    manager.close()
    tab.kill()
  })
  return manager
}

/** A load that the test answers when it likes. */
export function heldLoad<T>() {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const asked = Promise.withResolvers<{ previous: T | undefined; signal: AbortSignal }>()
  const load = (previous: T | undefined, signal: AbortSignal) => {
    asked.resolve({ previous, signal })
    return promise
  }
  return { load, asked: asked.promise, resolve, reject }
}
