import type { Role } from '../auth/index.ts'

type Person = { id: string } | null | undefined

/**
 * Whether a person sees the way to edit a song: its owner, and whoever has a role. The database decides again when
 * something is saved. False while it is not known who is there.
 */
export function mayEdit(
  song: { created_by: string | null },
  person: Person,
  role: Role | null | undefined,
): boolean {
  if (!person) return false
  return song.created_by === person.id || Boolean(role)
}
