import type { CacheDriver } from '@supabase/lite'
import { openApi } from '../../stack/api.ts'
import { serveApi } from '../../stack/serveApi.ts'
import { type ApiAnswer, apiRequestSchema } from './apiMessages.ts'

/** Serves an API for each database that it is told of, until its parent goes. */
const closing = new Map<string, () => Promise<void>>()

let schema: string | undefined
/** All of the databases are copies of one, whose schema nobody changes; to read it takes a hundred statements. */
const schemaCache: CacheDriver = {
  get: async () => schema,
  set: async (_, read) => {
    schema = read
  },
  delete: async () => {
    schema = undefined
  },
}

async function answer(message: unknown): Promise<ApiAnswer> {
  const request = apiRequestSchema.parse(message)
  if (request.do === 'close') {
    await closing.get(request.dbUrl)?.()
    closing.delete(request.dbUrl)
    return { id: request.id }
  }
  const api = await openApi({ ...request.keys, dbUrl: request.dbUrl, schemaCache })
  const server = await serveApi(api, 0)
  closing.set(request.dbUrl, async () => {
    await server.close()
    await api.close()
  })
  return { id: request.id, url: server.url }
}

process.on('message', (message) => {
  void answer(message).then(
    (said) => process.send?.(said),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})
process.once('disconnect', () => process.exit(0))
