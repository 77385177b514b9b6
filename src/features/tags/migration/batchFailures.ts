import { MigrationFailure } from './migrationFailure.ts'
import { mayPass } from './sqlStates.ts'

/** A batch that answered with an error. */
export function batchFailure(answer: { sqlstate: string; message: string }): MigrationFailure {
  return new MigrationFailure('database', answer.message, {
    advice: 'See the message; the batch was taken back whole.',
    detail: answer.sqlstate,
    transient: mayPass(answer.sqlstate),
  })
}

/** The lock that begins a run could not be had. */
export function writersAtWork(): MigrationFailure {
  return new MigrationFailure(
    'songs-held',
    'Somebody has been writing songs in one transaction all this time.',
    {
      advice: 'Go on when that has ended: npm run migrate -- --resume',
      transient: true,
    },
  )
}

/** Nothing is left but songs that are locked. */
export function songsHeld(songs: number): MigrationFailure {
  return new MigrationFailure('songs-held', `${songs} songs are held by somebody who is editing them.`, {
    advice: 'Go on when they are done: npm run migrate -- --resume',
    transient: true,
  })
}
