import { Relay } from './relay.ts'

export interface CapturedError {
  error: unknown
  /** Where in the tree of components, as React tells it. */
  componentStack: string | undefined
  /** Whether the app went on: somebody was shown a way back. */
  isHandled: boolean
}

/** More than the first few tell nothing new about what went wrong. */
const KEPT = 10

export const errors = new Relay<CapturedError>(KEPT)

/** For an error boundary: tells whoever looks after the songbook, if anybody does. */
export function captureError(error: unknown, componentStack?: string): void {
  errors.send({ error, componentStack, isHandled: true })
}

/** Errors that nobody caught. @returns how to stop: whoever takes over hears of them by itself */
export function listenForErrors(): () => void {
  const controller = new AbortController()
  const capture = (error: unknown) => errors.send({ error, componentStack: undefined, isHandled: false })
  const { signal } = controller
  // Without an error it is the browser's own trouble, such as a resize that took too long.
  addEventListener('error', ({ error }: ErrorEvent) => error && capture(error), { signal })
  addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => capture(reason), { signal })
  return () => controller.abort()
}
