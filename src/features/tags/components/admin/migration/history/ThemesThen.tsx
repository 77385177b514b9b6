import { keyed } from '../../../../../../components/keyed.ts'
import type { SongThemes } from '../../../../migration/songHistory.ts'
import styles from './Then.module.css'

/** A themes array as it was: order, blanks, NULL elements and NULL itself show. */
export function ThemesThen({ themes }: { themes: SongThemes }) {
  if (themes === null) return <p className={styles.none}>themes NULL</p>
  if (themes.length === 0) return <p className={styles.none}>themes {'{}'}</p>
  return (
    <ol className={`plain-list ${styles.themes}`} aria-label="Themes">
      {keyed(themes.map(themeText), (text) => text).map(({ key, item }) => (
        <li key={key}>{item}</li>
      ))}
    </ol>
  )
}

function themeText(theme: unknown): string {
  if (theme === null) return 'NULL'
  return typeof theme === 'string' ? `“${theme}”` : JSON.stringify(theme)
}
