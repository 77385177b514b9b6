import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { hostingFiles } from './scripts/app/hostingFiles.ts'
import { ownZod } from './scripts/app/ownZod.ts'
import { preloadFonts } from './scripts/app/preloadFonts.ts'

export default defineConfig({
  plugins: [
    react(),
    ownZod(/\/src\/features\/tags\/(migration|queries\/migration|services\/migrat)/),
    preloadFonts(['inter-latin-wght-normal', 'source-serif-4-latin-wght-normal']),
    hostingFiles(),
  ],
  resolve: {
    alias: {
      // supabase-js always brings clients for realtime, storage and edge functions, and auth-js passkeys, wallets and what takes
      // the secret key. The songbook's pages use none of them, and they are 30 kB (gzipped) of every first load. Take a line
      // away to get the real one back.
      '@supabase/realtime-js': new URL('./src/lib/withoutRealtime.ts', import.meta.url).pathname,
      '@supabase/functions-js': new URL('./src/lib/withoutFunctions.ts', import.meta.url).pathname,
      './GoTrueAdminApi': new URL('./src/lib/withoutAuthAdmin.ts', import.meta.url).pathname,
      './lib/webauthn': new URL('./src/lib/withoutPasskeys.ts', import.meta.url).pathname,
      './lib/web3/ethereum': new URL('./src/lib/withoutPasskeys.ts', import.meta.url).pathname,
      '@supabase/storage-js': new URL('./src/lib/withoutStorage.ts', import.meta.url).pathname,
    },
  },
  // Sentry's words to whoever debugs it: an eighth of its code.
  define: { __SENTRY_DEBUG__: 'false' },
  build: {
    // Named in no file, and gone before anything is served: scripts/sourceMaps.ts sends them to Sentry and deletes them.
    sourcemap: process.env.SENTRY_AUTH_TOKEN ? 'hidden' : false,
    // A font as a data: address could not be cached on its own, and the CSP would have to allow it.
    assetsInlineLimit: 0,
    // Every browser that knows light-dark(), which all our colours need, preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Libraries change less often than the app: apart from it, they stay cached over its releases.
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/,
              priority: 2,
            },
            // Of them only what the first load needs: a page that nobody has opened yet brings its own.
            {
              name: 'data',
              test: /node_modules[\\/](@supabase|@tanstack|zod)[\\/]/,
              tags: ['$initial'],
              priority: 1,
            },
            // Small modules that other pages use, too, would each be a file of their own, and compress the worse.
            { name: 'app', tags: ['$initial'], priority: 0 },
          ],
        },
      },
    },
  },
})
