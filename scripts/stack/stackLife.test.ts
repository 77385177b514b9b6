import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { copyStackFolder } from '../testing/madeStack.ts'
import {
  discardStack,
  launchStack,
  makeStale,
  processesOf,
  type StackProcess,
} from '../testing/stackProcess.ts'
import { withConnection } from './connect.ts'
import { readPostmaster } from './postmasterPid.ts'
import { createMigratedDatabase, startTemporaryCluster } from './temporaryCluster.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }

describe('the life of a stack', () => {
  let folder: string
  let stack: StackProcess | undefined
  // What is asked here comes after a first start, which would be half of a test's time.
  beforeEach(async () => {
    stack = undefined
    folder = await copyStackFolder()
  })
  afterEach(async () => {
    await discardStack(stack, folder)
    await vi.waitFor(async () => expect(await processesOf(folder)).toEqual([]), PATIENCE)
  })

  it.for(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s and leaves no process', async (signal) => {
    stack = launchStack(folder)
    await stack.ready
    stack.child.kill(signal)
    expect(await stack.ended).toMatchObject({ code: 0 })
    expect(await processesOf(folder)).toEqual([])
  })

  it('says so when its data is older than the migrations, and begins anew with --reset, with the same keys', async () => {
    const before = await makeStale(folder)
    stack = launchStack(folder)
    const { code, stdout, stderr } = await stack.ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(
      'changed since then is 20250123_add_tag_system.sql. Throw the local data away and begin anew: npm run stack -- --reset',
    )
    expect(await processesOf(folder)).toEqual([])
    stack = launchStack(folder, '--reset')
    const after = await stack.ready
    expect(await countSongs(after.dbUrl)).toBe(0)
    expect(after.secretKey).toBe(before.secretKey)
  })

  it('leaves no process when it is interrupted twice', async () => {
    stack = launchStack(folder)
    await stack.ready
    stack.child.kill('SIGINT')
    stack.child.kill('SIGINT')
    await stack.ended
    await vi.waitFor(async () => expect(await processesOf(folder)).toEqual([]), PATIENCE)
  })

  it('starts again with its data after a SIGKILL, its PostgreSQL having been stopped', async () => {
    stack = launchStack(folder)
    const { dbUrl } = await stack.ready
    await addSong(dbUrl)
    stack.child.kill('SIGKILL')
    await stack.ended
    stack = launchStack(folder)
    expect(await countSongs((await stack.ready).dbUrl)).toBe(1)
  })

  it('stops a PostgreSQL that lost its guard too, and starts again with its data', async () => {
    stack = launchStack(folder)
    const { dbUrl } = await stack.ready
    await addSong(dbUrl)
    const guard = (await processesOf(folder)).find(({ command }) => command.includes('guard.ts'))
    expect(guard).toBeDefined()
    process.kill(guard?.pid ?? 0, 'SIGKILL')
    stack.child.kill('SIGKILL')
    await stack.ended
    expect(readPostmaster(`${folder}/postgres/data`)).toBeDefined()

    stack = launchStack(folder)
    expect(await countSongs((await stack.ready).dbUrl)).toBe(1)
  })

  it('starts its PostgreSQL again when that is killed, and the API answers as before', async () => {
    stack = launchStack(folder)
    const { apiUrl, dbUrl, publishableKey } = await stack.ready
    await addSong(dbUrl)
    const first = readPostmaster(`${folder}/postgres/data`)
    process.kill(first?.pid ?? 0, 'SIGKILL')
    await vi.waitFor(async () => {
      const response = await fetch(`${apiUrl}/rest/v1/songs?select=title`, {
        headers: { apikey: publishableKey },
      })
      expect(await response.json()).toEqual([{ title: 'Kept' }])
      expect(readPostmaster(`${folder}/postgres/data`)?.pid).not.toBe(first?.pid)
    }, PATIENCE)
  })

  it.for(['--port', '--db-port'])('names the process that holds its port: %s', async (option) => {
    const holder = createServer()
    const port = await new Promise<number>((resolve) => {
      holder.listen(0, '127.0.0.1', () => {
        const address = holder.address()
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0)
      })
    })
    stack = launchStack(folder, option, String(port))
    const { code, stdout, stderr } = await stack.ended
    holder.close()
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`Port ${port} is held by process ${process.pid} (`)
    expect(stderr).toContain(option)
  })

  it('works over a PostgreSQL that is already there, and leaves it running', async () => {
    const cluster = await startTemporaryCluster({ inMemory: true })
    try {
      await createMigratedDatabase(cluster, 'given')
      const owner = `postgres://postgres:${cluster.keys.postgresPassword}@127.0.0.1:${cluster.port}/given`
      stack = launchStack(folder, '--db-url', owner)
      expect((await stack.ended).stderr).toContain('must be a superuser')

      const superuser = owner.replace('//postgres:', '//supabase_admin:')
      stack = launchStack(folder, '--db-url', superuser)
      const { apiUrl, dbUrl, publishableKey } = await stack.ready
      expect(dbUrl).toBe(superuser)
      await addSong(dbUrl)
      const response = await fetch(`${apiUrl}/rest/v1/songs?select=title`, {
        headers: { apikey: publishableKey },
      })
      expect(await response.json()).toEqual([{ title: 'Kept' }])
      stack.child.kill('SIGTERM')
      expect(await stack.ended).toMatchObject({ code: 0 })
      expect(await countSongs(superuser)).toBe(1)
    } finally {
      await cluster.stop()
    }
  })

  it('refuses wrong usage', async () => {
    const wrong = [['--port', '70000'], ['--db-url', 'mysql://x'], ['--unknown']]
    const ended = await Promise.all(wrong.map((args) => launchStack(folder, ...args).ended))
    for (const end of ended) expect(end).toMatchObject({ code: 2, stdout: '' })
  })
})

const addSong = (dbUrl: string) =>
  withConnection(dbUrl, (sql) => sql`insert into public.songs (title) values ('Kept')`)

const countSongs = (dbUrl: string) =>
  withConnection(dbUrl, async (sql) => {
    const [row] = await sql<{ songs: number }[]>`select count(*)::integer as songs from public.songs`
    return row?.songs
  })
