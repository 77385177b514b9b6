import { keyed } from '../../../components/keyed.ts'
import styles from './Lyrics.module.css'

/** The words, a paragraph for each verse; blank lines part the verses. */
export function Lyrics({ text }: { text: string }) {
  const verses = text.trim().split(/\r?\n(?:[^\S\n]*\r?\n)+/)
  return (
    <section className={styles.lyrics} aria-label="Lyrics">
      {keyed(verses, (verse) => verse).map(({ key, item }) => (
        <p key={key} dir="auto">
          {item}
        </p>
      ))}
    </section>
  )
}
