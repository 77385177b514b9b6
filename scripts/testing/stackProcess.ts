import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import { withConnection } from '../stack/connect.ts'
import { memoryFolders } from '../stack/postgresHome.ts'
import { projectRoot } from '../stack/project.ts'

const coordinatesSchema = z.strictObject({
  apiUrl: z.url(),
  dbUrl: z.url(),
  publishableKey: z.string(),
  secretKey: z.string(),
})

/** What a stack prints with `--json`. */
export type StackCoordinates = z.infer<typeof coordinatesSchema>

/** A `stack --json` in a process of its own. */
export interface StackProcess {
  child: ChildProcess
  /** Resolves with its line, rejects with what it said when it ends without one. */
  ready: Promise<StackCoordinates>
  /** Resolves when it has ended; stdout must have been that one line or nothing. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

/** A folder for a stack of the test's own, open to PostgreSQL's account as a checkout usually is. */
export async function makeStackFolder(): Promise<string> {
  const [parent = tmpdir()] = await memoryFolders()
  const folder = await mkdtemp(join(parent, 'stack-test-'))
  await chmod(folder, 0o755)
  return folder
}

/** Leaves in a stack's folder a song and what a stack would whose migrations were edited since. */
export async function makeStale(folder: string): Promise<StackCoordinates> {
  const stack = launchStack(folder)
  const coordinates = await stack.ready
  await withConnection(coordinates.dbUrl, async (sql) => {
    await sql`insert into public.songs (title) values ('Older than the migrations')`
    await sql`
      update supabase_migrations.schema_migrations set statements = statements[2:] where version = '20250123'`
  })
  stack.child.kill('SIGTERM')
  await stack.ended
  return coordinates
}

/** Launches `scripts/stack.ts --json` on free ports unless the arguments name others. */
export function launchStack(folder: string, ...args: string[]): StackProcess {
  const script = join(projectRoot, 'scripts/stack.ts')
  const ports = ['--port', '0', '--db-port', '0']
  const child = spawn(process.execPath, [script, '--json', '--folder', folder, ...ports, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.includes('\n')) resolve(stdout)
    })
  })
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  const silence = ended.then(() => {
    throw new Error(`The stack ended without its line: ${stderr}`)
  })
  silence.catch(() => undefined)
  const ready = Promise.race([firstLine, silence]).then((line) => coordinatesSchema.parse(JSON.parse(line)))
  // A test of a failing start never asks for it.
  ready.catch(() => undefined)
  return { child, ready, ended }
}

/** Ends a stack however it is doing, and deletes its folder. */
export async function discardStack(stack: StackProcess | undefined, folder: string): Promise<void> {
  stack?.child.kill('SIGTERM')
  await stack?.ended
  await rm(folder, { recursive: true, force: true })
}

/** Pids of the processes whose command line names the folder: PostgreSQL's, and its guard's. */
export async function processesOf(folder: string): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,stat=,args='], { maxBuffer: 1 << 24 })
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .flatMap((match) => {
      const [, pid, state, command] = match ?? []
      const isOurs = command?.includes(folder) && !state?.startsWith('Z')
      return isOurs && command !== undefined ? [{ pid: Number(pid), command }] : []
    })
}
