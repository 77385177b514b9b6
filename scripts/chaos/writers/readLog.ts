import type { Sql } from 'postgres'
import type { Edit, LoggedEdit } from '../model/types.ts'

/** Everything that the writers did, in the order in which it happened to each song. */
export async function readLog(sql: Sql): Promise<LoggedEdit[]> {
  const rows = await sql<{ edit: Edit; is_synced: boolean; is_back: boolean; in_step: string[] }[]>`
    select l.edit, l.is_synced, l.is_back, l.in_step from chaos.log as l order by l.place`
  return rows.map(({ edit, is_synced, is_back, in_step }) => ({
    edit,
    isSynced: is_synced,
    isBack: is_back,
    inStep: in_step,
  }))
}
