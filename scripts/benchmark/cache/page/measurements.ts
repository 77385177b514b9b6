import { measureMemory } from './measureMemory.ts'
import { replayDay } from './replayDay.ts'
import { restore, restoreObject, store } from './restoreCatalog.ts'

/** What the benchmark calls in the page. */
const measurements = { measureMemory, store, restore, restoreObject, replayDay }

export type Measurements = typeof measurements

Object.assign(window, { measurements })
