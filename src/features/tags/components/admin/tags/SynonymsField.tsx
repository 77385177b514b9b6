import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import { Icon } from '../../../../../components/Icon.tsx'
import { TextField } from '../../../../../components/TextField.tsx'
import styles from './SynonymsField.module.css'

type Props = {
  synonyms: readonly string[]
  /** What is typed and no synonym yet. */
  text: string
  onText: (text: string) => void
  onChange: (synonyms: readonly string[]) => void
}

export function SynonymsField({ synonyms, text, onText, onChange }: Props) {
  const [news, setNews] = useState('')
  const id = useId()
  const list = useRef<HTMLUListElement>(null)

  function add(): void {
    const name = text.trim()
    if (name === '') return
    if (!synonyms.includes(name)) onChange([...synonyms, name])
    setNews(`${name} added.`)
    onText('')
  }

  function remove(name: string): void {
    onChange(synonyms.filter((other) => other !== name))
    setNews(`${name} removed.`)
    // The button that was pressed goes: its list takes the focus instead of nothing.
    list.current?.focus()
  }

  function keyDown(event: KeyboardEvent): void {
    // The form is saved by its button: here Enter adds.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add()
  }

  return (
    <div className={styles.field}>
      <p className={styles.label} id={id}>
        Synonyms
      </p>
      <ul ref={list} tabIndex={-1} aria-labelledby={id} className={`plain-list ${styles.list}`}>
        {synonyms.map((name) => (
          <li key={name} className={styles.synonym}>
            <bdi>{name}</bdi>
            <button
              type="button"
              className={styles.remove}
              aria-label={`Remove ${name}`}
              onClick={() => remove(name)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.line}>
        <TextField
          label={synonyms.length > 0 ? 'Another synonym' : 'A synonym'}
          value={text}
          maxLength={50}
          onChange={({ target }) => onText(target.value)}
          onKeyDown={keyDown}
        />
        <Button onClick={add}>
          Add<span className="visually-hidden"> synonym</span>
        </Button>
      </div>
      <p role="status" className="visually-hidden">
        {news}
      </p>
    </div>
  )
}
