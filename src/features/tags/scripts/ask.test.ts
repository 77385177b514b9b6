import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createAsk } from './ask.ts'

/** A terminal that a test types into and reads. */
function terminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => input })
  const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY })
  const stop = new AbortController()
  const ask = createAsk(
    input as unknown as NodeJS.ReadStream,
    output as unknown as NodeJS.WriteStream,
    stop.signal,
  )
  return { input, output, stop, ask }
}

test('a question is answered with what somebody types', async () => {
  const { input, output, ask } = terminal()
  const answer = ask?.('Go on? ')
  input.write('yes\r')
  expect(await answer).toBe('yes')
  expect(output.read()).toContain('Go on? ')
})

test('Ctrl-C at the question ends the command before anything is changed, as a stop from outside does', async () => {
  const { input, output, ask, stop } = terminal()
  const answer = ask?.('Go on? ')
  input.write('\u0003')
  await expect(answer).rejects.toMatchObject({ code: 'stopped', advice: 'Run the command again.' })
  // What is said next begins on a line of its own.
  expect(output.read()).toMatch(/\n$/)
  const next = ask?.('Go on? ')
  stop.abort()
  await expect(next).rejects.toMatchObject({ code: 'stopped' })
})

test('in a log there is nobody to ask', () => {
  expect(terminal(false).ask).toBeUndefined()
})
