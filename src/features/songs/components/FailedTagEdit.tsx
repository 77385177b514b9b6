import { Button } from '../../../components/Button.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { saveProblem } from '../saveProblem.ts'
import { EditConflict } from '../services/EditConflict.ts'
import type { Song } from '../services/songService.ts'
import type { TagEdit } from '../types.ts'

type Props = {
  /** As it is now, read anew after the conflict. */
  song: Song
  edit: TagEdit
  error: Error
  onAgain: () => void
  onLeave: () => void
}

/** A step of tagging that did not reach the song: both sides, and the choice. */
export function FailedTagEdit({ song, edit, error, onAgain, onLeave }: Props) {
  const names = edit.tags.map(({ name }) => `“${name}”`).join(', ')
  const verb = edit.kind === 'add' ? 'Add' : 'Remove'
  if (!(error instanceof EditConflict)) {
    return (
      <Notice tone="problem" title={`${verb} ${names}: not saved`} text={saveProblem(error)}>
        <Button onClick={onAgain}>Try again</Button>
        <Button onClick={onLeave}>Leave it</Button>
      </Notice>
    )
  }
  const theirs = song.tags.map(({ name }) => name).join(', ') || 'none'
  return (
    <Notice
      tone="problem"
      title="Somebody else has changed this song meanwhile"
      text={`Its tags are now: ${theirs}. You wanted to ${verb.toLowerCase()} ${names}; that is not saved yet.`}
    >
      <Button onClick={onAgain}>
        {verb} {names}
      </Button>
      <Button onClick={onLeave}>Leave it as it is</Button>
    </Notice>
  )
}
