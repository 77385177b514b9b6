const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT', 'CONNECT_TIMEOUT']

const REASONS: Record<string, string> = {
  '28P01': 'The database refused the user or the password of its address.',
  '28000': 'The database refused the user of its address.',
  '3D000': 'There is no such database on that server.',
  '42501': 'That user may not write songs: seed as the role that owns the tables.',
}

/** Why the database could not be seeded, in one line for a person. */
export function explainFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (UNREACHABLE.includes(code)) return `The database does not answer (${code}). Is it running?`
  const message = error instanceof Error ? error.message : String(error)
  return REASONS[code] ?? (message.split('\n')[0] || 'Something failed without saying what.')
}
