import { Link } from 'react-router'
import { Button } from '../../../../../components/Button.tsx'
import { Skeleton } from '../../../../../components/Skeleton.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import { useTagUsage } from '../../../queries/admin/tagUsage.ts'
import type { TagDetails } from '../../../services/adminTag.ts'
import { MonthsChart } from './MonthsChart.tsx'
import { MonthsTable } from './MonthsTable.tsx'
import { monthsBetween } from './monthsBetween.ts'
import { Section } from './Section.tsx'
import styles from './TagUsageView.module.css'

/** How a tag is used: when its songs got it, and on which of them most is to be found. */
export function TagUsageView({ tag }: { tag: TagDetails }) {
  const usage = useTagUsage(tag.id)
  if (usage.isError && !usage.data) {
    return (
      <Section title="Use" about="How it is used could not be read.">
        <div>
          <Button busy={usage.isFetching} onClick={() => void usage.refetch()}>
            Try again
          </Button>
        </div>
      </Section>
    )
  }
  if (!usage.data) {
    return (
      <Section title="Use">
        <Skeleton width="18rem" />
      </Section>
    )
  }
  const months = monthsBetween(usage.data.months)
  if (months.length === 0) return <Section title="Use" about="No song carries it." />
  return (
    <Section title="Use" about="Songs that carry it today, by the month in which they got it.">
      <MonthsChart months={months} />
      <MonthsTable months={usage.data.months} />
      <h3 className={styles.heading}>Its songs with most arrangements</h3>
      <ol className={`plain-list ${styles.songs}`}>
        {usage.data.topSongs.map(({ id, title, artist, arrangements }) => (
          <li key={id} className={styles.song}>
            <Link to={`/songs/${id}`}>{title}</Link>
            <span className={styles.quiet}>
              {artist !== null && `${artist} · `}
              {countOf(arrangements, 'arrangement')}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
