import type { StackKeys } from '../stack/keys.ts'

/** What the global set-up tells the test files about the one server they share. */
type TestCluster =
  | {
      ready: true
      port: number
      keys: StackKeys
      /** The template's, in the API's own words. */
      schema: string
    }
  | { ready: false; reason: string }

/** Migrated and never connected to: each test file's database is a copy of it. */
export const TEMPLATE_DATABASE = 'songbook_template'

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster
  }
}
