import { standardThemes } from '../../src/features/songs/validation/constants/themes.ts'
import { buildFoldingTables } from './foldingMap.ts'
import { renderFoldingSql } from './foldingSql.ts'
import { renderFoldingTypescript } from './foldingTypescript.ts'
import { replaceSection } from './replaceSection.ts'
import { renderStandardTagsSql } from './standardTagsSql.ts'

export interface GeneratedFile {
  /** Relative to the project's root. */
  path: string
  content: string
}

const TAG_SYSTEM = 'supabase/migrations/20250123_add_tag_system.sql'

/** Everything that is generated, in memory. `read` gives the files of which only a section is. */
export function generatedFiles(read: (path: string) => string): GeneratedFile[] {
  const folding = buildFoldingTables()
  return [
    { path: 'src/lib/folding.generated.ts', content: renderFoldingTypescript(folding) },
    { path: 'supabase/migrations/20250122_add_name_folding.sql', content: renderFoldingSql(folding) },
    {
      path: TAG_SYSTEM,
      content: replaceSection(read(TAG_SYSTEM), 'standard tags', renderStandardTagsSql(standardThemes)),
    },
  ]
}
