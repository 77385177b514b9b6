export type FailureCode =
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'not-installed'
  | 'unexpected-answer'
  | 'database'
  | 'busy'
  | 'taken-over'
  | 'paused'
  | 'cancelled'
  | 'nothing-to-resume'
  | 'bad-plan'
  | 'stale-plan'
  | 'songs-held'
  | 'too-many-errors'
  | 'stopped'
  | 'unknown-run'
  | 'before-images-gone'
  | 'nothing-beyond'
  | 'not-ready'

/** Why the engine could not go on, in words for an admin: `message` says what happened, `advice` what to do. */
export class MigrationFailure extends Error {
  override name = 'MigrationFailure'
  readonly code: FailureCode
  readonly advice: string
  /** SQLSTATE or API code behind it, where there is one. */
  readonly detail: string | undefined
  /** Whether the same call may succeed later. */
  readonly transient: boolean
  /** What the server asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: FailureCode,
    message: string,
    more: { advice: string; detail?: string; transient?: boolean; retryAfterMs?: number; cause?: unknown },
  ) {
    super(message, { cause: more.cause })
    this.code = code
    this.advice = more.advice
    this.detail = more.detail
    this.transient = more.transient ?? false
    this.retryAfterMs = more.retryAfterMs
  }
}
