import { prettyKey } from '../prettyKey.ts'
import type { Arrangement } from '../services/songService.ts'
import styles from './ArrangementsTable.module.css'
import { Difficulty } from './Difficulty.tsx'

export function ArrangementRow({ arrangement }: { arrangement: Arrangement }) {
  const { name, key, tempo, time_signature: time, difficulty } = arrangement
  return (
    <tr>
      <th scope="row" dir="auto">
        {name}
      </th>
      <td>{key ? prettyKey(key) : '–'}</td>
      <td className={styles.number}>
        {tempo ?? '–'}
        {tempo !== null && <span className={styles.unit}> bpm</span>}
      </td>
      <td>{time ?? '–'}</td>
      <td>{difficulty === null ? '–' : <Difficulty level={difficulty} />}</td>
    </tr>
  )
}
