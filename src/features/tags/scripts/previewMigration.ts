import { count, countOf } from '../../../lib/numbers.ts'
import { MigrationRunner } from '../migration/migrationRunner.ts'
import type { MigrationPlan } from '../migration/types.ts'
import { unfinishedRun } from '../migration/unfinishedRun.ts'
import type { Connection } from './connect.ts'
import { estimate } from './estimates.ts'
import { EXIT } from './exitCodes.ts'
import { dryRunJson } from './jsonResults.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import { migrationConfig } from './migrationConfig.ts'
import { savePlanFile } from './planOnDisk.ts'
import type { Outcome, Session } from './session.ts'
import { flow, sentences } from './terminal/flow.ts'
import { groupLines, planFacts, reviewLines } from './terminal/planReport.ts'
import { preflightLines } from './terminal/preflightReport.ts'
import type { Style } from './terminal/style.ts'

/** Entries listed of each group, and for review, unless `--verbose` asks for all. */
const MOST_OF_GROUP = 3
const MOST_TO_REVIEW = 8

/** Shows what a run would do. Writes nothing but the plan file that was asked for. @throws MigrationFailure, WrongUsage */
export async function previewMigration(
  flags: MigrateFlags,
  plan: MigrationPlan | undefined,
  { client, latest }: Connection,
  session: Session,
): Promise<Outcome> {
  const { screen } = session
  const runner = new MigrationRunner(client, {
    ...migrationConfig(flags, session),
    ...(plan ? { plan } : {}),
    progressCallback: ({ processedCount }) =>
      screen.wait('Reading songs', processedCount > 0 ? count(processedCount) : ''),
  })
  screen.wait('Reading songs')
  const preview = await runner.preview()
  if (flags.savePlan !== undefined) await savePlanFile(flags.savePlan, preview.plan)

  const { style, width } = screen
  const { summary, survey } = preview
  const all = flags.verbose ? Number.POSITIVE_INFINITY : undefined
  const tags = { known: summary.tagsToReuse, made: summary.tagsToCreate }
  const facts = [...planFacts(preview.plan, survey, tags, style), countOf(summary.linksToCreate, 'link')]
  // The list first and the conclusions last: the end is what a terminal still shows.
  const lines = [
    ...groupLines(preview.plan, { style, width, most: all ?? MOST_OF_GROUP }),
    '',
    ...flow('Plan', facts, width),
    ...reviewLines(preview.plan, { style, width, most: all ?? MOST_TO_REVIEW }),
    '',
    style.paint.bold('Preflight'),
    ...preflightLines(
      {
        survey,
        estimates: estimate(survey, flags.profile),
        profile: flags.profile,
        unfinished: unfinishedRun(latest),
      },
      style,
      width,
    ),
    '',
    ...(flags.savePlan === undefined ? [] : [`The plan is in ${style.name(flags.savePlan)}`]),
    // In a log the command stays on its line.
    ...sentences(nextStep(flags, survey.songs, style), screen.isLive ? width : Number.POSITIVE_INFINITY),
  ]
  for (const line of lines) screen.line(line)
  return { exitCode: EXIT.done, json: dryRunJson(preview.plan, summary) }
}

function nextStep({ savePlan, plan, verbose }: MigrateFlags, songs: number, style: Style): string {
  if (songs === 0) return 'Nothing was changed, and there is nothing to migrate.'
  const file = savePlan ?? plan
  const command =
    file === undefined ? 'npm run migrate' : `npm run migrate -- --plan ${style.shellWord(file)}`
  return `Nothing was changed. ${verbose ? '' : 'All themes: --verbose. '}Start with: ${command}`
}
