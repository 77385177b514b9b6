import { type ChildProcess, spawn } from 'node:child_process'
import { denoCoverage } from '../coverage/rawCoverage.ts'
import { freePort } from '../stack/freePort.ts'
import { denoBinary } from './denoBinary.ts'
import { denoEnvironment, type EdgeFunction } from './edgeFunction.ts'

/** An edge function in a Deno of its own. */
export interface FunctionProcess {
  child: ChildProcess
  url: string
  /** Resolves with all that it printed when it has ended. */
  ended: Promise<{ output: string }>
}

export interface DenoOptions {
  /** 0 for any free one. */
  port: number
  /** HOST:PORT of what it may reach, beside its own port. */
  hosts: readonly string[]
  /** Names of the variables that it may read. */
  variableNames: readonly string[]
  variables: Readonly<Record<string, string>>
}

/**
 * Serves an edge function on 127.0.0.1, allowed to reach those hosts, its own port and the variables it knows, and
 * nothing else.
 * @throws Error with what it printed when it ends instead
 */
export async function startDeno(
  { name, entry, packages }: EdgeFunction,
  { port: wishedPort, hosts, variableNames, variables }: DenoOptions,
): Promise<FunctionProcess> {
  const port = wishedPort === 0 ? await freePort() : wishedPort
  const coverage = denoCoverage()
  const child = spawn(
    denoBinary(),
    [
      'run',
      ...coverage.flags,
      '--no-prompt',
      '--cached-only',
      ...packages,
      `--allow-net=${[`127.0.0.1:${port}`, ...hosts].join(',')}`,
      `--allow-env=${variableNames.join(',')}`,
      entry,
    ],
    {
      env: {
        ...denoEnvironment,
        ...coverage.variables,
        DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`,
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  const ended = new Promise<{ output: string }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve({ output }))
  })
  const listens = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (output.includes('Listening on')) resolve()
      })
    }
  })
  const silence = ended.then(() => {
    throw new Error(`The edge function ended: ${output}`)
  })
  silence.catch(() => undefined)
  await Promise.race([listens, silence])
  return { child, url: `http://127.0.0.1:${port}/functions/v1/${name}`, ended }
}
