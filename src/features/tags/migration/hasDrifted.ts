import * as z from 'zod/mini'
import type { Drift } from './driftWatch.ts'
import type { MigrationDatabase } from './migrationDatabase.ts'

const songSchema = z.object({ undone: z.number(), quarantined: z.number(), differing: z.number() })
const tagSchema = z.object({ differences: z.array(z.looseObject({ tagId: z.string() })) })

/** Looks at one song or tag again. One that is gone has not drifted. @throws MigrationFailure */
export async function hasDrifted(database: MigrationDatabase, { kind, id }: Drift): Promise<boolean> {
  if (kind === 'tag') {
    const tags = await database.call(
      'tag_migration_validate_tags',
      // A stretch has one tag at least, whatever it may hold.
      { p_after: idBefore(id), p_links: 1 },
      tagSchema,
    )
    return tags.differences.some((difference) => difference.tagId === id)
  }
  const song = await database.call(
    'tag_migration_validate_live',
    { p_after: idBefore(id), p_until: id, p_limit: 1 },
    songSchema,
  )
  return kind === 'song' ? song.differing > 0 : song.undone > song.quarantined
}

/** The id that comes right before, in the order of ids; none is the lowest of all. */
export function idBefore(id: string): string {
  const before = BigInt(`0x${id.replaceAll('-', '')}`) - 1n
  const digits = before.toString(16).padStart(32, '0')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
