import { useEffect, useId, useRef, useState } from 'react'
import { Icon } from './Icon.tsx'
import styles from './SearchField.module.css'

/** ms; a request that the next letter overtakes is called off, so a short one costs little. */
const TYPING_PAUSE = 60

type Props = {
  label: string
  /** The text that is searched for now. */
  value: string
  /** Called when the typing pauses. */
  onSearch: (text: string) => void
}

export function SearchField({ label, value, onSearch }: Props) {
  const id = useId()
  const [text, setText] = useState(value)
  const sent = useRef(value)

  useEffect(() => {
    // Changed from elsewhere: not an echo of what was typed here.
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])

  useEffect(() => {
    const wanted = text.trim()
    if (wanted === sent.current) return
    const timer = setTimeout(() => {
      sent.current = wanted
      onSearch(wanted)
    }, TYPING_PAUSE)
    return () => clearTimeout(timer)
  }, [text, onSearch])

  return (
    <search className={styles.search}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <Icon name="search" />
      <input
        id={id}
        className={styles.input}
        type="search"
        placeholder={label}
        autoComplete="off"
        enterKeyHint="search"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </search>
  )
}
