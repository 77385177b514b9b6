import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import { TextField } from '../../../../../components/TextField.tsx'
import { count, countOf } from '../../../../../lib/numbers.ts'
import styles from './TypedConfirmation.module.css'

type Props = {
  /** The number of songs: nobody types it by habit. */
  songs: number
  /** What the button says. */
  verb: string
  onConfirm: () => void
  /** The button beside it, which leaves everything as it is. */
  children: ReactNode
}

export function TypedConfirmation({ songs, verb, onConfirm, children }: Props) {
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (typed.replaceAll(/[\s,.]/g, '') === String(songs)) onConfirm()
    else setWrong(true)
  }
  return (
    <form className={styles.form} onSubmit={confirm} noValidate>
      <TextField
        label={`Type the number of songs, ${count(songs)}, to go on`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        problem={isWrong ? `That is not ${countOf(songs, 'song')}. Nothing was changed.` : undefined}
        onChange={(event) => {
          setTyped(event.target.value)
          setWrong(false)
        }}
      />
      <div className={styles.actions}>
        <Button kind="primary" type="submit">
          {verb}
        </Button>
        {children}
      </div>
    </form>
  )
}
