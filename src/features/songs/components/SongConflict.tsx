import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { decided, type Side, type SongField, songConflicts } from '../songConflict.ts'
import type { SongValues } from '../songEdit.ts'
import { ConflictField } from './ConflictField.tsx'
import styles from './SongConflict.module.css'

type Props = {
  /** The song as it was when both began. */
  read: SongValues
  mine: SongValues
  theirs: SongValues
  onDecide: (values: SongValues) => void
  /** To the form, without a decision. */
  onBack: () => void
}

/** Two people have changed a song: both versions side by side, to be chosen from field by field, or as a whole. */
export function SongConflict({ read, mine, theirs, onDecide, onBack }: Props) {
  const [conflicts] = useState(() => songConflicts(read, mine, theirs))
  const [decisions, setDecisions] = useState<Partial<Record<SongField, Side>>>(() =>
    Object.fromEntries(
      conflicts.flatMap(({ field, changedBy }) => (changedBy === 'both' ? [] : [[field, changedBy]])),
    ),
  )
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The button that was pressed is gone with the form: whoever uses the keyboard goes on here.
    heading.current?.focus()
  }, [])
  const open = conflicts.filter(({ field }) => decisions[field] === undefined).length
  const all = (side: Side) => setDecisions(Object.fromEntries(conflicts.map(({ field }) => [field, side])))

  return (
    <section className={styles.conflict} aria-labelledby="conflict">
      <div role="alert">
        <Notice
          tone="problem"
          title="Somebody else has saved this song meanwhile"
          text="Nothing is lost: here are both versions. Choose what the song shall have; it is saved only then."
        />
      </div>
      <h2 id="conflict" className={styles.heading} tabIndex={-1} ref={heading}>
        Your version and theirs
      </h2>
      <div className={styles.actions}>
        <Button onClick={() => all('mine')}>Keep all of mine</Button>
        <Button onClick={() => all('theirs')}>Take all of theirs</Button>
      </div>
      {conflicts.map(({ field, changedBy }) => (
        <ConflictField
          key={field}
          field={field}
          changedBy={changedBy}
          mine={mine}
          theirs={theirs}
          chosen={decisions[field]}
          onChoose={(side) => setDecisions({ ...decisions, [field]: side })}
        />
      ))}
      <p className={styles.open} role="status">
        {open > 0 && `Still to choose: ${open === 1 ? 'one field' : `${open} fields`}.`}
      </p>
      <div className={styles.actions}>
        {open === 0 && (
          <Button kind="primary" onClick={() => onDecide(decided(mine, theirs, decisions))}>
            Save this choice
          </Button>
        )}
        <Button onClick={onBack}>Back to the form</Button>
      </div>
    </section>
  )
}
