import type { Run } from '../migration/migrationDatabase.ts'
import type { SoFar } from './session.ts'

/** What a run has done by now, by the keys that `--json` prints. */
export function soFarOf(run: Run): SoFar {
  const { id, songs, totalSongs, tagsCreated, tagsReused, linksCreated, batches, certificate } = run
  return {
    runId: id,
    processedCount: songs,
    totalCount: Math.max(totalSongs, songs),
    tagsCreated,
    tagsReused,
    linksCreated,
    batches,
    certificate,
  }
}
