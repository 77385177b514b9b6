import type { ApiConnection } from './apiConnection.ts'
import { openListener } from './listener.ts'

/** What the API knows of the schema, kept true. */
export interface SchemaCache {
  /** Resolves once the schema is known. @returns false when the database did not answer */
  ensure(): Promise<boolean>
  close(): Promise<void>
}

/**
 * Keeps the connection's picture of the schema true. By itself the connection takes an unreachable database for one
 * without tables, and answers 404, which no client retries; it lets a reading that began before a change overwrite
 * what came after; and each of many waiting requests reads the schema anew.
 */
export async function openSchemaCache(connection: ApiConnection): Promise<SchemaCache> {
  let changes = 0
  let reading: Promise<boolean> | undefined

  const forget = () => {
    changes += 1
    void connection.clearSchemaCache()
    // A statement that was prepared before may answer with other columns now, which the server refuses.
    connection.links.renew()
  }
  const read = async (): Promise<boolean> => {
    for (;;) {
      const before = changes
      const { tables } = await connection.introspect({ useCache: true })
      // Never truly empty: the schema auth is always there.
      if (tables.length === 0) return false
      if (changes === before) return true
      await connection.clearSchemaCache()
    }
  }
  const listener = await openListener(connection.driver.options, 'pgrst', forget)
  return {
    ensure: () => {
      reading ??= read().finally(() => {
        reading = undefined
      })
      return reading
    },
    close: () => listener.close(),
  }
}
