import { vi } from 'vitest'
import type { TestDatabase } from './testDatabase.ts'

/**
 * Points the app's one client at a test database, with no network between. Globals are taken back after each test: call
 * it before each. The client is made once a process: reset the modules first, and import what uses it afterwards.
 */
export function stubApp({
  apiUrl,
  publishableKey,
  fetch,
}: Pick<TestDatabase, 'apiUrl' | 'publishableKey' | 'fetch'>): void {
  // The page's one element that the configuration is read from.
  const textContent = JSON.stringify({
    VITE_SUPABASE_URL: apiUrl,
    VITE_SUPABASE_PUBLISHABLE_KEY: publishableKey,
  })
  vi.stubGlobal('document', { getElementById: () => ({ textContent }) })
  vi.stubGlobal('fetch', fetch)
}
