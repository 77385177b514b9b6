import { useId } from 'react'
import type { FieldConflict, Side, SongField } from '../songConflict.ts'
import type { SongValues } from '../songEdit.ts'
import styles from './ConflictField.module.css'

const labels: Record<SongField, string> = {
  title: 'Title',
  artist: 'Artist',
  lyrics: 'Lyrics',
  tags: 'Tags',
}

const changes: Record<FieldConflict['changedBy'], string> = {
  mine: 'only you have changed it',
  theirs: 'only the other person has changed it',
  both: 'you both have changed it',
}

type Props = {
  field: SongField
  changedBy: FieldConflict['changedBy']
  mine: SongValues
  theirs: SongValues
  chosen: Side | undefined
  onChoose: (side: Side) => void
}

/** One field in both versions, side by side. */
export function ConflictField({ field, changedBy, mine, theirs, chosen, onChoose }: Props) {
  const name = useId()
  const side = (value: Side, label: string, values: SongValues) => (
    <label className={styles.side}>
      <span className={styles.who}>
        <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
        {label}
      </span>
      <FieldValue field={field} values={values} />
    </label>
  )
  return (
    <fieldset className={styles.field}>
      <legend className={styles.legend}>
        {labels[field]} <span className={styles.changed}>– {changes[changedBy]}</span>
      </legend>
      <div className={styles.sides}>
        {side('mine', 'Yours', mine)}
        {side('theirs', 'Theirs', theirs)}
      </div>
    </fieldset>
  )
}

function FieldValue({ field, values }: { field: SongField; values: SongValues }) {
  const text = field === 'tags' ? values.tags.map(({ name }) => name).join(', ') : values[field]
  if (text.trim() === '') return <span className={styles.nothing}>Nothing</span>
  return (
    <span className={field === 'lyrics' ? styles.lyrics : styles.text} dir="auto">
      {text}
    </span>
  )
}
