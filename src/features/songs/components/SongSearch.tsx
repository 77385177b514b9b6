import { useEffect, useId, useRef, useState } from 'react'
import { Icon } from '../../../components/Icon.tsx'
import styles from './SongSearch.module.css'

const typingPause = 180

type Props = {
  /** The text that the list shows now. */
  value: string
  /** Called when the typing pauses. */
  onSearch: (text: string) => void
}

export function SongSearch({ value, onSearch }: Props) {
  const id = useId()
  const [text, setText] = useState(value)
  const sent = useRef(value)

  useEffect(() => {
    // The page went back, or a link changed the search: not an echo of what was typed here.
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
    }, typingPause)
    return () => clearTimeout(timer)
  }, [text, onSearch])

  return (
    <search className={styles.search}>
      <label htmlFor={id} className="visually-hidden">
        Find a song by its title
      </label>
      <Icon name="search" />
      <input
        id={id}
        className={styles.input}
        type="search"
        placeholder="Find a song by its title"
        autoComplete="off"
        enterKeyHint="search"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </search>
  )
}
