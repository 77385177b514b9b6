import postgres, { type Sql } from 'postgres'
import { SUPERUSER } from '../stack/initialiseData.ts'
import { discardStack, launchStack, makeStackFolder, type StackCoordinates } from '../testing/stackProcess.ts'

/** An embedded stack for one benchmark, with its normal, durable settings. */
export interface OwnStack extends StackCoordinates {
  /** As the superuser: checkpoints are for nobody else. */
  sql: Sql
  /** Of the process that runs it, whose child PostgreSQL is. */
  pid: number | undefined
  stop(): Promise<void>
}

/** Starts it in a process of its own, so that what is measured in another has its CPU time and memory for itself. */
export async function startOwnStack(): Promise<OwnStack> {
  const folder = await makeStackFolder()
  const stack = launchStack(folder)
  try {
    const coordinates = await stack.ready
    const url = new URL(coordinates.dbUrl)
    url.username = SUPERUSER
    const sql = postgres(url.href, { max: 2, onnotice: () => undefined })
    return {
      ...coordinates,
      sql,
      pid: stack.child.pid,
      stop: async () => {
        await sql.end({ timeout: 5 })
        await discardStack(stack, folder)
      },
    }
  } catch (error) {
    await discardStack(stack, folder)
    throw error
  }
}
