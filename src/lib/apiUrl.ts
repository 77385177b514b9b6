/**
 * The address of one of the API's routes.
 * @param base where the API is, as configured: with or without a path and a slash at its end
 * @param route such as "rest/v1/rpc/name", without a slash before it
 */
export function apiUrl(base: string, route: string): URL {
  return new URL(route, base.replace(/\/?$/, '/'))
}
