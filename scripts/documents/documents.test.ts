import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alertRules } from '../../src/features/tags/monitoring/alertRules.ts'
import { seed } from '../seed/seed.ts'
import { projectRoot } from '../stack/project.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { documentedCommands } from './commands.ts'
import { npmCommand, optionsOf } from './npmCommand.ts'

const names = (await readdir(join(projectRoot, 'docs'), { recursive: true }))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
const pages = await Promise.all(
  ['README.md', ...names].map(async (file) => ({
    file,
    page: await readFile(join(projectRoot, file), 'utf8'),
  })),
)
const commands = pages.flatMap(({ file, page }) => documentedCommands(file, page))
const { scripts } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const pageOf = (file: string) => pages.find((page) => page.file === file)?.page ?? ''

interface Ended {
  code: number
  output: string
}

/** Runs a script of package.json as npm does, but on this very Node and with this environment alone. */
function runScript(script: string, args: string[], cwd: string, env: Record<string, string>): Promise<Ended> {
  const words = (scripts[script] ?? '').split(' ')
  if (words[0] !== 'node') throw new Error(`npm run ${script} is no script of Node.`)
  const file = words.findLastIndex((word) => word.endsWith('.ts'))
  const before = words.slice(1, file).map((word) => word.replace(/^\.\//, `${projectRoot}/`))
  const all = [...before, join(projectRoot, words[file] ?? ''), ...words.slice(file + 1), ...args]
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      all,
      { cwd, env: { PATH, HOME, NODE_COMPILE_CACHE, ...env } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr })
      },
    )
  })
}

describe('commands', () => {
  const calls = commands.flatMap(({ place, command }) => {
    const call = npmCommand(command)
    return call === null ? [] : [{ place, ...call }]
  })
  const withOptions = calls.filter(({ args }) => args.some((arg) => arg.startsWith('--')))

  test('each calls a script that there is', () => {
    expect(calls.length).toBeGreaterThan(50)
    expect(calls.filter(({ script }) => scripts[script] === undefined)).toEqual([])
  })

  test.each([...new Set(withOptions.map(({ script }) => script))])('%s knows its options', async (script) => {
    const { output } = await runScript(script, ['--help'], projectRoot, {})
    const known = optionsOf(output)
    const unknown = withOptions.flatMap(({ place, script: called, args }) =>
      args
        .filter((arg) => called === script && arg.startsWith('--'))
        .filter((arg) => !known.has(arg.replace(/[=,;:.)”].*$/, '')))
        .map((arg) => `${place}: ${arg}`),
    )
    expect(unknown).toEqual([])
  })

  describe('that can be tried at once do what the page says, one after the other', () => {
    let database: TestDatabase
    let scratch: string
    beforeAll(async () => {
      scratch = await mkdtemp(join(tmpdir(), 'songbook-documents-'))
      database = await createTestDatabase({ http: true })
      const source = { songs: 40 }
      await seed({ dbUrl: database.dbUrl, source, randomSeed: 'documents', whenNotEmpty: 'refuse' })
    })
    afterAll(async () => {
      await database?.drop()
      await rm(scratch, { recursive: true, force: true })
    })

    // A page is read from its top, and the runbook before the checklist that says "if songs are migrated".
    const tried = ['docs/runbook.md', 'docs/deployment.md'].flatMap((file) =>
      documentedCommands(file, pageOf(file)).filter(({ how }) => how?.startsWith('run')),
    )
    test.each(tried)('$command ($place)', async ({ command, how }) => {
      const { script, args } = npmCommand(command) ?? { script: '', args: [] }
      const answered = how === 'run, asks' ? [...args, '--yes'] : args
      const ended = await runScript(script, answered, scratch, {
        SUPABASE_URL: database.apiUrl,
        SUPABASE_SECRET_KEY: database.secretKey,
      })
      expect(ended).toMatchObject({ code: 0 })
      expect(ended.output).not.toContain(database.secretKey)
    })
  })
})

test('every link leads to a page, and every section that is named is there', async () => {
  const broken: string[] = []
  for (const { file, page } of pages) {
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.'
    for (const [, link, picture] of page.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)) {
      const address = link ?? picture
      if (address === undefined || /^[a-z]+:/.test(address)) continue
      const [path = '', section] = address.split('#')
      const target = path === '' ? file : join(folder, path)
      const text = await readFile(join(projectRoot, target), 'utf8').catch((error: NodeJS.ErrnoException) =>
        error.code === 'EISDIR' ? '' : undefined,
      )
      if (text === undefined || (section !== undefined && !sectionsOf(text).includes(section)))
        broken.push(`${file}: ${address}`)
    }
  }
  expect(broken).toEqual([])
})

test('every alert has a section that says what to do, and a line in the runbook', () => {
  const sections = sectionsOf(pageOf('docs/monitoring.md'))
  for (const { id } of alertRules) {
    expect(sections).toContain(id)
    expect(pageOf('docs/runbook.md')).toContain(`[${id}](monitoring.md#${id})`)
  }
})

test('the runbook explains every code that a command can end with, and no other', async () => {
  const source = await readFile(join(projectRoot, 'src/features/tags/migration/migrationFailure.ts'), 'utf8')
  const [declared = ''] = source.split('\n\n')
  const codes = [...declared.matchAll(/'([\w-]+)'/g)].map(([, code]) => code)
  const [, table = ''] = pageOf('docs/runbook.md').split('### What each message means')
  const [rows = ''] = table.split('Exit codes:')
  expect(codes.length).toBeGreaterThan(10)
  expect([...rows.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code)).toEqual(codes)
})

test('the decision tree of the runbook has a branch for every status of a run', async () => {
  const source = await readFile(join(projectRoot, 'src/features/tags/migration/migrationDatabase.ts'), 'utf8')
  const [, declared = ''] = /status: z\.enum\(\[([^\]]+)\]/.exec(source) ?? []
  const statuses = [...declared.matchAll(/'(\w+)'/g)].map(([, status = '']) => status.replace('_', ' '))
  const [, tree = ''] = /```text\n(Does the app answer\?[\s\S]*?)```/.exec(pageOf('docs/runbook.md')) ?? []
  const branches = [...tree.matchAll(/^ {3}[├└]─ (.*?)(?: ── .*)?$/gm)].map(([, when]) => when).join('\n')
  expect(statuses.length).toBeGreaterThan(5)
  expect(statuses.filter((status) => !new RegExp(`\\b${status}\\b`).test(branches))).toEqual([])
})

test('the picture of the architecture has a room for every folder, and none that is not there', async () => {
  const [, picture = ''] = /```text rooms\n([\s\S]*?)```/.exec(pageOf('docs/architecture.md')) ?? []
  const rooms = new Set(picture.match(/(?:src|scripts|supabase)\/[\w/-]+/g))
  const foldersIn = async (folder: string) => {
    const entries = await readdir(join(projectRoot, folder), { withFileTypes: true })
    return entries.flatMap((entry) => (entry.isDirectory() ? `${folder}/${entry.name}` : []))
  }
  for (const room of rooms)
    expect([room, await foldersIn(room).catch(() => 'is no folder')]).toEqual([room, expect.any(Array)])
  const inside = ['src', 'src/features', 'src/features/tags', 'supabase/functions']
  const folders = (await Promise.all(inside.map(foldersIn))).flat()
  const drawn = [...rooms].join('\n')
  // A folder that holds rooms need not be one.
  expect(folders.filter((folder) => !drawn.includes(folder))).toEqual([])
})

test('every folder of the workshop is told of in the list of places', async () => {
  const entries = await readdir(join(projectRoot, 'scripts'), { withFileTypes: true })
  const folders = entries.flatMap((entry) => (entry.isDirectory() ? `scripts/${entry.name}` : []))
  const page = pageOf('docs/architecture.md')
  expect(folders.filter((folder) => !page.includes(`\`${folder}\``))).toEqual([])
})

/** As the addresses of headings are made. */
function sectionsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    (title ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s-]/gu, '')
      .replaceAll(/\s/g, '-'),
  )
}
