import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from './project.ts'

/** What a run of the Supabase CLI printed, and its exit code. */
export interface CliResult {
  code: number
  stdout: string
  stderr: string
}

/** Runs the Supabase CLI that npm installed, in this project. It never asks and never reports usage. */
export function runSupabase(args: string[]): Promise<CliResult> {
  const cli = join(
    projectRoot,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'supabase.cmd' : 'supabase',
  )
  const child = spawn(cli, [...args, '--workdir', projectRoot], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Our servers are on loopback and have no TLS: without this it tries, fails, and warns.
    env: { ...process.env, PGSSLMODE: process.env.PGSSLMODE ?? 'disable', DO_NOT_TRACK: '1', NO_COLOR: '1' },
  })
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
  })
}
