import { expect, it } from 'vitest'
import { createSpinner } from './spinner.ts'

function terminal() {
  const written: string[] = []
  const output = {
    isTTY: true,
    columns: 80,
    write: (text: string) => written.push(text),
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
    once: () => output,
    removeListener: () => output,
  }
  return { output, written: () => written.join('') }
}

it('shows the newest text until it is stopped', async () => {
  const { output, written } = terminal()
  const spinner = createSpinner(output, true)
  spinner.show('Reading songs')
  spinner.show('Reading songs 5,000')
  await expect.poll(written).toContain('Reading songs 5,000')
  spinner.show('Reading songs 10,000')
  await expect.poll(written).toContain('Reading songs 10,000')
  spinner.stop()
  expect(written()).toContain('\u001b[?25h')
})

it('shows nothing when it was stopped before it turned', async () => {
  const { output, written } = terminal()
  const spinner = createSpinner(output, false)
  spinner.show('Reading songs')
  spinner.stop()
  await import('ora')
  await new Promise((resolve) => setImmediate(resolve))
  expect(written()).toBe('')
})
