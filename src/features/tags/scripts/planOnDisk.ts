import { randomUUID } from 'node:crypto'
import { open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { LARGEST_PLAN_FILE, parsePlan, serializePlan } from '../migration/planFile.ts'
import type { MigrationPlan } from '../migration/types.ts'
import { WrongUsage } from './wrongUsage.ts'

const MAKE_ONE = 'Make one with: npm run migrate -- --dry-run --save-plan FILE'

/**
 * Reads a plan file; one that is too large is not even opened.
 * @throws WrongUsage when there is no such file
 * @throws MigrationFailure `bad-plan` when something is wrong in it
 */
export async function readPlanFile(path: string): Promise<MigrationPlan> {
  const name = basename(path)
  const info = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  if (info.isDirectory()) throw new WrongUsage(`${name} is a directory, not a plan file.`, MAKE_ONE)
  if (info.size > LARGEST_PLAN_FILE) {
    throw new WrongUsage(`${name} is larger than 20 MB, which no plan is.`, MAKE_ONE)
  }
  const bytes = await readAtMost(path, LARGEST_PLAN_FILE).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  return parsePlan(decode(bytes, name))
}

/** A pipe or a device has no size: what it gives is bounded while it is read. */
async function readAtMost(path: string, limit: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      chunks.push(chunk)
      size += chunk.length
      if (size > limit)
        throw new WrongUsage(`${basename(path)} is larger than 20 MB, which no plan is.`, MAKE_ONE)
    }
    return Buffer.concat(chunks)
  } finally {
    await file.close()
  }
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new WrongUsage(`${name} is not UTF-8 text.`, MAKE_ONE, { cause: error })
  }
}

function unreadable(name: string, error: unknown): WrongUsage {
  if (error instanceof WrongUsage) return error
  const why =
    codeOf(error) === 'ENOENT' ? 'There is no plan file' : `The plan file cannot be read (${codeOf(error)}):`
  return new WrongUsage(`${why} ${name}.`, MAKE_ONE, { cause: error })
}

/**
 * Finds out before the work whether a plan can be saved there.
 * @throws WrongUsage
 */
export async function checkPlanCanBeSaved(path: string): Promise<void> {
  const info = await stat(path).catch(() => undefined)
  if (info?.isDirectory())
    throw new WrongUsage(`${basename(path)} is a directory.`, 'Name a file after --save-plan.')
  await replace(path, async (draft) => {
    await writeFile(draft, '', { flag: 'wx' })
    await rm(draft)
  })
}

/**
 * Writes the plan whole or not at all.
 * @throws WrongUsage
 */
export async function savePlanFile(path: string, plan: MigrationPlan): Promise<void> {
  await replace(path, async (draft) => {
    await writeFile(draft, serializePlan(plan), { flag: 'wx', mode: 0o644, flush: true })
    await rename(draft, path)
  })
}

async function replace(path: string, work: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    await work(draft)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw new WrongUsage(
      `The plan cannot be saved as ${basename(path)} (${codeOf(error)}).`,
      'Name a file in a folder that you may write to.',
      { cause: error },
    )
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
