import type { PostgresServer } from './postgresServer.ts'

/** A server that is started again when it dies. */
export interface SupervisedPostgres {
  /** Resolves when it died too often to go on. */
  lost: Promise<Error>
  stop(): Promise<void>
}

/** More deaths than this within a minute are no accident. */
const DEATHS_A_MINUTE = 3

/**
 * Keeps PostgreSQL running: it was killed for want of memory, or by a fault test. The API's pool reconnects by itself.
 *
 * @param start starts it once and resolves when it takes connections
 */
export async function supervisePostgres(
  start: () => Promise<PostgresServer>,
  onDeath: () => void,
): Promise<SupervisedPostgres> {
  let server = await start()
  let stopping = false
  const deaths: number[] = []

  const watch = async (): Promise<Error> => {
    for (;;) {
      await server.exited
      // A server that is being stopped has not been lost: this promise then stays open for good.
      if (stopping) return new Promise(() => undefined)
      onDeath()
      await server.stop()
      deaths.push(Date.now())
      if (deaths.filter((at) => at > Date.now() - 60_000).length > DEATHS_A_MINUTE) {
        return new Error('PostgreSQL died again and again; its log says why.')
      }
      try {
        server = await start()
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error))
      }
    }
  }
  const lost = watch()
  return {
    lost,
    stop: async () => {
      stopping = true
      await server.stop()
    },
  }
}
