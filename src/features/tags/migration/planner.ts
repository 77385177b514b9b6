import * as z from 'zod/mini'
import { foldName } from '../../../lib/folding.ts'
import type { KnownTag } from '../../songs/validation/utils/themeNormalization.ts'
import { normalizeThemes } from '../../songs/validation/utils/themeNormalization.ts'
import { BEFORE_ALL, type MigrationDatabase, type TagRow } from './migrationDatabase.ts'
import { appliedTags, needsReview, planHash, plannedTags, sourceHash } from './plan.ts'
import type { Survey } from './survey.ts'
import type { FuzzyMode, MigrationPlan, PlanSummary } from './types.ts'

/** Entries sent in one call. */
const ENTRIES_PER_CALL = 2000
/** Songs counted in one call. */
const SONGS_PER_CALL = 5000

/** Makes the plan for what the survey found, knowing the tags that exist. */
export async function makePlan(
  database: MigrationDatabase,
  survey: Survey,
  fuzzy: FuzzyMode,
): Promise<MigrationPlan> {
  const themes = Array.from(survey.themes, ([rawTheme, songs]) => ({ rawTheme, songs }))
  return {
    source: await sourceHash(survey.themes.keys()),
    entries: normalizeThemes(themes, { fuzzy, knownTags: knownTags(await database.tags()) }),
  }
}

/** A merged tag's names lead to the tag that it was merged into. */
export function knownTags(rows: readonly TagRow[]): KnownTag[] {
  const merged = Map.groupBy(
    rows.filter((row) => row.merged_into !== null),
    (row) => row.merged_into,
  )
  return rows
    .filter((row) => row.merged_into === null)
    .map((row) => ({
      name: row.name,
      category: row.category,
      standard: row.is_standard,
      synonyms: [row, ...(merged.get(row.id) ?? [])].flatMap((tag) => [
        ...(tag === row ? [] : [tag.name]),
        ...tag.tag_synonyms.map((synonym) => synonym.name),
      ]),
    }))
}

/** Stores the plan under its content hash. Sending it twice changes nothing. @returns the hash */
export async function storePlan(database: MigrationDatabase, plan: MigrationPlan): Promise<string> {
  const hash = await planHash(plan)
  for (let from = 0; from < Math.max(1, plan.entries.length); from += ENTRIES_PER_CALL) {
    const entries = plan.entries.slice(from, from + ENTRIES_PER_CALL).map((entry) => ({
      ...entry,
      tags: appliedTags(entry),
      needsReview: needsReview(entry),
    }))
    await database.call(
      'tag_migration_add_plan',
      { p_hash: hash, p_plan: { entries } },
      z.union([z.null(), z.undefined()]),
    )
  }
  return hash
}

/** Counts what the plan would do, the links exactly, without writing anything. */
export async function summarizePlan(
  database: MigrationDatabase,
  survey: Survey,
  plan: MigrationPlan,
): Promise<PlanSummary> {
  const tags = plannedTags(plan.entries)
  const existing = new Set<string>()
  for (const row of await database.tags()) {
    existing.add(row.normalized_name)
    for (const synonym of row.tag_synonyms) existing.add(foldName(synonym.name))
  }
  const tagsToReuse = [...tags.keys()].filter((folded) => existing.has(folded)).length
  return {
    totalCount: survey.songs,
    songsWithThemes: survey.songsWithThemes,
    themesDistinct: survey.themes.size,
    tagsToCreate: tags.size - tagsToReuse,
    tagsToReuse,
    linksToCreate: await countLinks(database, plan),
    needsReview: plan.entries.filter(needsReview).length,
  }
}

const countSchema = z.object({ last: z.nullable(z.string()), links: z.number() })

async function countLinks(database: MigrationDatabase, plan: MigrationPlan): Promise<number> {
  const yields = Object.fromEntries(
    plan.entries
      .map((entry) => [entry.rawTheme, appliedTags(entry).map(foldName)] as const)
      .filter(([, names]) => names.length > 0),
  )
  let links = 0
  for (let after = BEFORE_ALL; ; ) {
    const answer = await database.call(
      'tag_migration_count_links',
      { p_after: after, p_limit: SONGS_PER_CALL, p_yields: yields },
      countSchema,
    )
    if (answer.last === null) return links
    after = answer.last
    links += answer.links
  }
}
