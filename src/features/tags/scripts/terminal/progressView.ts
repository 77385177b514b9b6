import { type Progress, progressLine, progressSentence } from './progressLine.ts'
import type { Screen } from './screen.ts'
import { Throttle } from './throttle.ts'

/** Shows how far one phase is: a line that moves on a terminal, some lines in a log. */
export class ProgressView {
  readonly #screen: Screen
  readonly #label: string
  readonly #throttle = new Throttle()
  readonly #startedAt = performance.now()
  #first: number | undefined

  constructor(screen: Screen, label: string) {
    this.#screen = screen
    this.#label = label
  }

  show(progress: Progress): void {
    this.#first ??= progress.processedCount
    if (this.#screen.isLive) {
      this.#screen.status(progressLine(this.#label, progress, this.#screen.style, this.#screen.width))
      return
    }
    const { processedCount, totalCount } = progress
    if (processedCount < totalCount && this.#throttle.isDue(processedCount / totalCount))
      this.#screen.line(progressSentence(this.#label, progress))
  }

  /** @param done songs at the end. @returns milliseconds since the phase began, and songs a second */
  end(done: number): { durationMs: number; rate: number } {
    const durationMs = performance.now() - this.#startedAt
    return { durationMs, rate: ((done - (this.#first ?? 0)) / durationMs) * 1000 }
  }
}
