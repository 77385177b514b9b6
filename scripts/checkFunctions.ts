import { spawnSync } from 'node:child_process'
import { denoBinary } from './functions/denoBinary.ts'
import { denoEnvironment, entry, packages } from './functions/migrateThemes.ts'

// `tsc` does not know Deno; Deno does, and this is the checker that the function is deployed under.
const { status } = spawnSync(denoBinary(), ['check', ...packages, entry], {
  env: { ...denoEnvironment, PATH: process.env.PATH },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
