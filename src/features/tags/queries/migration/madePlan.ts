import { queryOptions, useQuery } from '@tanstack/react-query'
import { foldName } from '../../../../lib/folding.ts'
import type { TagRow } from '../../migration/migrationDatabase.ts'
import { sourceHash } from '../../migration/plan.ts'
import { knownTags } from '../../migration/planner.ts'
import { type Survey, surveySongs } from '../../migration/survey.ts'
import type { MigrationPlan } from '../../migration/types.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { normalizeInWorker } from '../../services/normalizeInWorker.ts'
import { migrationKeys } from './migrationKeys.ts'

/** What a run would do now, before anybody has reviewed it. */
export interface MadePlan {
  plan: MigrationPlan
  survey: Survey
  /** Folded names and synonyms of the tags there are → the name of the tag that each stands for. */
  known: ReadonlyMap<string, string>
}

const readSongsKey = [...migrationKeys.all, 'songs-read'] as const

function madePlanQuery() {
  return queryOptions({
    queryKey: migrationKeys.plan(),
    queryFn: async ({ client, signal }): Promise<MadePlan> => {
      const database = openMigration(signal)
      const survey = await surveySongs(database, ({ songs }) => client.setQueryData(readSongsKey, songs))
      const rows = await database.tags()
      const themes = Array.from(survey.themes, ([rawTheme, songs]) => ({ rawTheme, songs }))
      const entries = await normalizeInWorker({ themes, knownTags: knownTags(rows) }, signal)
      const source = await sourceHash(survey.themes.keys())
      return { plan: { source, entries }, survey, known: namesOf(rows) }
    },
    staleTime: Number.POSITIVE_INFINITY,
    // A person is at it for an hour, and looks at other pages meanwhile.
    gcTime: 60 * 60_000,
    // A hundred thousand entries are not compared one by one.
    structuralSharing: false,
  })
}

/** Reads every song that no run has migrated, and plans. Writes nothing. */
export function useMadePlan() {
  return useQuery(madePlanQuery())
}

/** How many songs were read for the plan that is being made. */
export function useSongsRead(): number {
  const { data } = useQuery({ queryKey: readSongsKey, queryFn: () => 0, staleTime: Number.POSITIVE_INFINITY })
  return data ?? 0
}

function namesOf(rows: readonly TagRow[]): Map<string, string> {
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return new Map(
    rows.flatMap((row) => {
      const name = names.get(row.merged_into ?? '') ?? row.name
      const synonyms = row.tag_synonyms.map((synonym) => [foldName(synonym.name), name] as const)
      return [[row.normalized_name, name] as const, ...synonyms]
    }),
  )
}
