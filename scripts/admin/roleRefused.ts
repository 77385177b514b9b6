/** Nothing was changed; the message says why, and what to do. */
export class RoleRefused extends Error {
  override name = 'RoleRefused'
}
