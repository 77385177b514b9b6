/** The sign-in page's address, with the way back to where one is. */
export function signInAddress({ pathname, search }: { pathname: string; search: string }): string {
  if (pathname === '/sign-in') return `${pathname}${search}`
  if (pathname === '/' && !search) return '/sign-in'
  return `/sign-in?${new URLSearchParams({ next: `${pathname}${search}` })}`
}
