import type { Sql, TransactionSql } from 'postgres'

/** Who comes over the API, in the order of the tables' columns. `owner` is whose song and link it is, `other` anybody else. */
export const ACTORS = {
  anon: 'nobody signed in',
  owner: 'signed in, owner',
  other: 'another signed in',
  editor: 'editor',
  moderator: 'moderator',
  admin: 'admin',
  service: 'service role',
} as const

export type Actor = keyof typeof ACTORS

/** The ids of those who are signed in. */
export type People = Record<Exclude<Actor, 'anon' | 'service'>, string>

/** What came of a statement: an SQLSTATE, or how many rows it read or wrote. */
export type Outcome = { rows: number } | { refused: string }

/**
 * Does something as the API does it for this person: with the role and the claims of the request, in a transaction of its
 * own. Nothing of it stays.
 */
export async function actAs(
  sql: Sql,
  people: People,
  actor: Actor,
  act: (sql: TransactionSql) => Promise<{ count: number }>,
): Promise<Outcome> {
  const role = actor === 'anon' ? 'anon' : actor === 'service' ? 'service_role' : 'authenticated'
  const claims = { role, ...(actor !== 'anon' && actor !== 'service' && { sub: people[actor] }) }
  const taken = new TakenBack()
  try {
    await sql.begin(async (transaction) => {
      // The embedded API hands the claims over one by one, PostgREST as a whole.
      await transaction`
        select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
          set_config('request.jwt.claim.sub', ${claims.sub ?? ''}, true)`
      await transaction`set local role ${transaction(role)}`
      taken.rows = (await act(transaction)).count
      throw taken
    })
  } catch (error) {
    if (error === taken) return { rows: taken.rows }
    if (typeof error === 'object' && error !== null && 'code' in error) {
      return { refused: String(error.code) }
    }
    throw error
  }
  throw new Error('A transaction ended that was to be taken back.')
}

class TakenBack extends Error {
  rows = 0
}
