import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort } from './freePort.ts'
import { describePortHolder, findPortHolder } from './portHolder.ts'

it('names the process that listens on a port', async () => {
  const port = await freePort()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  try {
    expect(await findPortHolder(port)).toMatchObject({ pid: process.pid })
    expect(await describePortHolder(port, '--port')).toContain(
      `Port ${port} is held by process ${process.pid} (`,
    )
  } finally {
    server.close()
  }
})

it('names nobody for a free port', async () => {
  expect(await findPortHolder(await freePort())).toBeUndefined()
})
