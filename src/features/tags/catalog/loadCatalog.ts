import { measured } from '../../monitoring/index.ts'
import { fetchCatalog } from '../services/catalogService.ts'
import { applyDelta } from './applyDelta.ts'
import type { CatalogSnapshot } from './types.ts'

/**
 * The vocabulary as it is now, by one call: whole, or what has changed since `previous`. When nothing has, the answer is
 * `previous` itself. @throws ServiceError
 */
export async function loadCatalog(
  previous: CatalogSnapshot | null,
  signal: AbortSignal,
): Promise<CatalogSnapshot> {
  const answer = await measured('tags.catalog.load', () => fetchCatalog(previous?.version ?? null, signal), {
    label: kindOf,
    signal,
  })
  if ('tags' in answer) return answer
  if ('top' in answer) return { version: answer.version, tags: answer.top, partial: true }
  if (previous === null)
    throw new Error('The server tells of changes to a catalogue that was never asked for.')
  return 'unchanged' in answer ? previous : applyDelta(previous, answer)
}

function kindOf(answer: Awaited<ReturnType<typeof fetchCatalog>>): 'snapshot' | 'delta' | 'unchanged' {
  if ('unchanged' in answer) return 'unchanged'
  return 'changed' in answer ? 'delta' : 'snapshot'
}
