/** A command line, an environment or a file that has to be put right first. Nothing was changed. */
export class WrongUsage extends Error {
  override name = 'WrongUsage'
  /** What to do about it. */
  readonly advice: string

  constructor(message: string, advice: string, options?: ErrorOptions) {
    super(message, options)
    this.advice = advice
  }
}
