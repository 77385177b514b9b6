import { countOf } from '../../../../../../lib/numbers.ts'
import { appliedTags } from '../../../../migration/plan.ts'
import type { SampleSong } from '../../../../migration/songsWith.ts'
import type { PlanEntry } from '../../../../migration/types.ts'
import { useSongsWith } from '../../../../queries/migration/songsWith.ts'
import styles from './PlanSamples.module.css'
import type { PlanReviewState } from './usePlanReview.ts'
import { useSettled } from './useSettled.ts'

/** More are not asked for at once. */
const MOST_THEMES = 200

type Props = { entries: readonly PlanEntry[]; review: PlanReviewState }

/** The songs that a decision touches: how many, and some of them before and after. */
export function PlanSamples({ entries, review }: Props) {
  const themes = entries.slice(0, MOST_THEMES).map(({ rawTheme }) => rawTheme)
  const { settled, isSettled } = useSettled(themes)
  const { data, isError, isPlaceholderData } = useSongsWith(settled)
  const isOld = isPlaceholderData || !isSettled
  if (isError) return <p className={styles.quiet}>The songs could not be read.</p>
  return (
    <div className={styles.samples} aria-busy={isOld}>
      <p role="status">
        {data === undefined || isOld
          ? 'Looking for the songs…'
          : `Touches ${countOf(data.songs, 'song')}${entries.length > MOST_THEMES ? ` by the first ${MOST_THEMES} themes` : ''}.`}
      </p>
      <ul className="plain-list">
        {data?.samples.map((song) => (
          <li key={song.id} className={styles.song}>
            <span className={styles.title}>{song.title}</span>
            <span className={styles.before}>{song.themes.map((theme) => theme ?? 'NULL').join(' · ')}</span>
            <span className={styles.after}>→ {tagsAfter(song, review).join(' · ') || 'no tag'}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The tags that the song will have: those that it has, and what its themes yield by the plan as it is. */
function tagsAfter({ themes, tags }: SampleSong, review: PlanReviewState): string[] {
  const names = new Map(tags.map((name) => [review.fold(name), name]))
  for (const theme of themes) {
    const entry = theme === null ? undefined : review.entryOf(theme)
    for (const name of entry === undefined ? [] : appliedTags(entry)) {
      if (!names.has(review.fold(name))) names.set(review.fold(name), review.spelt(name))
    }
  }
  return [...names.values()]
}
