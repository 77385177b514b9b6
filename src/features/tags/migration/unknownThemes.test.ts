import { expect, test } from 'vitest'
import { doorTo } from '../../../../scripts/testing/controlFixture.ts'
import { closeGate } from '../../../../scripts/testing/gate.ts'
import { addSongs, runnerFor, startRun, tagsBySong } from '../../../../scripts/testing/migrationFixture.ts'
import { PlayedWorker } from '../../../../scripts/testing/playedWorker.ts'
import { createTestDatabase } from '../../../../scripts/testing/testDatabase.ts'

test('a theme that two workers meet at once is taken up once, and both go on', async () => {
  const database = await createTestDatabase()
  const { sql } = database
  try {
    const [song = ''] = await addSongs(sql, [['Grace']])
    await startRun(database)
    // As an old client may, before any batch has seen the song.
    await sql`update public.songs set themes = '{Brand new}' where id = ${song}`
    const gate = await closeGate(sql, 'tag_migration.batch')
    const run = runnerFor(database, { unfinished: 'resume' }).run()
    await gate.reached()
    // The batch has found that it does not know the theme; before it says so, another worker takes it up.
    const { id, epoch } = (await doorTo(database).run(null)) ?? {}
    const adopted = await database.serviceClient.rpc('tag_migration_adopt', {
      p_run: id ?? '',
      p_epoch: epoch ?? 0,
      p_themes: ['Brand new'],
    })
    expect(adopted.data).toEqual({ outcome: 'adopted' })
    await gate.remove()

    expect(await run).toMatchObject({ phase: 'complete', processedCount: 1, errors: [] })
    expect((await tagsBySong(sql)).get(song)).toEqual(['Brand new'])
  } finally {
    await database.drop()
  }
})

test('a batch that meets an unknown theme keeps what its steps before have done, and the next one writes nothing', async () => {
  const database = await createTestDatabase()
  const { sql } = database
  try {
    const songs = (
      await addSongs(
        sql,
        Array.from({ length: 30 }, () => ['Grace']),
      )
    ).toSorted()
    const worker = new PlayedWorker(database)
    const run = await worker.takeUpRun()
    await sql`update public.songs set themes = '{Brand new}' where id = ${songs[20] ?? ''}`
    await sql`
      insert into tag_migration.own_link (song_id, tag_id, created_at)
      select id, (select id from public.tags order by id limit 1), now() from public.songs`

    const written = async () =>
      (await sql`select count(*)::integer as songs from tag_migration.song_state`)[0]
    // A first step of sixteen songs.
    const first = await worker.batch(run, { budgetMs: 60_000 })
    expect(first).toMatchObject({ outcome: 'done', songs: 16, last: songs[15] })
    expect(await written()).toEqual({ songs: 16 })
    const second = await worker.batch(run, { budgetMs: 60_000 })
    expect(second).toEqual({ outcome: 'unknown-themes', themes: ['Brand new'] })
    expect(await written()).toEqual({ songs: 16 })
    expect(await sql`select from tag_migration.own_link`).toHaveLength(14)
  } finally {
    await database.drop()
  }
})
