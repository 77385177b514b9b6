import type { Role } from './types.ts'

const labels: Record<Role, string> = { admin: 'Admin', moderator: 'Moderator', editor: 'Editor' }

/** Whoever has no role reads everything and edits their own songs. */
export function roleLabel(role: Role | null): string {
  return role === null ? 'Member' : labels[role]
}
