import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MigrationPlan } from '../migration/types.ts'
import { checkPlanCanBeSaved, readPlanFile, savePlanFile } from './planOnDisk.ts'

const plan: MigrationPlan = { source: 'a'.repeat(64), entries: [] }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plans-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('plan files', () => {
  it('saves what it reads, readable by all, leaving nothing else behind', async () => {
    const path = join(folder, 'plan.json')
    await checkPlanCanBeSaved(path)
    await savePlanFile(path, plan)
    expect(await readPlanFile(path)).toEqual(plan)
    expect((await stat(path)).mode & 0o777).toBe(0o644 & ~process.umask())
    expect(await readdir(folder)).toEqual(['plan.json'])
  })

  it('finds out whether it can save without touching what is there', async () => {
    const path = join(folder, 'plan.json')
    await writeFile(path, 'mine')
    await checkPlanCanBeSaved(path)
    expect(await readFile(path, 'utf8')).toBe('mine')
  })

  it.each([
    ['a folder that is not there', 'nowhere/plan.json', 'cannot be saved as plan.json (ENOENT)'],
    ['a directory', 'directory', 'directory is a directory'],
  ])('refuses to save into %s', async (_, name, message) => {
    await mkdir(join(folder, 'directory'), { recursive: true })
    await expect(checkPlanCanBeSaved(join(folder, name))).rejects.toThrow(message)
    expect(await readdir(join(folder, 'directory'))).toEqual([])
  })

  it('refuses what is no plan file', async () => {
    const large = join(folder, 'large.json')
    await writeFile(large, '{')
    // Sparse: 21 MB that nobody writes, and that must not be read either.
    await truncate(large, 21 * 1024 * 1024)
    await expect(readPlanFile(large)).rejects.toThrow('large.json is larger than 20 MB')
    await expect(readPlanFile(join(folder, 'none.json'))).rejects.toThrow('There is no plan file none.json')
    await expect(readPlanFile(folder)).rejects.toThrow('is a directory')
    await writeFile(join(folder, 'latin.json'), Buffer.from([0x22, 0xe9, 0x22]))
    await expect(readPlanFile(join(folder, 'latin.json'))).rejects.toThrow('is not UTF-8')
    await expect(readPlanFile('/dev/zero')).rejects.toThrow('larger than 20 MB')
  })
})
