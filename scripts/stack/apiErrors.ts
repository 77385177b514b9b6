import { AsyncLocalStorage } from 'node:async_hooks'

type Listener = (...what: unknown[]) => void

const listening = new AsyncLocalStorage<Listener>()

/**
 * Runs a request of the API and hands what it prints as errors to the listener. The API writes every refused query
 * to console.error, which in the process of a CLI or a test is not its own: only what is printed on behalf of the
 * request is taken, everybody else's console stays as it was.
 */
export function takeErrors<T>(listener: Listener, request: () => Promise<T>): Promise<T> {
  replaceConsoleError()
  return listening.run(listener, request)
}

let replaced = false

function replaceConsoleError(): void {
  if (replaced) return
  replaced = true
  const original = console.error
  console.error = (...what) => (listening.getStore() ?? original)(...what)
}
