import { AsyncLocalStorage } from 'node:async_hooks'
import type { ConnectionContextOptions, VarsContext } from '@supabase/lite'
import { type IPostgresConnectionConfig, PostgresConnection } from '@supabase/lite/postgres'
import { CompiledQuery } from 'kysely'
import { learnArrayTypes } from './arrayTypes.ts'
import { type LinkOptions, type LinkParameter, openLink } from './link.ts'
import { type LinkPool, openLinkPool } from './linkPool.ts'
import { openTransaction, roleOf } from './requestContext.ts'

/** The role of the request on whose behalf a statement runs. */
const roles = new AsyncLocalStorage<string>()

/**
 * The App's connection over links of our own: a request whose server process dies is answered, and one costs a few
 * round trips instead of two dozen.
 */
export class ApiConnection extends PostgresConnection {
  readonly links: LinkPool

  /** @param size connections at once */
  constructor(config: IPostgresConnectionConfig, size: number) {
    super(config)
    this.links = openLinkPool(linkOpener(this.driver.options), size)
    // Of the driver that the constructor above makes, its dialect uses this and nothing else.
    Object.assign(this.driver, { reserve: () => reserve(this.links) })
  }

  override withContext<T>(
    vars: VarsContext | undefined,
    task: (db: PostgresConnection['kysely']) => Promise<T>,
    options?: ConnectionContextOptions,
  ): Promise<T> {
    if (vars === undefined || options?.transaction !== undefined || options?.forceRollback === true) {
      return super.withContext(vars, task, options)
    }
    return this.kysely.connection().execute(async (db) => {
      const run = (statement: string) => db.executeQuery(CompiledQuery.raw(statement))
      try {
        await run(openTransaction(vars, options?.rpc))
        const result = await roles.run(roleOf(vars), () => task(db))
        await run('commit')
        return result
      } catch (error) {
        // On a lost link this fails too, and there is nothing left to roll back; the first error tells why.
        await run('rollback').catch(() => undefined)
        throw error
      }
    })
  }

  override close(): Promise<void> {
    return this.links.close()
  }
}

/** Opens links that know the database's array types, which the first one learns. */
function linkOpener(options: LinkOptions) {
  let learnt: Promise<void> | undefined
  return async (onLost: () => void) => {
    const link = await openLink(options, { onLost })
    learnt ??= learnArrayTypes(link, options)
    try {
      await learnt
      return link
    } catch (error) {
      learnt = undefined
      await link.close()
      throw error
    }
  }
}

async function reserve(links: LinkPool) {
  const { link, release } = await links.hold()
  return {
    unsafe: (statement: string, parameters: LinkParameter[]) => link.run(forRole(statement), parameters),
    release,
  }
}

/**
 * Keeps what is prepared for one role from another: a plan may hold a function's body in place of its call, and then
 * nobody asks again who may call it.
 */
function forRole(statement: string): string {
  const role = roles.getStore()
  return role === undefined ? statement : `${statement} /* ${role.replaceAll(/\W/g, '_')} */`
}
