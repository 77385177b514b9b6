import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkSongFile, readSongFile } from './readSongFile.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'song-file-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function fileOf(content: string | Buffer, name = `songs-${++files}.jsonl`): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function songsIn(path: string, randomSeed = '1') {
  const songs = []
  for await (const batch of readSongFile(path, randomSeed, 2)) songs.push(...batch.songs)
  return songs
}

const themesIn = async (content: string | Buffer) =>
  (await songsIn(await fileOf(content))).map(({ title, themes }) => ({ title, themes }))

describe('readSongFile', () => {
  it('keeps themes exactly, and tells NULL, missing and empty apart from nothing', async () => {
    const themes = [' Praise', 'praise', null, '', 'praise', 'Noe\u0308l', 'NULL', '{a,"b"}', '\\N', '\u202e']
    const content = [
      { title: 'Odd', themes },
      { title: 'Empty', themes: [] },
      { title: 'Null', themes: null },
      { title: 'Missing' },
    ]
    expect(await themesIn(content.map((line) => JSON.stringify(line)).join('\n'))).toEqual([
      { title: 'Odd', themes },
      { title: 'Empty', themes: [] },
      { title: 'Null', themes: null },
      { title: 'Missing', themes: null },
    ])
  })

  it('takes a byte order mark, CRLF, blank lines, further fields and no last newline', async () => {
    const content = '\ufeff{"title":"A","themes":["x"],"key":"G"}\r\n\r\n   \n{"title":"B","themes":null}'
    expect(await themesIn(content)).toEqual([
      { title: 'A', themes: ['x'] },
      { title: 'B', themes: null },
    ])
  })

  it('puts characters together that a read has cut in two', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => ({
      title: `찬송 ${index} 🎄`,
      themes: ['은혜'],
    }))
    expect(await themesIn(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual(lines)
  })

  it('gives ids that follow from the seed, the name, the line and its number', async () => {
    const line = '{"title":"A","themes":[]}'
    const path = await fileOf(`${line}\n${line}\n`)
    const ids = (await songsIn(path)).map(({ id }) => id)
    expect(new Set(ids).size).toBe(2)
    expect((await songsIn(path)).map(({ id }) => id)).toEqual(ids)
    expect((await songsIn(path, '2')).map(({ id }) => id)).not.toEqual(ids)
    const other = await fileOf(`${line}\n${line}\n`)
    expect((await songsIn(other)).map(({ id }) => id)).not.toEqual(ids)
  })

  it('stops at a bad line, should the file have changed since it was checked', async () => {
    await expect(songsIn(await fileOf('{"title":"A"}\n{}\n'))).rejects.toThrow('line 2: "title" is missing')
  })
})

describe('checkSongFile', () => {
  it('counts the songs', async () => {
    expect(await checkSongFile(await fileOf('{"title":"A"}\n\n{"title":"B"}\n'))).toBe(2)
  })

  it.each([
    { bad: '{"title":"A"', problem: 'not JSON; each line is one {"title", "themes"}' },
    { bad: '["A"]', problem: 'expected an object {"title", "themes"}, found an array' },
    { bad: 'null', problem: 'expected an object {"title", "themes"}, found null' },
    { bad: '"A"', problem: 'expected an object {"title", "themes"}, found a string' },
    { bad: '{"themes":[]}', problem: '"title" is missing' },
    { bad: '{"title":7}', problem: '"title" must be text, found a number' },
    { bad: '{"title":" \\t"}', problem: '"title" is blank' },
    { bad: `{"title":"${'🎄'.repeat(301)}"}`, problem: '"title" is longer than 300 characters' },
    { bad: '{"title":"A\\u0000"}', problem: '"title" holds \\u0000, which Postgres cannot store' },
    {
      bad: '{"title":"A","themes":"praise"}',
      problem: '"themes" must be an array of texts, or null; found a string',
    },
    {
      bad: '{"title":"A","themes":{"0":"x"}}',
      problem: '"themes" must be an array of texts, or null; found a object',
    },
    { bad: '{"title":"A","themes":["x",7]}', problem: '"themes"[1] must be text or null, found a number' },
    { bad: '{"title":"A","themes":[["x"]]}', problem: '"themes"[0] must be text or null, found an array' },
    {
      bad: '{"title":"A","themes":["x\\u0000"]}',
      problem: '"themes"[0] holds \\u0000, which Postgres cannot store',
    },
    {
      bad: '{"title":"A","themes":["\\ud83c"]}',
      problem: '"themes"[0] holds half of a surrogate pair, which is no character',
    },
    { bad: `{"title":"${'a'.repeat(1 << 20)}"}`, problem: 'longer than 1024 KiB' },
  ])('names the line and what is wrong with it: $problem', async ({ bad, problem }) => {
    const path = await fileOf(`{"title":"Good"}\n\n${bad}\n{"title":"Good too"}\n`, 'bad.jsonl')
    await expect(checkSongFile(path)).rejects.toMatchObject({
      name: 'SeedRefused',
      message: `bad.jsonl, line 3: ${problem}`,
    })
  })

  it('takes a title of exactly 300 characters', async () => {
    expect(await checkSongFile(await fileOf(`{"title":"${'🎄'.repeat(300)}"}`))).toBe(1)
  })

  it('names the line that is not UTF-8', async () => {
    const latin1 = Buffer.from('{"title":"Noël"}\n', 'latin1')
    const path = await fileOf(Buffer.concat([Buffer.from('{"title":"A"}\n'), latin1]), 'latin1.jsonl')
    await expect(checkSongFile(path)).rejects.toThrow('latin1.jsonl, line 2: not UTF-8')
  })

  it('tells a UTF-16 file apart from songs', async () => {
    const path = await fileOf(Buffer.from('\ufeff{"title":"A"}\n', 'utf16le'))
    await expect(checkSongFile(path)).rejects.toThrow('line 1: not UTF-8; save the file as UTF-8')
  })

  it('names the first ten bad lines and counts the rest', async () => {
    const path = await fileOf('{}\n'.repeat(25))
    await expect(checkSongFile(path)).rejects.toThrow(/line 10: .*\n… and 15 more bad lines$/)
  })

  it('refuses a file without songs, one that is not there, and a folder', async () => {
    await expect(checkSongFile(await fileOf('\n\n'))).rejects.toThrow('has no songs')
    await expect(checkSongFile(join(folder, 'none'))).rejects.toThrow('there is no such file')
    await expect(checkSongFile(folder)).rejects.toThrow('this is a folder, not a file')
  })

  it('does not keep a line that never ends', async () => {
    const path = await fileOf('x')
    // Sparse: takes no room on the disk.
    await truncate(path, 256 << 20)
    const before = process.memoryUsage().rss
    await expect(checkSongFile(path)).rejects.toThrow('line 1: longer than 1024 KiB')
    expect(process.memoryUsage().rss - before).toBeLessThan(128 << 20)
  })
})
