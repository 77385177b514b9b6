import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The process that listens on a port, as far as the system tells us. */
export interface PortHolder {
  pid: number
  command: string
}

/** The state LISTEN in /proc/net/tcp. */
const LISTEN = '0A'

/** Finds who listens on a TCP port. @returns undefined when nobody does, or somebody whose process we may not see */
export async function findPortHolder(port: number): Promise<PortHolder | undefined> {
  return process.platform === 'linux' ? holderFromProc(port) : holderFromLsof(port)
}

/** The sentence that an error message needs: who has the port, and what to do. */
export async function describePortHolder(port: number, option: string): Promise<string> {
  const holder = await findPortHolder(port)
  const who = holder ? `process ${holder.pid} (${holder.command})` : 'a process of another user'
  return `Port ${port} is held by ${who}: stop it, or choose another port with ${option}.`
}

async function holderFromProc(port: number): Promise<PortHolder | undefined> {
  const sockets = new Set([...(await listeners('tcp', port)), ...(await listeners('tcp6', port))])
  if (sockets.size === 0) return undefined
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    // Other users' processes do not show their files, and processes end while we look.
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const link = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')
      if (sockets.has(link)) return { pid: Number(pid), command: await commandLine(pid) }
    }
  }
  return undefined
}

async function listeners(table: 'tcp' | 'tcp6', port: number): Promise<string[]> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const lines = (await readFile(`/proc/net/${table}`, 'utf8').catch(() => '')).split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTEN)
    .map((fields) => `socket:[${fields[9]}]`)
}

async function commandLine(pid: string): Promise<string> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const command = text.replaceAll('\0', ' ').trim()
  return command.length > 100 ? `${command.slice(0, 99)}…` : command || 'unknown'
}

async function holderFromLsof(port: number): Promise<PortHolder | undefined> {
  const found = await promisify(execFile)('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']).catch(
    () => undefined,
  )
  const [, pid, command] = /^p(\d+)\nc(.*)$/m.exec(found?.stdout ?? '') ?? []
  return pid === undefined ? undefined : { pid: Number(pid), command: command ?? 'unknown' }
}
