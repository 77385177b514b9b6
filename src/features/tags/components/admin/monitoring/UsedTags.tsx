import { DataTable } from '../../../../../components/DataTable.tsx'
import { count } from '../../../../../lib/numbers.ts'
import type { MetricsDashboard } from '../../../monitoring/dashboardSchema.ts'
import { CategoryShape } from '../../CategoryShape.tsx'
import { Panel } from './Panel.tsx'
import styles from './UsedTags.module.css'

type Props = { title: string; file: string; tags: MetricsDashboard['tags']['popular'] }

/** Tags with how often they were added to a song or searched by, and in the same time before. */
export function UsedTags({ title, file, tags }: Props) {
  const most = Math.max(1, ...tags.map(({ uses }) => uses))
  const columns = ['Tag', 'Uses', 'Before']
  return (
    <Panel
      title={title}
      file={file}
      figures={{
        columns: ['Tag', 'Category', 'Uses', 'Before'],
        rows: tags.map(({ name, category, uses, before }) => [name, category, uses, before]),
      }}
    >
      <DataTable
        label={title}
        columns={columns}
        empty="No tag was used in this time."
        rows={tags.map(({ id, name, category, uses, before }) => ({
          key: id,
          cells: [
            <span key="name" className={styles.tag}>
              <span className={styles.name}>
                <CategoryShape category={category} /> {name}
              </span>
              <span className={styles.bar} style={{ width: `${(uses / most) * 100}%` }} />
            </span>,
            count(uses),
            count(before),
          ],
        }))}
      />
    </Panel>
  )
}
