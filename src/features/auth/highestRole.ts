import type { Role } from './types.ts'

const fromHighest: readonly Role[] = ['admin', 'moderator', 'editor']

/** The role that says most about what a person may do; null for somebody who has none. */
export function highestRole(roles: readonly Role[]): Role | null {
  return fromHighest.find((role) => roles.includes(role)) ?? null
}
