import { keyed } from '../../../components/keyed.ts'
import { themePieces } from '../themePieces.ts'
import styles from './WrittenTheme.module.css'

/** One raw theme. It is isolated, because it may hold marks that would turn the text around it. */
export function WrittenTheme({ theme }: { theme: string | null }) {
  if (theme === null) return <span className={styles.unseen}>NULL</span>
  if (theme === '') return <span className={styles.unseen}>empty</span>
  return (
    <bdi className={styles.theme}>
      {keyed(themePieces(theme), (piece) => JSON.stringify(piece)).map(({ key, item }) =>
        item.kind === 'text' ? (
          item.text
        ) : (
          <span key={key} className={styles.unseen}>
            {item.name}
          </span>
        ),
      )}
    </bdi>
  )
}
