import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/testing/longestFirst.ts'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    setupFiles: ['scripts/testing/freshGlobals.ts'],
    globalSetup: ['scripts/testing/globalSetup.ts'],
    sequence: { sequencer: LongestFirst },
    // By default one less than the processors: on two that is one, and most tests wait for Postgres or for a command.
    maxWorkers: 2,
    // Loading the modules anew for every file is a fifth of the processor time of all tests; each file gives back what
    // it changes in its process.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    // Hashing passwords at full cost would be most of what a test that signs somebody up does.
    // Scripts that tests start, and that npm starts as they are, share what Node made of the sources.
    env: {
      LITE_AUTH_BCRYPT_COST: '4',
      DO_NOT_TRACK: '1',
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node-compile'),
    },
    // Far above what any of them takes: these end what hangs, and judge nothing that is slow.
    hookTimeout: 60_000,
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/*.generated.ts', 'src/lib/database.types.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
    },
  },
})
