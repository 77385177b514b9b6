import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ensureBuilt } from './app/ensureBuilt.ts'
import { distFolder } from './app/serveApp.ts'

/** JavaScript that the songs pages may load before they show; gzipped bytes. */
const LARGEST_FIRST_LOAD = 150_000

/** The songs pages are in the entry itself, so what index.html names is all that they load. */
async function firstLoad(): Promise<{ file: string; bytes: number }[]> {
  const page = await readFile(join(distFolder, 'index.html'), 'utf8')
  const files = [...page.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map((match) => match[1] ?? '')
  return Promise.all(
    [...new Set(files)].map(async (file) => ({
      file,
      bytes: gzipSync(await readFile(join(distFolder, file))).length,
    })),
  )
}

await ensureBuilt(() => undefined)
const files = await firstLoad()
const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
for (const { file, bytes } of files) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`)
console.log(
  `${(total / 1000).toFixed(1).padStart(7)} kB  first load, of ${LARGEST_FIRST_LOAD / 1000} kB allowed`,
)
if (files.length === 0 || total > LARGEST_FIRST_LOAD) process.exitCode = 1
