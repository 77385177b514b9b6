import type { Sql, TransactionSql } from 'postgres'
import { SeedRefused } from './seedRefused.ts'
import type { SeedArrangement, SeedBatch, SeedSong } from './seedSong.ts'

/** What to do about songs that are there already: refuse to seed, keep them, or empty the songbook first. */
export type WhenNotEmpty = 'refuse' | 'append' | 'reset'

/** SQLSTATEs that a person seeding can do something about. */
const UNIQUE_VIOLATION = '23505'
const UNDEFINED_TABLE = '42P01'

/**
 * Writes all batches in one transaction: all of them or nothing.
 *
 * JSON through `json_to_recordset` rather than COPY: the driver's COPY stream never settles when the server refuses
 * the last rows (its final callback hangs on CommandComplete), and a clash of ids is an everyday mistake here.
 * It costs little, bounds what the insert triggers see at once, and needs no escaping of our own.
 * @param onProgress Told after each batch how many songs are written so far.
 * @returns The number of songs written.
 * @throws SeedRefused when there are songs already, ids clash, or the tables are missing.
 */
export async function loadSongs(
  sql: Sql,
  batches: Iterable<SeedBatch> | AsyncIterable<SeedBatch>,
  whenNotEmpty: WhenNotEmpty,
  onProgress: (songs: number) => void = () => {},
): Promise<number> {
  try {
    const loaded = await sql.begin(async (transaction) => {
      // Two seeds at once would both find the songbook empty.
      await transaction`select pg_advisory_xact_lock(hashtext('songbook seed'))`
      await makeRoom(transaction, whenNotEmpty)
      let count = 0
      for await (const batch of batches) {
        await insertSongs(transaction, batch.songs)
        if (batch.arrangements.length > 0) await insertArrangements(transaction, batch.arrangements)
        count += batch.songs.length
        onProgress(count)
      }
      return count
    })
    // Without statistics the first plans would take a million songs for a handful; without the vacuum the first
    // reader, or a benchmark, would pay for setting the hint bits.
    await sql`vacuum (analyze) public.songs, public.arrangements`
    return loaded
  } catch (error) {
    throw explained(error)
  }
}

async function makeRoom(transaction: TransactionSql, whenNotEmpty: WhenNotEmpty): Promise<void> {
  if (whenNotEmpty === 'append') return
  if (whenNotEmpty === 'reset') {
    // Not truncate: it would pass by the triggers that keep usage counts and forget the songs' migration state, and
    // songs seeded again under the same ids would count as migrated.
    await transaction`delete from public.songs`
    return
  }
  const [songs] = await transaction`select exists (select from public.songs) as present`
  if (songs?.present) {
    throw new SeedRefused(
      'The songbook has songs already. Use --append to keep them and add more, or --reset to delete them first.',
    )
  }
}

async function insertSongs(transaction: TransactionSql, songs: readonly SeedSong[]): Promise<void> {
  await transaction`
    insert into public.songs (id, title, artist, lyrics, themes, created_at, updated_at)
    select s.id, s.title, s.artist, s.lyrics, s.themes, coalesce(s.created_at, now()), coalesce(s.created_at, now())
    from json_to_recordset(${JSON.stringify(songs)}::text::json) as s (
      id uuid, title text, artist text, lyrics text, themes text[], created_at timestamptz
    )`
}

async function insertArrangements(
  transaction: TransactionSql,
  arrangements: readonly SeedArrangement[],
): Promise<void> {
  await transaction`
    insert into public.arrangements (id, song_id, name, key, tempo, difficulty, time_signature)
    select a.id, a.song_id, a.name, a.key, a.tempo, a.difficulty, a.time_signature
    from json_to_recordset(${JSON.stringify(arrangements)}::text::json) as a (
      id uuid, song_id uuid, name text, key text, tempo smallint, difficulty smallint, time_signature text
    )`
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === UNIQUE_VIOLATION) {
    return new SeedRefused('These songs are there already. Use another --random-seed, or --reset.', {
      cause: error,
    })
  }
  if (error.code === UNDEFINED_TABLE) {
    return new SeedRefused('This database has no songbook. Apply supabase/migrations first.', {
      cause: error,
    })
  }
  return error
}
