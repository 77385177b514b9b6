import { hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { SeededRandom } from './seededRandom.ts'
import { SeedRefused } from './seedRefused.ts'
import type { SeedBatch, SeedSong } from './seedSong.ts'

/** Longest line taken, in bytes: what keeps the memory bounded when a file has no line ends at all. */
const LONGEST_LINE = 1 << 20

/** As `public.songs` has it. */
const LONGEST_TITLE = 300

/** Bad lines that are told one by one; the rest is only counted. */
const BAD_LINES_SHOWN = 10

const NEWLINE = 0x0a

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What is wrong with one line, without its number. */
class BadLine extends Error {}

/**
 * Reads a whole JSON Lines file of `{"title", "themes"}` and keeps nothing of it.
 * @returns The number of songs in it.
 * @throws SeedRefused naming the bad lines, or why the file cannot be read.
 */
export async function checkSongFile(path: string): Promise<number> {
  const problems: string[] = []
  let bad = 0
  let songs = 0
  for await (const { number, song, problem } of readLines(path, '')) {
    if (song) songs += 1
    if (!problem) continue
    bad += 1
    if (bad <= BAD_LINES_SHOWN) problems.push(`${basename(path)}, line ${number}: ${problem}`)
  }
  if (bad > BAD_LINES_SHOWN) problems.push(`… and ${bad - BAD_LINES_SHOWN} more bad lines`)
  if (bad > 0) throw new SeedRefused(problems.join('\n'))
  if (songs === 0) throw new SeedRefused(`${basename(path)} has no songs: one {"title", "themes"} a line.`)
  return songs
}

/**
 * Streams the songs of a file in batches, their themes exactly as written. An id follows from the random seed, the
 * file's name, the line and its number: the same file gives the same songs, and is not taken twice.
 * @throws SeedRefused at the first bad line, should the file have changed since it was checked.
 */
export async function* readSongFile(
  path: string,
  randomSeed: string,
  batchSize = 2000,
): AsyncGenerator<SeedBatch> {
  let batch: SeedBatch = { songs: [], arrangements: [] }
  for await (const { number, song, problem } of readLines(path, `${randomSeed}/${basename(path)}`)) {
    if (problem) throw new SeedRefused(`${basename(path)}, line ${number}: ${problem}`)
    if (song) batch.songs.push(song)
    if (batch.songs.length < batchSize) continue
    yield batch
    batch = { songs: [], arrangements: [] }
  }
  if (batch.songs.length > 0) yield batch
}

interface Line {
  /** From 1; blank lines count. */
  number: number
  song?: SeedSong
  problem?: string
}

async function* readLines(path: string, idNamespace: string): AsyncGenerator<Line> {
  let number = 0
  for await (const bytes of splitLines(path)) {
    number += 1
    try {
      const song = parseLine(bytes, number, idNamespace)
      yield song ? { number, song } : { number }
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      yield { number, problem: error.message }
    }
  }
}

/** Lines without their newline; null stands for one that is too long. */
async function* splitLines(path: string): AsyncGenerator<Buffer | null> {
  let pieces: Buffer[] = []
  let length = 0
  const takeLine = (): Buffer | null => {
    const line = length > LONGEST_LINE ? null : Buffer.concat(pieces)
    pieces = []
    length = 0
    return line
  }
  const add = (piece: Buffer) => {
    length += piece.length
    // Beyond the limit only the length is kept.
    if (length <= LONGEST_LINE) pieces.push(piece)
  }
  for await (const chunk of openFile(path)) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end))
      start = end + 1
      yield takeLine()
    }
    add(chunk.subarray(start))
  }
  if (length > 0) yield takeLine()
}

const READ_ERRORS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'there is no permission to read it',
}

async function* openFile(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = READ_ERRORS[code]
    if (!reason) throw error
    throw new SeedRefused(`${path}: ${reason}.`, { cause: error })
  }
}

/** @returns null for a blank line. @throws BadLine */
function parseLine(bytes: Buffer | null, number: number, idNamespace: string): SeedSong | null {
  if (bytes === null) throw new BadLine(`longer than ${LONGEST_LINE / 1024} KiB`)
  const text = decode(bytes, number)
  if (text.trim() === '') return null
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadLine(`expected an object {"title", "themes"}, found ${nameOf(value)}`)
  }
  const { title, themes } = value as { title?: unknown; themes?: unknown }
  return {
    id: new SeededRandom(`${idNamespace}/${number}/${hash('sha256', bytes)}`).uuid(),
    title: parseTitle(title),
    themes: parseThemes(themes),
  }
}

function decode(bytes: Buffer, number: number): string {
  try {
    const text = utf8.decode(bytes)
    return number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text
  } catch {
    throw new BadLine('not UTF-8; save the file as UTF-8')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own message quotes the line, which may hold anything, and differs between versions.
    throw new BadLine('not JSON; each line is one {"title", "themes"}')
  }
}

function parseTitle(title: unknown): string {
  if (title === undefined) throw new BadLine('"title" is missing')
  if (typeof title !== 'string') throw new BadLine(`"title" must be text, found ${nameOf(title)}`)
  if (title.trim() === '') throw new BadLine('"title" is blank')
  // Postgres counts characters, JavaScript UTF-16 units.
  if (Array.from(title).length > LONGEST_TITLE) {
    throw new BadLine(`"title" is longer than ${LONGEST_TITLE} characters`)
  }
  checkStorable(title, '"title"')
  return title
}

function parseThemes(themes: unknown): (string | null)[] | null {
  if (themes === undefined || themes === null) return null
  if (!Array.isArray(themes)) {
    throw new BadLine(`"themes" must be an array of texts, or null; found ${nameOf(themes)}`)
  }
  return themes.map((theme: unknown, index) => {
    const where = `"themes"[${index}]`
    if (theme === null) return null
    if (typeof theme !== 'string') throw new BadLine(`${where} must be text or null, found ${nameOf(theme)}`)
    checkStorable(theme, where)
    return theme
  })
}

/** Postgres text holds neither; half a pair would silently become U+FFFD on its way. */
function checkStorable(text: string, where: string): void {
  if (text.includes('\u0000')) throw new BadLine(`${where} holds \\u0000, which Postgres cannot store`)
  if (!text.isWellFormed())
    throw new BadLine(`${where} holds half of a surrogate pair, which is no character`)
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
