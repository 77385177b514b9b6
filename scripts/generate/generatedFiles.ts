import { buildFoldingTables } from './foldingMap.ts'
import { renderFoldingSql } from './foldingSql.ts'
import { renderFoldingTypescript } from './foldingTypescript.ts'

export interface GeneratedFile {
  /** Relative to the project's root. */
  path: string
  content: string
}

/** Everything that is generated, in memory. `read` gives files that are generated only in part. */
export function generatedFiles(_read: (path: string) => string): GeneratedFile[] {
  const folding = buildFoldingTables()
  return [
    { path: 'src/lib/folding.generated.ts', content: renderFoldingTypescript(folding) },
    { path: 'supabase/migrations/20250122_add_name_folding.sql', content: renderFoldingSql(folding) },
  ]
}
