import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

const VITE_SUPABASE_URL = 'https://songbook.example'
const VITE_SUPABASE_PUBLISHABLE_KEY = 'sb_publishable_abcdefghij'

test('a valid configuration is taken', () => {
  const env = { VITE_SUPABASE_URL, VITE_SUPABASE_PUBLISHABLE_KEY }
  expect(parseEnv({ ...env, OTHER: 1 })).toEqual({ ok: true, env })
})

test('every invalid variable is named', () => {
  expect(parseEnv({})).toEqual({
    ok: false,
    problems: ['VITE_SUPABASE_URL is missing', 'VITE_SUPABASE_PUBLISHABLE_KEY is missing'],
  })
})

test.each([
  [{ VITE_SUPABASE_URL: '  ', VITE_SUPABASE_PUBLISHABLE_KEY }, 'VITE_SUPABASE_URL is empty'],
  [
    { VITE_SUPABASE_URL: 'javascript:alert(1)', VITE_SUPABASE_PUBLISHABLE_KEY },
    'VITE_SUPABASE_URL is not an http(s) address, nor a path on this server',
  ],
  [
    { VITE_SUPABASE_URL, VITE_SUPABASE_PUBLISHABLE_KEY: 'short' },
    'VITE_SUPABASE_PUBLISHABLE_KEY is too short for a key',
  ],
  [
    { VITE_SUPABASE_URL, VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_secret_abcdefghijklmn' },
    'VITE_SUPABASE_PUBLISHABLE_KEY is a secret key, which must never reach a browser',
  ],
])('%j: %s', (input, problem) => {
  expect(parseEnv(input)).toEqual({ ok: false, problems: [problem] })
})
