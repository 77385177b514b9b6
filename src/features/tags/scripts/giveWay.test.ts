import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { constants, getPriority } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { startCommand } from '../../../../scripts/testing/commandProcess.ts'

/** The priority that the command has when it asks the server for the first time. */
async function priorityWith(...args: string[]): Promise<number> {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  const server = createServer(() => ask()).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const { child, ended } = startCommand('src/features/tags/scripts/migrate.ts', ['--dry-run', ...args], {
    SUPABASE_URL: `http://127.0.0.1:${port}`,
    SUPABASE_SECRET_KEY: 'sb_secret_of_nobody',
  })
  try {
    await Promise.race([asked, ended.then(({ stderr }) => Promise.reject(new Error(stderr)))])
    return getPriority(child.pid)
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

it('lets the processes that serve people go first in the polite profile, and in no other', async () => {
  expect(await priorityWith('--profile', 'polite')).toBe(constants.priority.PRIORITY_LOW)
  expect(await priorityWith()).toBe(getPriority())
  expect(await priorityWith('--profile', 'quiet')).toBe(getPriority())
})
