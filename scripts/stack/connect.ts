import postgres, { type Sql } from 'postgres'

/** Who connects to which database of a server on this machine. */
export interface Coordinates {
  user: string
  password: string
  port: number
  database: string
}

/** The address form of the coordinates; always loopback. */
export function postgresUrl({ user, password, port, database }: Coordinates): string {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** Runs one task with a small pool of its own and closes it. Notices are silent: they are the server's chatter. */
export async function withConnection<T>(url: string, task: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 2, onnotice: () => undefined })
  try {
    return await task(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
