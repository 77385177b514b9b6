import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { canEnter } from './postgresAccount.ts'
import { preparePostgresHome } from './postgresHome.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'home-'))
  return () => rm(folder, { recursive: true })
})

it('is in the given folder where the account can enter it', async () => {
  await chmod(folder, 0o711)
  const home = await preparePostgresHome(folder)
  expect(home.folder).toBe(join(folder, 'postgres'))
})

it('is where the account can enter, and the same each time, for a closed folder', async () => {
  await chmod(folder, 0o700)
  const home = await preparePostgresHome(folder)
  expect(await canEnter(home.folder, home.account)).toBe(true)
  expect((await preparePostgresHome(folder)).folder).toBe(home.folder)
  await rm(home.folder, { recursive: true })
})

it('knows a folder that an account cannot enter', async () => {
  await chmod(folder, 0o700)
  const { uid, gid } = await stat(folder)
  expect(await canEnter(folder, { uid: uid + 1, gid: gid + 1 })).toBe(false)
  expect(await canEnter(folder, { uid, gid })).toBe(true)
})
