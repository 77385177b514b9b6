import { arch, cpus, release, totalmem, type } from 'node:os'
import type { Sql } from 'postgres'

/** Where figures come from: they mean nothing without it. */
export interface Machine {
  cpu: string
  cores: number
  memoryGigabytes: number
  os: string
  node: string
  /** Empty where no database was measured, as are its settings. */
  postgres: string
  /** Those that decide how fast a database writes. */
  postgresSettings: Record<string, string>
}

const TELLING_SETTINGS = [
  'shared_buffers',
  'max_wal_size',
  'wal_compression',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'work_mem',
  'jit',
]

/** @param sql the database that was measured, if any */
export async function describeMachine(sql?: Sql): Promise<Machine> {
  const processors = cpus()
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${arch()}`,
    node: process.version,
    ...(sql ? await describeServer(sql) : { postgres: '', postgresSettings: {} }),
  }
}

async function describeServer(sql: Sql): Promise<Pick<Machine, 'postgres' | 'postgresSettings'>> {
  const [server] = await sql<{ version: string }[]>`select current_setting('server_version') as version`
  const settings = await sql<{ name: string; setting: string }[]>`
    select name, current_setting(name) as setting from pg_catalog.pg_settings
    where name = any (${TELLING_SETTINGS}) order by name`
  return {
    postgres: server?.version ?? '',
    postgresSettings: Object.fromEntries(settings.map(({ name, setting }) => [name, setting])),
  }
}
