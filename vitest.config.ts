import { join } from 'node:path'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { isIndexFallback } from './scripts/coverage/indexFallback.ts'
import { chromiumLaunch } from './scripts/testing/chromiumLaunch.ts'
import { LongestFirst } from './scripts/testing/longestFirst.ts'

const browserTests = 'src/**/*.browser.test.{ts,tsx}'

export default defineConfig({
  test: {
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
    // Far above what any of them takes, on a machine that is busy with other things too: these end what hangs, and judge
    // nothing that is slow.
    hookTimeout: 180_000,
    testTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/testing/**', '**/*.generated.ts', 'src/lib/database.types.ts'],
      reporter: ['json'],
      ignoreNode: (node, type) => type === 'branch' && isIndexFallback(node),
    },
    projects: [
      {
        test: {
          name: 'node',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', browserTests],
          setupFiles: ['scripts/testing/freshGlobals.ts'],
          globalSetup: ['scripts/testing/globalSetup.ts'],
        },
      },
      {
        // Storage, focus, layout and keys are those of a real browser; a simulated one agrees with whatever it was told.
        // No database here: a test that needs one drives the whole app from Node (src/app).
        optimizeDeps: {
          // Named, because a library that is found only while tests run reloads the page under them.
          include: [
            'react',
            'react/jsx-runtime',
            'react/jsx-dev-runtime',
            'react-dom',
            'react-dom/client',
            'react-router',
            'react-hook-form',
            '@base-ui/react/combobox',
            '@hookform/resolvers/zod',
            '@sentry/react',
            'idb-keyval',
            'lru-cache',
            'zod/mini',
            '@supabase/supabase-js',
            '@tanstack/react-query',
            '@tanstack/react-virtual',
            'vitest-browser-react',
          ],
        },
        test: {
          name: 'browser',
          include: [browserTests],
          setupFiles: ['scripts/testing/freshGlobals.ts'],
          // A page of its own for every file: storage, open databases and channels outlive a shared one.
          isolate: true,
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: await chromiumLaunch() }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
          },
        },
      },
    ],
  },
})
