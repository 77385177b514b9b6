// Loaded with `node --import`, before a command's own modules: keeps what Node makes of them, a third of a command's start.
// JavaScript, because Node would load its TypeScript compiler for this one file, before there is a cache to spare it.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/node-compile'))
