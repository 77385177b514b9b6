import { launchTagCommand } from '../testing/tagCommand.ts'
import { migratedSchema, rolledBackSchema } from './answers.ts'
import { journalProblems } from './journalProblems.ts'
import type { UndisturbedSession } from './moment.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'
import { type Cluster, openSongbook, type Songbook } from './songbook.ts'

/** What a run that was left alone does: the measure for all others. */
export interface Reference {
  seeded: Snapshot
  migrated: Snapshot
  certificate: string
  migrate: UndisturbedSession
  rollback: UndisturbedSession
}

/** @throws Error when it does not even work undisturbed */
export async function undisturbedRun(cluster: Cluster, template: string): Promise<Reference> {
  const book = await openSongbook(cluster, template)
  try {
    const seeded = await takeSnapshot(book.sql)
    const migrate = await session(book, 'migrate', ['--batch-size', '10'])
    const { certificate } = migratedSchema.parse(migrate.answer)
    const problems = await journalProblems(book.sql)
    if (problems.length > 0) throw new Error(`The undisturbed run left ${problems.join(', ')}.`)
    const migrated = await takeSnapshot(book.sql)
    const rollback = await session(book, 'rollback', ['--exact', '--yes'])
    rolledBackSchema.parse(rollback.answer)
    return { seeded, migrated, certificate, migrate, rollback }
  } finally {
    await book.drop()
  }
}

async function session(book: Songbook, command: 'migrate' | 'rollback', args: string[]) {
  book.gate.watch(undefined)
  const { code, answer, stderr, wallMs } = await launchTagCommand(command, args, book).ended
  if (code !== 0) throw new Error(`Undisturbed, ${command} ended with exit code ${code}: ${stderr.trim()}`)
  return { answer, wallMs, calls: [...book.gate.calls] }
}
