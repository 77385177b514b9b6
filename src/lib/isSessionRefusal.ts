/** The API refused the session itself (PostgREST's codes for a token it cannot read or accept), not what was asked. */
export function isSessionRefusal({ status, code }: { status: number; code: string | undefined }): boolean {
  return status === 401 && (code === 'PGRST301' || code === 'PGRST303')
}
