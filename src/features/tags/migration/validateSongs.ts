import * as z from 'zod/mini'
import { certificateOf, SONGS_PER_LEAF } from './certificate.ts'
import { inLanes } from './inLanes.ts'
import { CHUNKS_AT_ONCE, joinChunks } from './joinChunks.ts'
import { AFTER_ALL, BEFORE_ALL, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import type { CheckedValidation } from './types.ts'
import {
  addLive,
  type LiveFindings,
  type LiveStretch,
  liveSchema,
  nothingLive,
  validateLive,
} from './validateLive.ts'
import { foundNothing, MOST_DIFFERENCES } from './validationCheck.ts'

const SONGS_PER_CHUNK = 10 * SONGS_PER_LEAF
/** Of a few hundred records a batch tells the end: forty take little longer than four. */
const ENDS_AT_ONCE = 40
const QUERY = 'tag_migration_validate_songs'

const songsSchema = z.object({
  songs: z.number(),
  edited: z.number(),
  deleted: z.number(),
  forgotten: z.number(),
  renamed: z.array(z.string()),
  merged: z.array(z.string()),
  leaves: z.array(z.string()),
  differing: z.number(),
  differences: z.array(z.record(z.string(), z.unknown())),
  /** All songs of the stretch as they are now; null when they were not looked at. */
  live: z.nullable(liveSchema),
})

/** What validating the records of a run found; `differing` counts all, `differences` names the first thousand. */
export interface SongFindings {
  songs: number
  /** Songs whose themes or own links people changed since. */
  edited: number
  deleted: number
  /** Deleted songs whose before-image was erased. */
  forgotten: number
  /** Tags by id: renamed, or merged into others, since. */
  renamed: ReadonlySet<string>
  merged: ReadonlySet<string>
  differing: number
  differences: Record<string, unknown>[]
  /** null when the run did no song, or when a before-image that it was made of is gone. */
  certificate: string | null
}

/**
 * Recomputes each record of the run and its certificate, chunk by chunk.
 * @param lanes chunks under way at once
 * @param onSongs told how many records more were looked at; a lane goes on when what it returns is done
 * @param afterwards what else there is to do: each is begun by the first lane that has nothing else left
 * @throws MigrationFailure
 */
export async function validateSongs(
  database: MigrationDatabase,
  run: Pick<Run, 'id'>,
  lanes: number,
  onSongs: (more: number) => unknown,
  afterwards: readonly Task[] = [],
): Promise<SongFindings> {
  const { records } = await inWholeLeaves({ onSongs, afterwards }, (attempt) =>
    walkRecords(database, run, lanes, attempt, ({ songs }) => attempt.onSongs(songs)),
  )
  return records
}

/**
 * The same, and what every song of the songbook looks like now: mostly told by the answer that its record is judged by.
 * @param onSongs told how many songs or records more were looked at; a lane goes on when what it returns is done
 * @throws MigrationFailure
 */
export async function validateSongsAndLive(
  database: MigrationDatabase,
  run: Pick<Run, 'id'>,
  lanes: number,
  onSongs: (more: number) => unknown,
  afterwards: readonly Task[],
): Promise<{ records: SongFindings; live: LiveFindings }> {
  const { records, found, left } = await inWholeLeaves({ onSongs, afterwards }, async (attempt) => {
    const found = nothingLive()
    const left: LiveStretch[] = []
    const walked = await walkRecords(database, run, lanes, attempt, async ({ songs, live }, chunk) => {
      if (live === null) left.push(chunk)
      else addLive(found, live)
      // As they were recorded, and as they are now.
      await attempt.onSongs(live === null ? songs : 2 * songs)
    })
    return { ...walked, found, left }
  })
  addLive(found, await validateLive(database, left, lanes, onSongs))
  return { records, live: found }
}

type SongsAnswer = z.infer<typeof songsSchema>
type Task = () => Promise<void>

interface Attempt {
  /** Where chunks end is told by what the batches counted, or each record is counted for it. */
  countedBy: 'batches' | 'records'
  onSongs: (more: number) => unknown
  afterwards: readonly Task[]
}

/** A leaf has a thousand songs: walks once more, by the records themselves, where the batches had counted wrong. */
async function inWholeLeaves<T extends { isTorn: boolean }>(
  first: Omit<Attempt, 'countedBy'>,
  walk: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const walked = await walk({ ...first, countedBy: 'batches' })
  if (!walked.isTorn) return walked
  // Nothing new, but whoever is told may want to stop.
  return walk({ countedBy: 'records', onSongs: () => first.onSongs(0), afterwards: [] })
}

async function walkRecords(
  database: MigrationDatabase,
  run: Pick<Run, 'id'>,
  lanes: number,
  { countedBy, afterwards }: Attempt,
  onAnswer: (answer: SongsAnswer, chunk: Chunk) => unknown,
): Promise<{ records: SongFindings; isTorn: boolean }> {
  const found = { songs: 0, edited: 0, deleted: 0, forgotten: 0, differing: 0 }
  const renamed = new Set<string>()
  const merged = new Set<string>()
  const differences: Record<string, unknown>[] = []
  const leaves: string[][] = []
  let isTorn = false
  const chunks = chunksOf(database, run.id, lanes, countedBy)
  const tasks = [...afterwards]
  const walk = async (halted: () => boolean) => {
    for (let chunk = await chunks.next(); !chunk.done && !halted(); chunk = await chunks.next()) {
      const { place, after, until, songs } = chunk.value
      const answer = await database.call(
        QUERY,
        { p_run: run.id, p_after: after, p_until: until },
        songsSchema,
      )
      isTorn ||= songs !== undefined && songs !== answer.songs
      for (const count of ['songs', 'edited', 'deleted', 'forgotten', 'differing'] as const)
        found[count] += answer[count]
      for (const tag of answer.renamed) renamed.add(tag)
      for (const tag of answer.merged) merged.add(tag)
      differences.push(...answer.differences.slice(0, MOST_DIFFERENCES - differences.length))
      leaves[place] = answer.leaves
      await onAnswer(answer, chunk.value)
    }
    for (let task = tasks.shift(); task && !halted(); task = tasks.shift()) await task()
  }
  try {
    await inLanes(Array.from({ length: lanes }, () => walk))
  } finally {
    await chunks.return(undefined)
  }
  const isWhole = found.songs > 0 && found.forgotten === 0
  const certificate = isWhole ? await certificateOf(leaves.flat()) : null
  return { records: { ...found, renamed, merged, differences, certificate }, isTorn }
}

interface Chunk extends LiveStretch {
  /** Its turn, from 0. */
  place: number
  /** How many it must have, where that was not counted. */
  songs?: number
}

/** The run's songs, some chunks at once, by rank of their ids; leaves must not be torn apart. Lanes may share it. */
async function* chunksOf(
  database: MigrationDatabase,
  runId: string,
  lanes: number,
  countedBy: Attempt['countedBy'],
): AsyncGenerator<Chunk, undefined> {
  let isByBatches = countedBy === 'batches'
  const askFrom = (song: string, before: number, chunks: number) => {
    const args = { p_run: runId, p_after: song, p_chunk: SONGS_PER_CHUNK, p_chunks: chunks }
    const place = isByBatches ? { p_place: before } : {}
    const coming = database.call('tag_migration_chunks', { ...args, ...place }, z.array(z.string()))
    // Told to whoever waits for it, and that may be nobody any more.
    coming.catch(() => undefined)
    return coming
  }
  let place = 0
  let after = BEFORE_ALL
  let before = 0
  let ahead: Promise<string[]> | undefined
  try {
    for (;;) {
      const wasByBatches = isByBatches
      // By records no more than the lanes take next: what was read is still in memory then.
      const asked = isByBatches ? ENDS_AT_ONCE : CHUNKS_AT_ONCE * lanes
      const ends = await (ahead ?? askFrom(after, before, asked))
      const areLast = ends.length < asked
      before += ends.length
      // Where batches end, records say whether more songs follow than these know of: no stretch must be without end.
      isByBatches &&= !areLast
      const isOver = areLast && !wasByBatches
      // The first look at a new record is slow, so the next ends are looked for while these chunks are validated. What
      // batches tell comes at once: beside the lanes it would take another connection, whose first stretch is a slow one.
      ahead = isOver || wasByBatches || lanes === 1 ? undefined : askFrom(ends.at(-1) ?? after, before, asked)
      let taken = 0
      for (const until of joinChunks(ends, lanes, areLast)) {
        const chunks = ends.indexOf(until) + 1 - taken
        const songs = countedBy === 'batches' ? { songs: chunks * SONGS_PER_CHUNK } : {}
        yield { place, after, until, ...songs }
        place += 1
        taken += chunks
        after = until
      }
      if (isOver) break
    }
  } finally {
    await ahead?.catch(() => undefined)
  }
  yield { place, after, until: AFTER_ALL }
  return undefined
}

/** What must hold of every record, whatever people did since. */
export function songsCheck(found: SongFindings): CheckedValidation {
  return foundNothing(
    'every before-image matches its line, plan and song',
    QUERY,
    found.differing,
    found.differences,
  )
}
