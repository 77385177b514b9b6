import type { Sql } from 'postgres'
import { ACTORS, type Actor, actAs, type People } from './actors.ts'
import type { SecuredRows } from './securedRows.ts'
import { OPERATIONS, type Operation, TABLE_PROBES } from './tableProbes.ts'

/** By table, operation and person: whether it was done. Refusals and rows that are not seen are the same: nothing. */
export type TableAccess = Record<string, Record<Operation, Record<Actor, boolean>>>

/** Tries every operation on every table as everybody. @throws Error when a statement fails for another reason than a refusal */
export async function probeTables(sql: Sql, people: People, rows: SecuredRows): Promise<TableAccess> {
  const access: TableAccess = {}
  for (const [table, probes] of Object.entries(TABLE_PROBES)) {
    const ofTable = {} as TableAccess[string]
    for (const operation of OPERATIONS) {
      const ofOperation = {} as Record<Actor, boolean>
      for (const actor of Object.keys(ACTORS) as Actor[]) {
        const outcome = await actAs(sql, people, actor, (transaction) =>
          operation === 'truncate'
            ? transaction.unsafe(`truncate public.${tableName(table)} cascade`)
            : probes[operation](transaction, rows),
        )
        if ('refused' in outcome && outcome.refused !== '42501') {
          throw new Error(`${operation} on ${table} as ${actor} failed with ${outcome.refused}.`)
        }
        ofOperation[actor] = 'rows' in outcome && (operation === 'truncate' || outcome.rows > 0)
      }
      ofTable[operation] = ofOperation
    }
    access[table] = ofTable
  }
  return access
}

/** A probe may be of some of a table's rows: “tags, banned”. */
export function tableName(probe: string): string {
  return probe.split(',')[0] ?? probe
}
