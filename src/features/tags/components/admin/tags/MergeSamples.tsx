import type { MergePreview } from '../../../services/adminTag.ts'
import styles from './MergeSamples.module.css'

/** Some of the songs, before and after. */
export function MergeSamples({ samples }: { samples: MergePreview['samples'] }) {
  if (samples.length === 0) return null
  return (
    <table className={styles.samples}>
      <caption className={styles.caption}>Some of these songs</caption>
      <thead>
        <tr>
          <th scope="col">Song</th>
          <th scope="col">Tags before</th>
          <th scope="col">Tags after</th>
        </tr>
      </thead>
      <tbody>
        {samples.map(({ id, title, before, after }) => (
          <tr key={id}>
            <th scope="row">{title}</th>
            <td>{before.join(', ')}</td>
            <td>{after.join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
