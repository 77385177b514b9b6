/** Runs work as a part of what is traced. */
type InSpan = <T>(name: string, work: () => T) => T

let current: InSpan = (_name, work) => work()

/** Traces work under a name, if anything is traced. Names are ours, and never hold what somebody typed. */
export const inSpan: InSpan = (name, work) => current(name, work)

/** From now on work is traced by this. */
export function traceWith(implementation: InSpan): void {
  current = implementation
}
