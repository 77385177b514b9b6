import type { RollbackConflict } from './types.ts'

/** What a rollback meets and what becomes of it, in words without a full stop. */
export function conflictText(conflict: RollbackConflict): string {
  switch (conflict.kind) {
    case 'tag-kept':
      return `tag ${conflict.tag} stays: ${conflict.reason}`
    case 'link-removed':
      return `song ${conflict.songId} loses the tag ${conflict.tag}, which a person gave it`
    case 'link-restored':
      return `song ${conflict.songId} gets the tag ${conflict.tag} back, which a person took away`
    case 'link-lost':
      return `song ${conflict.songId} had the tag ${conflict.tagId}, which is gone`
    case 'themes-overwritten':
      return `song ${conflict.songId}: ${JSON.stringify(conflict.found)} becomes ${JSON.stringify(conflict.restored)} again`
  }
}
