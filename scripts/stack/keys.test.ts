import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { loadKeys } from './keys.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
  return () => rm(folder, { recursive: true })
})

it('makes keys once and keeps them', async () => {
  const keys = await loadKeys(folder)
  expect(await loadKeys(folder)).toEqual(keys)
})

it('makes one set when two processes come at once', async () => {
  const [one, two] = await Promise.all([loadKeys(folder), loadKeys(folder)])
  expect(one).toEqual(two)
})

it('closes a file that others could read', async () => {
  await loadKeys(folder)
  await chmod(join(folder, 'keys.json'), 0o644)
  await loadKeys(folder)
  expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600)
})

it('overwrites no file that it does not understand', async () => {
  await writeFile(join(folder, 'keys.json'), '{"publishableKey":"')
  await expect(loadKeys(folder)).rejects.toThrow('holds no valid keys')
})
