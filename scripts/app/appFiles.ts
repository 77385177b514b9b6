import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export type AppFile = { body: Buffer; type: string }

/**
 * The built app by address, without source maps: they are for Sentry. Read once into memory (about 1 MB): no address can reach outside the folder, and a build
 * that runs meanwhile cannot mix old and new files.
 */
export async function readAppFiles(folder: string): Promise<Map<string, AppFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, AppFile]> => {
        const address = `/${relative(folder, file).split(sep).join('/')}`
        return [
          address,
          { body: await readFile(file), type: types[extname(file)] ?? 'application/octet-stream' },
        ]
      }),
    ),
  )
}
