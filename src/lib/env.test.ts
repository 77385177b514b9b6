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

test('what need not be set may be empty', () => {
  const env = { VITE_SUPABASE_URL, VITE_SUPABASE_PUBLISHABLE_KEY }
  expect(parseEnv({ ...env, VITE_SENTRY_DSN: ' ', VITE_SENTRY_TRACES: '' })).toEqual({ ok: true, env })
  const sentry = { VITE_SENTRY_DSN: 'https://key@o1.ingest.sentry.io/42', VITE_SENTRY_TRACES: '0.5' }
  expect(parseEnv({ ...env, ...sentry })).toEqual({ ok: true, env: { ...env, ...sentry } })
})

test.each([
  ['VITE_SENTRY_DSN', 'o1.ingest.sentry.io', 'is not the address of a Sentry project'],
  ['VITE_SENTRY_TRACES', '50%', 'is not a share from 0 to 1'],
  ['VITE_SENTRY_ENVIRONMENT', 'on stage', 'is not one word without slashes'],
])('%s: %s %s', (name, value, problem) => {
  expect(parseEnv({ VITE_SUPABASE_URL, VITE_SUPABASE_PUBLISHABLE_KEY, [name]: value })).toEqual({
    ok: false,
    problems: [`${name} ${problem}`],
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
