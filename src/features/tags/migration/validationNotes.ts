import type { Run } from './migrationDatabase.ts'
import type { SongFindings } from './validateSongs.ts'

/** In words, what people changed since the run: rightly, so that no check fails for it. */
export function notesOn(run: Pick<Run, 'prunedAt'>, found: SongFindings): string[] {
  if (run.prunedAt !== null)
    return ['Before-images were dropped after their time: the certificate is shown as it was issued.']
  return [
    ...some(
      found.edited,
      'song edited since: its links follow the edit',
      (n) => `${n} songs edited since: their links follow the edits`,
    ),
    ...some(
      found.deleted,
      'song deleted since: its record stays in the certificate',
      (n) => `${n} songs deleted since: their records stay in the certificate`,
    ),
    ...some(
      found.forgotten,
      'before-image erased: the certificate is shown as it was issued',
      (n) => `${n} before-images erased: the certificate is shown as it was issued`,
    ),
    ...some(
      found.renamed.size,
      'tag renamed since: records keep the name of then',
      (n) => `${n} tags renamed since: records keep the names of then`,
    ),
    ...some(
      found.merged.size,
      'tag merged into another since: links lead to the other',
      (n) => `${n} tags merged into others since: links lead to the others`,
    ),
  ]
}

function some(count: number, one: string, many: (count: string) => string): string[] {
  if (count === 0) return []
  return [count === 1 ? `1 ${one}` : many(count.toLocaleString('en-US'))]
}
