import { Notice } from '../../../components/Notice.tsx'
import { saveProblem } from '../saveProblem.ts'

type Props = {
  /** It waits for a connection. */
  isPaused: boolean
  /** Why it was not saved; null when nothing went wrong. */
  error: unknown
}

/** Below a form: why it is not saved yet. */
export function SaveState({ isPaused, error }: Props) {
  if (isPaused) {
    return (
      <Notice
        tone="offline"
        title="Waiting for a connection"
        text="You are offline. Keep this tab open: the song is saved by itself as soon as there is a connection."
      />
    )
  }
  if (error) return <Notice tone="problem" title="Not saved" text={saveProblem(error)} />
  return null
}
