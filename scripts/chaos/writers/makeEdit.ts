import type { Edit } from '../model/types.ts'
import type { Deed } from './deeds.ts'
import type { Editing } from './edits.ts'
import type { PersonConnection } from './personSql.ts'

/** Held by edits of songs together and by edits of tags alone, so that the log knows which of the two came first. */
const TAG_ORDER = 471_103

export interface EditOptions extends Omit<Editing, 'sql'> {
  person: string
  /** Told apart from every other edit by it, tries of the same one too. */
  attempt: string
  isBack: boolean
}

/** One edit and its line in the log, in one transaction. @returns null when there was nothing to do it to */
export function makeEdit(
  connection: PersonConnection,
  { act, isAlone }: Deed,
  { person, attempt, isBack, ...editing }: EditOptions,
): Promise<Edit | null> {
  return connection.transaction(async (sql) => {
    await (isAlone
      ? sql`select pg_advisory_xact_lock(${TAG_ORDER})`
      : sql`select pg_advisory_xact_lock_shared(${TAG_ORDER})`)
    await sql`select set_config('request.jwt.claim.sub', ${person}, true)`
    await sql`set local role authenticated`
    const edit = await act({ ...editing, sql })
    if (edit !== null) {
      // By now the edit holds the song's row: whoever comes next draws a later place.
      await sql`select chaos.write(${attempt}, ${JSON.stringify(edit)}::text::jsonb, ${isBack})`
    }
    return edit
  })
}
