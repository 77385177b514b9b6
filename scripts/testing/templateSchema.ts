import type { CacheDriver } from '@supabase/lite'
import { type ApiOptions, openApi } from '../stack/api.ts'

/** Lets an API read the schema of the template once. @returns it, in the API's own words */
export async function readSchema(options: ApiOptions): Promise<string> {
  let read = ''
  const api = await openApi({
    ...options,
    schemaCache: {
      ...nothing,
      set: async (_, schema) => {
        read = schema
      },
    },
  })
  try {
    const headers = { apikey: options.secretKey }
    await api.fetch(new Request('http://api.test/rest/v1/songs?limit=0', { headers }), '127.0.0.1')
  } finally {
    await api.close()
  }
  if (read === '') throw new Error('The API did not read the schema of the template.')
  return read
}

/**
 * Tells one API the schema of a fresh copy, which it would take a hundred statements to find out. From the first change
 * of the schema on it reads for itself.
 */
export function knownSchema(schema: string): CacheDriver {
  let known: string | undefined = schema
  return {
    ...nothing,
    get: async () => known,
    delete: async () => {
      known = undefined
    },
  }
}

const nothing: CacheDriver = {
  get: async () => undefined,
  set: async () => undefined,
  delete: async () => undefined,
}
