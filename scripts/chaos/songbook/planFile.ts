import { hash } from 'node:crypto'
import type { Vocabulary } from '../model/types.ts'

/**
 * The plan file that a person would have edited until it says what the vocabulary says.
 * @param raws the distinct raw themes of the songs
 */
export function planFile(raws: ReadonlySet<string>, { planned }: Vocabulary): string {
  const sorted = [...raws].sort()
  const source = hash('sha256', sorted.map((raw) => JSON.stringify(raw)).join('\n'))
  const entries = sorted.map((raw) => entryOf(raw, planned.get(raw) ?? []))
  return JSON.stringify({ format: 'hsa-songbook-migration-plan', version: 1, source, entries })
}

function entryOf(rawTheme: string, names: readonly string[]) {
  const [first] = names
  const isCompound = names.length > 1
  return {
    rawTheme,
    disposition: first === undefined ? 'blank' : isCompound ? 'split' : 'custom',
    tag: isCompound ? null : (first ?? null),
    category: first === undefined ? null : 'theme',
    reason: 'decided by hand',
    confidence: 1,
    songs: 1,
    proposal: isCompound ? names : null,
    accept: isCompound,
  }
}
