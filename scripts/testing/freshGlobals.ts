import { vi } from 'vitest'

// Test files share a process: the last test of another one may have left a global of its own behind.
vi.unstubAllGlobals()
vi.useRealTimers()
