/** A call to Supabase that failed. `cause` is what supabase-js answered. */
export class ServiceError extends Error {
  override name = 'ServiceError'
  /** HTTP status; 0 when nothing answered. */
  readonly status: number
  /** SQLSTATE or the API's own code. */
  readonly code: string | undefined

  constructor(message: string, details: { status: number; code: string | undefined; cause: unknown }) {
    super(message, { cause: details.cause })
    this.status = details.status
    this.code = details.code
  }
}
