/** Settings of a PostgreSQL server, by name, as `-c name=value` takes them. */
export type PostgresSettings = Readonly<Record<string, string>>

const common = {
  // Loopback only, and no socket file: its path would be limited to 107 bytes, and be one more door.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A batch is many short statements, whose compilation would cost more than it gains.
  jit: 'off',
  max_connections: '200',
  work_mem: '32MB',
  random_page_cost: '1.1',
  effective_cache_size: '1GB',
} as const

/** The development stack: durable, with room for a migration of a million songs to write its journal. */
export const stackSettings: PostgresSettings = {
  ...common,
  shared_buffers: '256MB',
  maintenance_work_mem: '128MB',
  wal_compression: 'on',
  max_wal_size: '4GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  effective_io_concurrency: process.platform === 'linux' ? '64' : '0',
}

/** A test's server: nothing of it outlives the test, so nothing waits for the disk. */
export const testSettings: PostgresSettings = {
  ...common,
  shared_buffers: '128MB',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  checkpoint_timeout: '1h',
}
