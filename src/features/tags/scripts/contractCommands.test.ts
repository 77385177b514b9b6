import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateInProcess } from '../../../../scripts/testing/migrateInProcess.ts'
import { addSongs, tagsBySong, themesBySong } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ http: true, announcesDdl: true })
})
afterAll(() => database.drop())

const env = () => ({ SUPABASE_URL: database.apiUrl, SUPABASE_SECRET_KEY: database.secretKey })
const migrate = (...args: string[]) => migrateInProcess(args, env())
/** With a person at the terminal, who answers this. */
const migrateSaying = (answer: string, ...args: string[]) =>
  migrateInProcess(args, env(), () => Promise.resolve(answer))

test('--rehearse takes a copy there and back and says so; --finalize then drops the column', async () => {
  const songs = [['Grace', 'Own theme'], ['Grace/Mercy', null], null, [], [' ', 'x'.repeat(60)], [null]]
  await addSongs(database.sql, songs)
  await database.sql`
    insert into public.song_tags (song_id, tag_id)
    select s.id, t.id from public.songs as s, public.tags as t where s.title = 'Song 0' and t.name in ('Grace', 'Easter')`
  const themes = await themesBySong(database.sql)
  await migrate()
  const tags = await tagsBySong(database.sql)

  const refused = await migrate('--finalize')
  expect(refused).toMatchObject({ exitCode: 2, json: { phase: 'refused', songs: 6 } })
  expect(refused.screen).toContain('✘ a rollback was rehearsed, without a difference: Rehearse with')
  expect(refused.screen).toContain('✘ no old client has written themes for 14 days')
  expect(refused.screen).toContain('✔ every song is migrated and passes validation')
  expect(refused.screen).toContain('Nothing was changed.')

  const rehearsed = await migrate('--rehearse')
  expect(rehearsed).toMatchObject({
    exitCode: 0,
    failure: '',
    json: { phase: 'rehearsed', songs: 6, differing: 0 },
  })
  expect(rehearsed.screen).toContain('No song differs, 6 songs')
  expect(rehearsed.screen).toContain('over the dropped column and exactly back, verified: 0 songs differ')
  expect(await themesBySong(database.sql)).toEqual(themes)
  expect(await tagsBySong(database.sql)).toEqual(tags)

  for (let isComplete = false; !isComplete; ) {
    const { data } = await database.serviceClient.rpc('tag_migration_check_drift')
    isComplete = (data as { isRoundComplete: boolean }).isRoundComplete
  }
  expect(await migrate('--finalize', '--quiet-days', '0')).toMatchObject({
    exitCode: 2,
    failure: expect.stringContaining('needs a person’s word'),
  })
  expect(await migrateSaying('yes', '--finalize', '--quiet-days', '0')).toMatchObject({
    exitCode: 2,
    failure: expect.stringContaining('Not confirmed; nothing was changed.'),
  })
  expect(await migrateSaying(' 6 ', '--finalize', '--quiet-days', '0')).toMatchObject({
    exitCode: 0,
    json: { phase: 'finalized', songs: 6, alreadyFinalized: false },
  })
  expect(await migrate('--finalize', '--yes')).toMatchObject({
    exitCode: 0,
    json: { alreadyFinalized: true },
  })
  expect(await tagsBySong(database.sql)).toEqual(tags)
  // The next one may want to know how it would have gone.
  expect(await migrate('--rehearse')).toMatchObject({ exitCode: 0, json: { songs: 6, differing: 0 } })
})

test.each([
  ['--finalize', '--dry-run'],
  ['--finalize', '--rehearse'],
  ['--rehearse', '--resume'],
  ['--finalize', '--quiet-days', 'soon'],
  ['--quiet-days', '7'],
])('%s %s is refused', async (...args) => {
  expect(await migrate(...args)).toMatchObject({ exitCode: 2 })
})
