import styles from './Lyrics.module.css'

/** The words, a paragraph for each verse; blank lines part the verses. */
export function Lyrics({ text }: { text: string }) {
  const verses = text.trim().split(/\r?\n(?:[^\S\n]*\r?\n)+/)
  return (
    <section className={styles.lyrics} aria-label="Lyrics">
      {verses.map((verse, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a refrain comes back word for word; only its place tells it apart.
        <p key={index} dir="auto">
          {verse}
        </p>
      ))}
    </section>
  )
}
