import { expect, test } from 'vitest'
import { versionWith } from './database/packagedPostgres.ts'
import { startCommand } from './testing/commandProcess.ts'
import { createTestDatabase } from './testing/testDatabase.ts'

const dbTest = (...args: string[]) => startCommand('scripts/dbTest.ts', args, {}).ended

test('without pgTAP it says what is missing and how to get it, and fails only when it is to be strict', async () => {
  const database = await createTestDatabase()
  const given = ['--db-url', database.superuserUrl]
  const [lenient, strict] = await Promise.all([dbTest(...given), dbTest(...given, '--strict')])
  await database.drop()
  expect([lenient.code, strict.code]).toEqual([0, 3])
  expect(strict.stdout).toContain('no PostgreSQL here has the extension pgtap')
  expect(strict.stdout).toMatch(/apt-get install postgresql-\d+-pgtap/)
})

test('on a machine that has it, every file of supabase/tests passes', async () => {
  const { code, stdout } = await dbTest('--strict')
  const isHere = (await versionWith('pgtap')) !== undefined
  expect([code, /Result: PASS/.test(stdout)], stdout).toEqual(isHere ? [0, true] : [3, false])
})
