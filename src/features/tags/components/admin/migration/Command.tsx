import { useState } from 'react'
import { Button } from '../../../../../components/Button.tsx'
import styles from './Command.module.css'

type Props = {
  /** What it does, as in “Start it with”. */
  label: string
  command: string
}

/** A command for a terminal, to be copied: where there is nobody else to do it. */
export function Command({ label, command }: Props) {
  const [isCopied, setCopied] = useState(false)
  const copy = () => navigator.clipboard.writeText(command).then(() => setCopied(true))
  return (
    <div className={styles.command}>
      <span className={styles.label}>{label}</span>
      <code className={styles.code}>{command}</code>
      <Button onClick={() => void copy().catch(() => setCopied(false))}>
        {isCopied ? 'Copied' : 'Copy'}
        <span className="visually-hidden"> {command}</span>
      </Button>
    </div>
  )
}
