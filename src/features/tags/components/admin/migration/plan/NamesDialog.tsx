import { type FormEvent, useState } from 'react'
import { Button } from '../../../../../../components/Button.tsx'
import { Dialog } from '../../../../../../components/Dialog.tsx'
import { TextField } from '../../../../../../components/TextField.tsx'
import { plannedNameSchema } from '../../../../migration/planFile.ts'
import dialog from '../MigrationDialog.module.css'
import { namesText, typedNames } from './planWords.ts'
import type { PlanReviewState } from './usePlanReview.ts'

/** As many as a plan file may say. */
const MOST_NAMES = 10

type Props = {
  title: string
  /** What the names are for. */
  text: string
  names: readonly string[]
  /** A theme may be split into several; a tag has one name. */
  areSeveral: boolean
  verb: string
  review: PlanReviewState
  onDecide: (names: string[]) => void
  onClose: () => void
}

/** Asks for the name of a tag, or of several. Says which of them there are already. */
export function NamesDialog({ title, text, names, areSeveral, verb, review, onDecide, onClose }: Props) {
  const [typed, setTyped] = useState(() => namesText(names))
  const [problem, setProblem] = useState<string>()
  const wanted = areSeveral ? typedNames(typed) : [typed.trim()].filter((name) => name !== '')
  const decide = (event: FormEvent) => {
    event.preventDefault()
    const wrong = problemWith(wanted)
    if (wrong === undefined) onDecide(wanted)
    else setProblem(wrong)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={dialog.body} onSubmit={decide} noValidate>
        <p className={dialog.quiet}>{text}</p>
        <TextField
          label={areSeveral ? 'Tags, several with + between them' : 'Name of the tag'}
          autoComplete="off"
          value={typed}
          problem={problem}
          onChange={({ target }) => {
            setTyped(target.value)
            setProblem(undefined)
          }}
        />
        <p role="status" className={dialog.quiet}>
          {wanted
            .map((name) => `${review.spelt(name)} (${review.isKnown(name) ? 'known' : 'new'})`)
            .join(' + ')}
        </p>
        <div className={dialog.actions}>
          <Button kind="primary" type="submit">
            {verb}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  )
}

function problemWith(names: readonly string[]): string | undefined {
  if (names.length === 0) return 'A tag needs a name.'
  if (names.length > MOST_NAMES) return `A theme becomes ${MOST_NAMES} tags at most.`
  for (const name of names) {
    const checked = plannedNameSchema.safeParse(name)
    if (!checked.success) return `“${name}” ${checked.error.issues[0]?.message ?? 'is no name'}.`
  }
  return undefined
}
