import { expect, test } from 'vitest'
import { branchVariables } from './branchVariables.ts'

const branch = {
  POSTGRES_URL: 'postgresql://postgres:hidden@db.example.org:5432/postgres',
  SUPABASE_URL: 'https://abcdefghijklmnopqrst.supabase.co',
  SUPABASE_JWT_SECRET: 'hidden',
  SUPABASE_SERVICE_ROLE_KEY: 'hidden',
}
const lines = (key: string) =>
  `VITE_SUPABASE_URL=https://abcdefghijklmnopqrst.supabase.co\nVITE_SUPABASE_PUBLISHABLE_KEY=${key}\n`

test('a build learns the address and the key that a browser may know', () => {
  expect(branchVariables(JSON.stringify({ ...branch, SUPABASE_ANON_KEY: 'anonymous' }))).toBe(
    lines('anonymous'),
  )
  const named = { SUPABASE_ANON_KEY: 'anonymous', SUPABASE_WEB_KEY: 'sb_publishable_abc' }
  expect(branchVariables(JSON.stringify({ ...branch, ...named }))).toBe(lines('sb_publishable_abc'))
})

test.each([
  ['nothing', ''],
  ['what is no JSON', 'hidden'],
  ['a secret key alone', JSON.stringify({ ...branch, SUPABASE_DEFAULT_KEY: 'sb_secret_hidden' })],
  ['a key with a line after it', JSON.stringify({ ...branch, SUPABASE_ANON_KEY: 'a\nB=hidden' })],
])('and nothing is quoted of %s', (_what, json) => {
  const attempt = () => branchVariables(json)
  expect(attempt).toThrow('Supabase did not describe')
  expect(attempt).not.toThrow('hidden')
})
