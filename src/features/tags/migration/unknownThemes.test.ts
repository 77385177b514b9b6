import { expect, test } from 'vitest'
import { doorTo } from '../../../../scripts/testing/controlFixture.ts'
import { closeGate } from '../../../../scripts/testing/gate.ts'
import { addSongs, runnerFor, startRun, tagsBySong } from '../../../../scripts/testing/migrationFixture.ts'
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
