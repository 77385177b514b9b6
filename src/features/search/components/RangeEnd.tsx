import { type ComponentProps, useState } from 'react'
import styles from './RangeFilter.module.css'

type Props = Pick<ComponentProps<'input'>, 'id' | 'name' | 'min' | 'max' | 'placeholder'> & {
  /** Null is open. */
  value: number | null
}

/** One end of a range: what is typed, until the address says otherwise. */
export function RangeEnd({ value, ...input }: Props) {
  const [known, setKnown] = useState(value)
  const [text, setText] = useState(`${value ?? ''}`)
  if (known !== value) {
    setKnown(value)
    setText(`${value ?? ''}`)
  }
  return (
    <input
      {...input}
      className={styles.number}
      type="number"
      inputMode="numeric"
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  )
}
