import { withConnection } from '../stack/connect.ts'
import { loadSongs, type WhenNotEmpty } from './loadSongs.ts'
import { makeSongs } from './makeSongs.ts'
import { checkSongFile, readSongFile } from './readSongFile.ts'
import { type SongsSummary, summarizeSongs } from './summarizeSongs.ts'

/** Songs made from the bundled hymns, or those of a JSON Lines file. */
export type SeedSource = { songs: number } | { file: string }

export interface SeedOptions {
  dbUrl: string
  source: SeedSource
  /** Any text; the same text gives the same songs. */
  randomSeed: string
  whenNotEmpty: WhenNotEmpty
  /** Told after each batch. */
  onProgress?: (done: number, total: number) => void
}

/** What was written, and what the songbook holds now. */
export interface SeedReport extends SongsSummary {
  loaded: number
  randomSeed: string
  durationMs: number
}

/**
 * Fills the songbook in one transaction.
 * @throws SeedRefused with nothing changed: a bad line in the file, or songs that are there already.
 */
export async function seed(options: SeedOptions): Promise<SeedReport> {
  const { dbUrl, source, randomSeed, whenNotEmpty, onProgress } = options
  const started = performance.now()
  const total = 'file' in source ? await checkSongFile(source.file) : source.songs
  const batches =
    'file' in source ? readSongFile(source.file, randomSeed) : makeSongs(source.songs, randomSeed)
  return withConnection(dbUrl, async (sql) => {
    const loaded = await loadSongs(sql, batches, whenNotEmpty, (done) => onProgress?.(done, total))
    const summary = await summarizeSongs(sql)
    return { loaded, randomSeed, ...summary, durationMs: Math.round(performance.now() - started) }
  })
}
