import { createStore, promisifyRequest } from 'idb-keyval'
import { vi } from 'vitest'

const DATABASE = 'songbook-tags'

/** The database as nobody has opened it yet. Connections of earlier tests give way. */
export async function deleteTagDatabase(): Promise<void> {
  await promisifyRequest(indexedDB.deleteDatabase(DATABASE))
}

/**
 * Nothing is stored, as on a first visit. The database goes first: what a cache of an earlier test was still reading there
 * it has put into sessionStorage by then.
 */
export async function emptyStorages(): Promise<void> {
  await deleteTagDatabase()
  sessionStorage.clear()
}

/** Reads and writes the stored records themselves. */
export function rawStore(): <T>(work: (store: IDBObjectStore) => IDBRequest<T>) => Promise<T> {
  const run = createStore(DATABASE, 'entries')
  return (work) =>
    run('readwrite', async (store) => {
      store.transaction.db.onversionchange = () => store.transaction.db.close()
      return promisifyRequest(work(store))
    })
}

/** Every connection that is opened from now on, to close it under its owner. */
export function catchConnections(): IDBDatabase[] {
  const connections: IDBDatabase[] = []
  const open = IDBFactory.prototype.open
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...args) {
    const request = open.apply(this, args)
    request.addEventListener('success', () => connections.push(request.result))
    return request
  })
  return connections
}

/**
 * Makes every open hang as it does in the field: a connection that gives no way keeps a deletion waiting, and the deletion
 * keeps everybody else waiting.
 *
 * @returns how to end it
 */
export async function hangDatabase(): Promise<() => Promise<void>> {
  const opening = indexedDB.open(DATABASE)
  // A sweep that comes in between finds a database like any other: one without its store is never let go by idb-keyval.
  opening.onupgradeneeded = () => opening.result.createObjectStore('entries')
  const holder = await promisifyRequest(opening)
  const deletion = indexedDB.deleteDatabase(DATABASE)
  await new Promise((resolve) => deletion.addEventListener('blocked', resolve, { once: true }))
  return async () => {
    holder.close()
    await promisifyRequest(deletion)
  }
}
