import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findServedFunction, forgetServedFunction, tellServedFunction } from './servedFunction.ts'

const URL = 'http://127.0.0.1:54325/functions/v1/migrate-themes'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'songbook-function-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('is found while its process lives, by this person alone', async () => {
  expect(await findServedFunction(folder)).toBeUndefined()
  await tellServedFunction(URL, folder)
  expect(await findServedFunction(folder)).toBe(URL)
  expect((await stat(join(folder, 'function.json'))).mode & 0o077).toBe(0)
  await forgetServedFunction(folder)
  expect(await findServedFunction(folder)).toBeUndefined()
})

test('is not found when its process was killed, and another one may have its number', async () => {
  await tellServedFunction(URL, folder)
  const file = join(folder, 'function.json')
  const state: unknown = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...Object(state), identity: 'of another one' }))
  expect(await findServedFunction(folder)).toBeUndefined()
  await writeFile(file, '{"url":"http')
  expect(await findServedFunction(folder)).toBeUndefined()
})
