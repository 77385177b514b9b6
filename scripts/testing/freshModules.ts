import { vi } from 'vitest'

// Test files share a process and what they load of node_modules, and nothing else: our own modules keep state, as the
// app's one client, and the last test of a file may have left a global of its own behind.
vi.resetModules()
vi.unstubAllGlobals()
vi.useRealTimers()
