import { keyed } from '../../../components/keyed.ts'
import { WrittenTheme } from './WrittenTheme.tsx'
import styles from './WrittenThemeList.module.css'

export function WrittenThemeList({ themes }: { themes: readonly (string | null)[] | null }) {
  if (themes === null) return <p>This song never had a list of themes (NULL).</p>
  if (themes.length === 0) return <p>The list of themes is there, but empty.</p>
  return (
    <ol className={styles.themes}>
      {keyed(themes, (theme) => JSON.stringify(theme)).map(({ key, item }) => (
        <li key={key}>
          <WrittenTheme theme={item} />
        </li>
      ))}
    </ol>
  )
}
