import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing/testDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ http: true })
})
afterAll(() => database.drop())

function admin(
  args: string[],
  settings: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env.PATH,
    SUPABASE_URL: database.apiUrl,
    SUPABASE_SECRET_KEY: database.secretKey,
    ...settings,
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'admin.ts'), ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
      },
    )
  })
}

describe('npm run admin', () => {
  it('grants, lists and revokes', async () => {
    const host = new URL(database.apiUrl).host
    await database.signUp('miriam@example.org')
    expect((await admin(['--list'])).stdout).toContain('Nobody has a role yet')
    expect(await admin(['--grant', 'miriam@example.org'])).toEqual({
      code: 0,
      stdout: `miriam@example.org is admin on ${host} now.\n`,
      stderr: '',
    })
    await admin(['--grant', 'miriam@example.org', '--role', 'editor'])
    expect((await admin(['--list'])).stdout).toMatch(
      /^miriam@example\.org {2}editor {5}since \d{4}-\d\d-\d\d\nmiriam@example\.org {2}admin {6}since .*\n$/,
    )
    expect((await admin(['--revoke', 'miriam@example.org'])).stdout).toContain('is not admin')
    expect(JSON.parse((await admin(['--list', '--json'])).stdout)).toMatchObject([
      { email: 'miriam@example.org', role: 'editor' },
    ])
  })

  it('takes the legacy name of the secret key', async () => {
    const { code } = await admin(['--list'], {
      SUPABASE_SECRET_KEY: '',
      SUPABASE_SERVICE_ROLE_KEY: database.secretKey,
    })
    expect(code).toBe(0)
  })

  it.each([
    [[], {}, 'Say what to do'],
    [['--grant', 'a@example.org', '--revoke', 'b@example.org'], {}, 'cannot be used with'],
    [['--grant', 'a@example.org', '--role', 'king'], {}, 'Allowed choices are admin, moderator, editor'],
    [['--list'], { SUPABASE_URL: '' }, 'Set SUPABASE_URL too'],
    [['--list'], { SUPABASE_SECRET_KEY: '' }, 'Set SUPABASE_SECRET_KEY too'],
    [['--list'], { SUPABASE_URL: 'songbook' }, 'must look like https://'],
    [['--list'], { SUPABASE_URL: 'http://songbook.example' }, 'unencrypted'],
  ])('answers %j with %j with one line and exit code 2', async (args, settings, message) => {
    const { code, stdout, stderr } = await admin(args, settings)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('fails with one line and exit code 1 when it was refused', async () => {
    const failures = [
      await admin(['--grant', 'nobody@example.org']),
      await admin(['--list'], { SUPABASE_SECRET_KEY: database.publishableKey }),
      await admin(['--list'], { SUPABASE_SECRET_KEY: 'sb_secret_wrong' }),
      await admin(['--list'], { SUPABASE_URL: 'http://127.0.0.1:1' }),
    ]
    expect(failures.map(({ code }) => code)).toEqual([1, 1, 1, 1])
    expect(failures.map(({ stderr }) => stderr)).toEqual([
      expect.stringMatching(/^Could not grant admin to nobody@example\.org: .*signed up.*\n$/),
      expect.stringMatching(/^Could not list the roles: .*SUPABASE_SECRET_KEY.*\n$/),
      expect.stringMatching(/^Could not list the roles: .*SUPABASE_SECRET_KEY.*\n$/),
      expect.stringMatching(/^Could not list the roles: the server does not answer.*SUPABASE_URL.*\n$/),
    ])
  })
})
