import type { Ora } from 'ora'
import type { Output } from './screen.ts'

/** A turning sign on a terminal's bottom line, beside what is waited for. */
export interface Spinner {
  show(text: string): void
  stop(): void
}

/** @param unicode whether the terminal can draw more than ASCII */
export function createSpinner(output: Output, unicode: boolean): Spinner {
  let shown: string | undefined
  let spinner: Ora | undefined
  const start = async () => {
    // Loaded when first needed: a log has no spinner, and it would be a fifth of the command's start.
    const { default: ora } = await import('ora')
    if (shown === undefined || spinner) return
    spinner = ora({
      text: shown,
      stream: output as NodeJS.WriteStream,
      spinner: unicode ? 'dots' : 'line',
      isEnabled: true,
      // Reading the keyboard would swallow Ctrl-C and the answer to the next question.
      discardStdin: false,
    }).start()
  }
  return {
    show: (text) => {
      const isNew = shown === undefined
      shown = text
      if (spinner) spinner.text = text
      else if (isNew) void start()
    },
    stop: () => {
      shown = undefined
      spinner?.stop()
      spinner = undefined
    },
  }
}
