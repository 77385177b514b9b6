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
function serverOf(
  chunks: number,
  {
    failsAt,
    isTorn = false,
    knownToBatches = chunks,
  }: { failsAt?: number; isTorn?: boolean; knownToBatches?: number } = {},
) {
  const ends = Array.from({ length: chunks }, (_, place) => `${String(place + 1).padStart(8, '0')}-0`)
  const seen = {
    stretches: [] as Stretch[],
    asked: [] as number[],
    places: [] as (number | undefined)[],
    underWay: 0,
    mostUnderWay: 0,
  }
  const underWay = async (turns: number) => {
    seen.underWay += 1
    seen.mostUnderWay = Math.max(seen.mostUnderWay, seen.underWay)
    for (let left = turns; left > 0; left -= 1) await new Promise(setImmediate)
    seen.underWay -= 1
  }
  const answer: typeof fetch = async (input, init) => {
    const args: { p_after?: string; p_until?: string; p_chunks?: number; p_place?: number } = JSON.parse(
      String(init?.body),
    )
    const { p_after: after = '', p_until: until = '', p_chunks: wanted = 0 } = args
    const isLook = String(input).endsWith('tag_migration_chunks')
    const isFirstWalk = !seen.stretches.some((stretch) => stretch.until === AFTER_ALL)
    const place = isLook ? 0 : seen.stretches.push({ after, until })
    await underWay(isLook ? 50 : 1)
    if (isLook) {
      seen.asked.push(wanted)
      seen.places.push(args.p_place)
      const known = args.p_place === undefined ? ends : ends.slice(0, knownToBatches)
      return Response.json(known.filter((end) => end > after).slice(0, wanted))
    }
    if (place === failsAt) return Response.json({ message: 'no', code: '42501' }, { status: 403 })
    const songs = CHUNK * ends.filter((end) => after < end && end <= until).length
    const isShort = isTorn && isFirstWalk
    return Response.json({ ...NOTHING, songs: until === AFTER_ALL ? songs + 1 : songs - Number(isShort) })
  }
  const client = createMigrationClient('http://127.0.0.1', 'sb_secret_x', answer)
  const policy = { maxRetries: 0, delayMs: 0, sleep: async () => {}, random: () => 0, onRetry: () => {} }
  return { ends, seen, underWay, database: new MigrationDatabase(client, policy) }
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

  test('batches tell where chunks end, and records where no batch does', async () => {
    const { ends, seen, database } = serverOf(45)
    const told: number[] = []
    await validateSongs(database, RUN, 2, (more) => told.push(more))
    expect(seen.places).toEqual([0, 40, undefined])
    expect(told.reduce((sum, more) => sum + more)).toBe(45 * CHUNK + 1)

    const short = serverOf(12, { knownToBatches: 5 })
    await validateSongs(short.database, RUN, 2, () => {})
    expect(short.seen.places).toEqual([0, undefined, undefined])
    expect(short.seen.asked).toEqual([40, 4, 4])
    expect(short.seen.stretches.at(-1)).toEqual({ after: ends[11], until: AFTER_ALL })
  })

  test.for([1, 2])(
    'has %i lanes with one call each under way, and what is told takes its turn',
    async (lanes) => {
      const { seen, underWay, database } = serverOf(45)
      await validateSongs(database, RUN, lanes, () => underWay(3))
      expect(seen.mostUnderWay).toBe(lanes)
    },
  )

  test('if a batch counted wrong, all is looked at again by the records, and can be stopped', async () => {
    const { seen, database } = serverOf(9, { isTorn: true })
    const begun: string[] = []
    const told: number[] = []
    const task = async () => {
      begun.push('tags')
    }
    const found = await validateSongsAndLive(database, RUN, 2, (more) => told.push(more), [task])
    expect(seen.places).toEqual([0, undefined, undefined, undefined, undefined])
    // By the records no more ends are looked for at a time than the lanes have use for.
    expect(seen.asked).toEqual([40, 4, 4, 4, 4])
    expect(seen.stretches.filter(({ until }) => until === AFTER_ALL)).toHaveLength(2)
    expect(found.records.songs).toBe(9 * CHUNK + 1)
    expect(begun).toEqual(['tags'])

    const again = serverOf(9, { isTorn: true })
    const stopped = validateSongs(again.database, RUN, 1, () => {
      if (again.seen.stretches.some(({ until }) => until === AFTER_ALL)) throw new Error('Stopped.')
    })
    await expect(stopped).rejects.toThrow('Stopped.')
  })

  test.for([1, 2, 3])(
    'what else there is to do is begun, once, by %i lanes that have no songs left',
    async (lanes) => {
      const { seen, database } = serverOf(9)
      const begun: string[] = []
      const task = (name: string) => async () => {
        // What another lane took last is on its way.
        await new Promise(setImmediate)
        const taken = seen.stretches.some(({ until }) => until === AFTER_ALL)
        begun.push(taken ? name : `${name} too early`)
        await new Promise(setImmediate)
      }
      await validateSongsAndLive(database, RUN, lanes, () => {}, [task('tags'), task('batches')])
      expect(begun).toEqual(['tags', 'batches'])
    },
  )

  test('ends that are looked for ahead are waited for when a lane fails', async () => {
    const { seen, database } = serverOf(25, { failsAt: 2, knownToBatches: 0 })
    await expect(validateSongs(database, RUN, 2, () => {})).rejects.toMatchObject({ code: 'forbidden' })
    expect(seen.underWay).toBe(0)
  })
})
