// Loaded before an edge function whose coverage is measured: Deno writes what it ran when it ends, not when it is killed.
import process from 'node:process'

process.on('SIGTERM', () => process.exit())
