import { describe, expect, test } from 'vitest'
import { parseSettings } from '../../supabase/functions/migrate-themes/settings.ts'

const hosted = {
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_SECRET_KEYS: '{"default":"sb_secret_1"}',
  SUPABASE_PUBLISHABLE_KEYS: '{"default":"sb_publishable_1"}',
}

describe('the environment of the function', () => {
  test('on hosted Supabase is enough; nothing may then call on a schedule', () => {
    expect(parseSettings(hosted)).toEqual({
      url: hosted.SUPABASE_URL,
      secretKey: 'sb_secret_1',
      publishableKey: 'sb_publishable_1',
      scheduleSecret: null,
      budgetMs: 10_000,
      origin: '*',
      sentry: null,
    })
  })

  test('of an older project has its keys under their older names', () => {
    const { SUPABASE_URL } = hosted
    expect(
      parseSettings({ SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY: 'eyJ.1', SUPABASE_ANON_KEY: 'eyJ.2' }),
    ).toMatchObject({ secretKey: 'eyJ.1', publishableKey: 'eyJ.2' })
  })

  test('that is wrong is named in full, and not quoted', () => {
    const wrong = {
      SUPABASE_URL: 'nowhere',
      SUPABASE_SECRET_KEYS: 'sb_secret_1',
      MIGRATE_THEMES_SCHEDULE_SECRET: 'short',
      MIGRATE_THEMES_BUDGET_MS: '0',
    }
    expect(() => parseSettings(wrong)).toThrow(
      'SUPABASE_URL, SUPABASE_SECRET_KEYS, MIGRATE_THEMES_SCHEDULE_SECRET, MIGRATE_THEMES_BUDGET_MS',
    )
    expect(() => parseSettings({ SUPABASE_URL: hosted.SUPABASE_URL })).toThrow(
      'Missing or wrong in the environment: SUPABASE_SECRET_KEYS, SUPABASE_PUBLISHABLE_KEYS',
    )
  })
})
