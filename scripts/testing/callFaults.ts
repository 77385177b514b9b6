import { passthrough } from 'msw'
import { http } from 'msw/http'
import { type SetupServer, setupServer } from 'msw/node'
import { BatchSizer } from '../../src/features/tags/migration/batchSizer.ts'
import type { MigrationRunner } from '../../src/features/tags/migration/migrationRunner.ts'
import type { MigrationConfig, RollbackResult } from '../../src/features/tags/migration/types.ts'
import { runnerFor } from './migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from './testDatabase.ts'

/** What stands between the runner and the database. */
export type Fault = (request: Request) => Response | Promise<Response>

/** Of runs under faults: small, so that each has several. */
export const BATCH_SIZE = 10

/** A database behind a network in which calls of the engine fail as a test wants it. */
export class FaultyNetwork {
  readonly database: TestDatabase
  readonly #server: SetupServer

  private constructor(database: TestDatabase, server: SetupServer) {
    this.database = database
    this.#server = server
  }

  static async open(): Promise<FaultyNetwork> {
    const server = setupServer()
    server.listen({ onUnhandledFrame: 'bypass' })
    return new FaultyNetwork(await createTestDatabase({ http: true }), server)
  }

  async close(): Promise<void> {
    this.#server.close()
    await this.database.drop()
  }

  /** No more faults. */
  mend(): void {
    this.#server.resetHandlers()
  }

  /** Answers each call of a function, or of all with `:name`, by what this says. */
  answer(name: string, fault: (request: Request, name: string) => Response | Promise<Response>): void {
    this.#server.use(
      http.post(`${this.database.apiUrl}/rest/v1/rpc/${name}`, ({ request }) =>
        fault(request, new URL(request.url).pathname.split('/').at(-1) ?? ''),
      ),
    )
  }

  /** Answers the calls of a function with these faults, one each; later calls pass. */
  inject(name: string, ...faults: Fault[]): void {
    const rest = [...faults]
    this.answer(name, (request) => rest.shift()?.(request) ?? passthrough())
  }

  /** Answers every second call of a function so, beginning with the first: no call gets through at the first try. */
  injectAlternately(name: string, fault: Fault): { injected: () => number } {
    const calls = new Map<string, number>()
    let injected = 0
    this.answer(name, (request, called) => {
      const call = (calls.get(called) ?? 0) + 1
      calls.set(called, call)
      if (call % 2 === 0) return passthrough()
      injected += 1
      return fault(request)
    })
    return { injected: () => injected }
  }

  // Over the network, where msw stands; the fixture's own fetch may be an older one than msw's.
  runner(config: Partial<MigrationConfig> = {}): MigrationRunner {
    return runnerFor(this.database, { batchSize: BATCH_SIZE, ...config }, (input, init) => fetch(input, init))
  }

  rollBack(): Promise<RollbackResult> {
    return this.runner().rollbackManager.rollback(null, true, {
      worker: 'test',
      sizer: new BatchSizer(BATCH_SIZE, 30),
    })
  }
}
