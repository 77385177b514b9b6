import { connect, type Socket } from 'node:net'
import postgres, { type Row, type Sql } from 'postgres'

/** postgres.js's options as it holds them itself: parsed, with parsers and serializers by type. */
export type LinkOptions = Sql['options']

/** One connection to PostgreSQL: opened once, and of no more use when it is lost. */
export interface Link {
  /**
   * Runs a statement: prepared, and from its second time in one round trip, when it has parameters; without any it may
   * be several, separated by semicolons.
   *
   * @throws postgres.PostgresError as the server gave it, LostLink when the connection ended before the answer
   */
  run(statement: string, parameters?: LinkParameter[]): Promise<LinkResult>
  isLost(): boolean
  /** Ends it after the statement under way, in 5 s at most. */
  close(): Promise<void>
}

export type LinkParameter = postgres.ParameterOrJSON<never>
type LinkResult = postgres.RowList<Row[]>

export interface LinkEvents {
  /** Once it was open. */
  onLost?: () => void
  onNotify?: (channel: string) => void
}

/** There is no connection, or it broke. Its code is no SQLSTATE: the server said nothing about the statement. */
export class LostLink extends Error {
  override name = 'LostLink'
  readonly code = 'LINK_LOST'
}

/**
 * Longer ones are rarely seen twice, as an insert of many rows; and each one that is prepared takes memory in the
 * server for as long as the connection lasts.
 */
const PREPARED = { longest: 4_000, most: 200 }

/**
 * Opens a connection. postgres.js alone would, when a server process ends within a transaction, throw where nobody can
 * catch it, let what was queued wait for ever, or run it on a new connection outside the transaction; so each instance
 * of it gets one socket, one time, and what is under way when that closes is answered here.
 *
 * @throws LostLink when there is no server, it refuses or is starting
 */
export async function openLink(options: LinkOptions, events: LinkEvents = {}): Promise<Link> {
  const waiting = new Set<(reason: LostLink) => void>()
  let lost: LostLink | undefined
  let isOpen = false
  const lose = (cause?: unknown) => {
    if (lost !== undefined) return
    lost = new LostLink('The connection to the database was lost.', { cause })
    for (const reject of waiting) reject(lost)
    waiting.clear()
    if (isOpen) events.onLost?.()
  }
  const sql = connectOnce(options, lose, events.onNotify)
  const send = (statement: string, parameters: LinkParameter[], prepare: boolean) =>
    new Promise<LinkResult>((resolve, reject) => {
      if (lost !== undefined) return reject(lost)
      waiting.add(reject)
      sql
        .unsafe(statement, parameters, { prepare })
        .then(resolve, (error: unknown) => reject(explain(error)))
        .finally(() => waiting.delete(reject))
    })
  const prepared = new Set<string>()
  const isWorthPreparing = (statement: string) => {
    if (prepared.has(statement)) return true
    if (statement.length > PREPARED.longest || prepared.size >= PREPARED.most) return false
    prepared.add(statement)
    return true
  }
  const link: Link = {
    run: (statement, parameters = []) =>
      send(statement, parameters, parameters.length > 0 && isWorthPreparing(statement)),
    isLost: () => lost !== undefined,
    close: async () => {
      if (lost === undefined) await sql.end({ timeout: 5 })
    },
  }
  try {
    await link.run('select')
    isOpen = true
  } catch (error) {
    lose(error)
    // Not waited for: there may be nothing that could end.
    void sql.end({ timeout: 0 })
    throw new LostLink('The database cannot be reached.', { cause: error })
  }
  return link
}

function connectOnce(
  options: LinkOptions,
  lose: (cause?: unknown) => void,
  onNotify?: (channel: string) => void,
) {
  let isFirst = true
  // Inherits, as the types of its parsed options and of those it takes do not fit each other.
  const own = Object.assign(Object.create(options), {
    max: 1,
    // It would end the connection between two statements of a transaction.
    max_lifetime: null,
    fetch_types: false,
    socket: async () => {
      if (!isFirst) throw new LostLink('The connection to the database was lost.')
      isFirst = false
      return dial(options)
    },
    onclose: () => lose(),
    onnotice: () => undefined,
    onnotify: onNotify,
  })
  return postgres(own)
}

function dial({ host, port }: LinkOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: host[0], port: port[0] ?? 5432, noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

function explain(error: unknown): unknown {
  if (error instanceof postgres.PostgresError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new LostLink(message, { cause: error })
}
