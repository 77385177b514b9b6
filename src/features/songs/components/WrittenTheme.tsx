import { themePieces } from '../themePieces.ts'
import styles from './WrittenTheme.module.css'

/** One raw theme. It is isolated, because it may hold marks that would turn the text around it. */
export function WrittenTheme({ theme }: { theme: string | null }) {
  if (theme === null) return <span className={styles.unseen}>NULL</span>
  if (theme === '') return <span className={styles.unseen}>empty</span>
  return (
    <bdi className={styles.theme}>
      {themePieces(theme).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move; the text they come from does not change.
          <span key={index} className={styles.unseen}>
            {piece.name}
          </span>
        ),
      )}
    </bdi>
  )
}
