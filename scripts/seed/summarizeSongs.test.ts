import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { formatSummary, type SongsSummary, summarizeSongs } from './summarizeSongs.ts'

describe('summarizeSongs', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('counts an empty songbook', async () => {
    expect(await summarizeSongs(database.sql)).toEqual({
      songs: 0,
      arrangements: 0,
      nullThemes: 0,
      emptyThemes: 0,
      themeMentions: 0,
      distinctThemes: 0,
      mostCommon: [],
    })
  })

  it('counts songs, themes and their spellings to the byte', async () => {
    await database.sql`
      insert into public.songs (title, themes) values
        ('1', null), ('2', '{}'), ('3', array[null, null]), ('4', array['joy', 'joy', 'Joy']),
        ('5', array['joy', '', 'hope']), ('6', array['hope', 'peace']), ('7', array['peace'])`
    expect(await summarizeSongs(database.sql)).toEqual({
      songs: 7,
      arrangements: 0,
      nullThemes: 1,
      emptyThemes: 1,
      themeMentions: 9,
      distinctThemes: 5,
      mostCommon: [
        { theme: 'joy', mentions: 3 },
        { theme: 'hope', mentions: 2 },
        { theme: 'peace', mentions: 2 },
      ],
    })
  })
})

describe('formatSummary', () => {
  const summary: SongsSummary = {
    songs: 10_000,
    arrangements: 14_021,
    nullThemes: 381,
    emptyThemes: 289,
    themeMentions: 29_197,
    distinctThemes: 2281,
    mostCommon: [
      { theme: 'Praise', mentions: 661 },
      { theme: '\u001b[31m\u202e赞美\u00a0', mentions: 9 },
    ],
  }

  it('aligns its columns and shows what a theme hides', () => {
    expect(formatSummary(summary)).toMatchInlineSnapshot(`
      "songs              10,000
      with NULL themes      381
      with empty themes     289
      arrangements       14,021
      theme mentions     29,197
      distinct themes     2,281
      most common           661  "Praise"
                              9  "\\u001b[31m\\u{202e}赞美\\u{a0}""
    `)
  })

  it('says nothing of common themes where there are none', () => {
    expect(formatSummary({ ...summary, mostCommon: [] })).not.toContain('most common')
  })
})
