/** Something that a person can put right: a port in use, an option that does not fit. Its message says how. */
export class StackProblem extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StackProblem'
  }
}

/** Whether a caught value is a system error with this code, as ENOENT. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
