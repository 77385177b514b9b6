import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { shipSourceMaps } from './shipSourceMaps.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'songbook-maps-'))
  await mkdir(join(folder, 'assets'))
  for (const name of ['index.html', 'assets/a.js', 'assets/a.js.map', 'assets/b.css.map'])
    await writeFile(join(folder, name), '')
})

afterEach(() => rm(folder, { recursive: true }))

const left = async () => (await readdir(folder, { recursive: true })).sort()
const withoutMaps = ['assets', 'assets/a.js', 'index.html']

test('maps are sent by the release that the app is, its code left as it was, and deleted', async () => {
  const calls: string[] = []
  const sentryCli = async (args: readonly string[]) => {
    calls.push(args.join(' '))
    expect(await left()).toContain('assets/a.js.map')
  }
  expect(await shipSourceMaps(folder, { sentryCli, release: 'r1' })).toEqual({ maps: 2, isSent: true })
  expect(calls).toEqual([`sourcemaps upload --strict --release=r1 ${folder}`])
  expect(await left()).toEqual(withoutMaps)
})

test('they are deleted, too, where nobody is told or telling fails', async () => {
  expect(await shipSourceMaps(folder, undefined)).toEqual({ maps: 2, isSent: false })
  expect(await left()).toEqual(withoutMaps)

  await writeFile(join(folder, 'assets/a.js.map'), '')
  const sentryCli = () => Promise.reject(new Error('no token'))
  await expect(shipSourceMaps(folder, { sentryCli, release: 'r1' })).rejects.toThrow('no token')
  expect(await left()).toEqual(withoutMaps)
})

test('a build without maps bothers nobody', async () => {
  await shipSourceMaps(folder, undefined)
  const sentryCli = () => Promise.reject(new Error('was called'))
  expect(await shipSourceMaps(folder, { sentryCli, release: 'r1' })).toEqual({ maps: 0, isSent: false })
})
