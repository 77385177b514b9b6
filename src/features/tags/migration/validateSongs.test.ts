import { describe, expect, test } from 'vitest'
import { createMigrationClient } from './migrationClient.ts'
import { AFTER_ALL, BEFORE_ALL, MigrationDatabase } from './migrationDatabase.ts'
import { validateSongs, validateSongsAndLive } from './validateSongs.ts'

const RUN = { id: '11111111-1111-4111-8111-111111111111' }

const NOTHING = {
  edited: 0,
  deleted: 0,
  forgotten: 1,
  renamed: [],
  merged: [],
  leaves: [],
  differing: 0,
  differences: [],
  live: { undone: 0, quarantined: 0, differing: 0, differences: [] },
}

interface Stretch {
  after: string
  until: string
}

const CHUNK = 10_000

/**
 * A server with the ends of so many chunks and one song more, which would take hundreds of thousands of songs, and what was
 * asked of it.
 */
function serverOf(chunks: number, { failsAt, isTorn = false }: { failsAt?: number; isTorn?: boolean } = {}) {
  const ends = Array.from({ length: chunks }, (_, place) => `${String(place + 1).padStart(8, '0')}-0`)
  const seen = {
    stretches: [] as Stretch[],
    asked: [] as number[],
    places: [] as (number | undefined)[],
    underWay: 0,
  }
  const answer: typeof fetch = async (input, init) => {
    const args: { p_after?: string; p_until?: string; p_chunks?: number; p_place?: number } = JSON.parse(
      String(init?.body),
    )
    const { p_after: after = '', p_until: until = '', p_chunks: wanted = 0 } = args
    const isLook = String(input).endsWith('tag_migration_chunks')
    const place = isLook ? 0 : seen.stretches.push({ after, until })
    seen.underWay += 1
    for (let turns = isLook ? 50 : 1; turns > 0; turns -= 1) await new Promise(setImmediate)
    seen.underWay -= 1
    if (isLook) {
      seen.asked.push(wanted)
      seen.places.push(args.p_place)
      return Response.json(ends.filter((end) => end > after).slice(0, wanted))
    }
    if (place === failsAt) return Response.json({ message: 'no', code: '42501' }, { status: 403 })
    const songs = CHUNK * ends.filter((end) => after < end && end <= until).length
    const isShort = isTorn && seen.places[0] === 0 && !seen.places.includes(undefined)
    return Response.json({ ...NOTHING, songs: until === AFTER_ALL ? songs + 1 : songs - Number(isShort) })
  }
  const client = createMigrationClient('http://127.0.0.1', 'sb_secret_x', answer)
  const policy = { maxRetries: 0, delayMs: 0, sleep: async () => {}, random: () => 0, onRetry: () => {} }
  return { ends, seen, database: new MigrationDatabase(client, policy) }
}

describe('the walk over the records of a run', () => {
  test.for([
    [1, 0],
    [1, 2],
    [1, 23],
    [2, 0],
    [2, 3],
    [2, 4],
    [2, 5],
    [2, 24],
    [2, 40],
    [2, 45],
    [2, 81],
    [3, 26],
  ])('with %i lanes and %i chunks, each song is in one stretch', async ([lanes = 0, chunks = 0]) => {
    const { ends, seen, database } = serverOf(chunks)
    const found = await validateSongs(database, RUN, lanes, () => {})
    const inOrder = seen.stretches.toSorted((a, b) => (a.after < b.after ? -1 : 1))
    expect(inOrder.map(({ after }) => after)).toEqual([
      BEFORE_ALL,
      ...inOrder.slice(0, -1).map(({ until }) => until),
    ])
    expect(inOrder.at(-1)?.until).toBe(AFTER_ALL)
    const missed = ends.filter((end) => !inOrder.some(({ after, until }) => after < end && end <= until))
    expect(missed).toEqual([])
    expect(found.songs).toBe(CHUNK * chunks + 1)
  })

  test('batches tell where chunks end; if one counted wrong, all is looked at again by the records', async () => {
    const whole = serverOf(45)
    const told: number[] = []
    await validateSongs(whole.database, RUN, 2, (more) => told.push(more))
    expect(whole.seen.places).toEqual([0, 4, 44])
    expect(told.reduce((sum, more) => sum + more)).toBe(45 * CHUNK + 1)

    const torn = serverOf(9, { isTorn: true })
    const begun: string[] = []
    const { records } = await validateSongsAndLive(torn.database, RUN, 2, () => {}, [
      async () => {
        begun.push('tags')
      },
    ])
    expect(torn.seen.places).toEqual([0, 4, undefined, undefined, undefined])
    // By the records no more ends are looked for at a time than the lanes have use for.
    expect(torn.seen.asked).toEqual([4, 40, 4, 4, 4])
    expect(torn.seen.stretches.filter(({ until }) => until === AFTER_ALL)).toHaveLength(2)
    expect(records.songs).toBe(9 * CHUNK + 1)
    expect(begun).toEqual(['tags'])
  })

  test.for([1, 2, 3])(
    'what else there is to do is begun, once, by %i lanes that have no songs left',
    async (lanes) => {
      const { seen, database } = serverOf(9)
      const begun: string[] = []
      const task = (name: string) => async () => {
        const taken = seen.stretches.some(({ until }) => until === AFTER_ALL)
        begun.push(taken ? name : `${name} too early`)
        await new Promise(setImmediate)
      }
      await validateSongsAndLive(database, RUN, lanes, () => {}, [task('tags'), task('batches')])
      expect(begun).toEqual(['tags', 'batches'])
    },
  )

  test('ends that are looked for ahead are waited for when a lane fails', async () => {
    const { seen, database } = serverOf(25, { failsAt: 2 })
    await expect(validateSongs(database, RUN, 2, () => {})).rejects.toMatchObject({ code: 'forbidden' })
    expect(seen.underWay).toBe(0)
  })
})
