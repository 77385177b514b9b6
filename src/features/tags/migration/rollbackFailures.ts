import type { Run } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { type RollbackForm, rollbackCommand } from './rollbackForm.ts'

/** The form of the rollback under way. */
export function formOf(run: Run): RollbackForm {
  const { rollbackToBatch, rollbackToTime } = run
  return {
    exact: run.exactRollback === true,
    to:
      rollbackToBatch !== null
        ? { batch: rollbackToBatch }
        : rollbackToTime !== null
          ? { time: rollbackToTime }
          : null,
  }
}

export function unknownRun(runId: string | null): MigrationFailure {
  const message = runId === null ? 'There is no run to roll back.' : `There is no run ${runId}.`
  return new MigrationFailure('unknown-run', message, {
    advice: 'npm run validate -- --json names the latest run.',
  })
}

export function beforeImagesGone(run: Run): MigrationFailure {
  const since = run.prunedAt?.toISOString().slice(0, 10)
  return new MigrationFailure('before-images-gone', `Run ${run.id} cannot be taken back any more.`, {
    advice: `Its before-images were dropped on ${since}, when their retention time was over.`,
  })
}

export function anotherRunUnderWay(run: Run): MigrationFailure {
  return new MigrationFailure('busy', `Run ${run.id} is ${run.status.replace('_', ' ')}.`, {
    advice: 'Let it end or roll it back first.',
  })
}

export function begunInAnotherForm(run: Run): MigrationFailure {
  const form = formOf(run)
  const words = [form.exact ? 'exact' : 'default', ...(form.to === null ? [] : ['partial'])].join(' ')
  return new MigrationFailure('busy', `The rollback of run ${run.id} was begun in its ${words} form.`, {
    advice: `Go on with: ${rollbackCommand(form)}`,
  })
}

export function nothingBeyond(run: Run, first: number | null, last: number | null): MigrationFailure {
  return new MigrationFailure('nothing-beyond', `Run ${run.id} has no batch after that.`, {
    advice:
      first === null || last === null
        ? 'None of its batches stands.'
        : `Its batches are numbered ${first} to ${last}; --to names the last one that is to stay.`,
  })
}

export function songsHeld(songs: number): MigrationFailure {
  return new MigrationFailure('songs-held', `${songs} songs are held by somebody who is editing them.`, {
    advice: 'Run the rollback again when they are done.',
    transient: true,
  })
}

export function tagsHeld(tags: number): MigrationFailure {
  return new MigrationFailure('songs-held', `${tags} tags are held by somebody who is using them.`, {
    advice: 'Run the rollback again when they are done.',
    transient: true,
  })
}

export function tooManyStuck(songs: number, message: string, sqlstate: string): MigrationFailure {
  return new MigrationFailure('too-many-errors', `${songs} songs could not be taken back: ${message}`, {
    advice: 'Mend the cause and run the rollback again; what is taken back stays so.',
    detail: sqlstate,
  })
}

export function writersUnderWay(): MigrationFailure {
  return new MigrationFailure('songs-held', 'Somebody has been writing songs in one transaction for long.', {
    advice: 'Run the rollback again when they are done; all but its end is done.',
    transient: true,
  })
}
