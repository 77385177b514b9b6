import { spawnSync } from 'node:child_process'
import { denoBinary } from './functions/denoBinary.ts'
import { denoEnvironment, edgeFunctions } from './functions/edgeFunction.ts'

// `tsc` does not know Deno; Deno does, and this is the checker that the functions are deployed under.
for (const { entry, packages } of edgeFunctions) {
  const { status } = spawnSync(denoBinary(), ['check', ...packages, entry], {
    env: { ...denoEnvironment, PATH: process.env.PATH },
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = status ?? 1
}
