import { WrittenTheme } from './WrittenTheme.tsx'
import styles from './WrittenThemeList.module.css'

export function WrittenThemeList({ themes }: { themes: readonly (string | null)[] | null }) {
  if (themes === null) return <p>This song never had a list of themes (NULL).</p>
  if (themes.length === 0) return <p>The list of themes is there, but empty.</p>
  return (
    <ol className={styles.themes}>
      {themes.map((theme, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same theme may stand there twice; its place is what it is known by.
        <li key={index}>
          <WrittenTheme theme={theme} />
        </li>
      ))}
    </ol>
  )
}
